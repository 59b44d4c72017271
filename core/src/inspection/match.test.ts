import fc from 'fast-check';
import type { AnchoredDocument } from './ledger';
import { matchFiles, type FoundFile, type MatchedFile } from './match';
import { anchored, digestNamed, documentNamed, documentsOf, type Stated } from './testing/anchored';

function fileAt(path: string, content: string | number): FoundFile {
  return { path, name: path.split('/').at(-1) ?? '', sha256: digestNamed(content), size: 1 };
}

function withFile(name: string, content: number, more: Partial<Stated> = {}): AnchoredDocument[] {
  return documentsOf(anchored({ id: `${name}${String(content)}`, documents: [documentNamed(name, content)], ...more }));
}

function only(file: FoundFile, documents: readonly AnchoredDocument[]): MatchedFile | undefined {
  return matchFiles([file], documents).files[0];
}

describe('a file of a folder', () => {
  it.each([
    ['a.pdf', 1, 'same'],
    ['A.PDF', 1, 'same'],
    ['ａ.pdf', 1, 'same'],
    ['b.pdf', 1, 'other-name'],
    ['a.pdf', 2, 'changed'],
    ['A.pdf', 2, 'changed'],
    ['b.pdf', 2, 'not-anchored'],
  ])('%s with content %i is %s beside an anchored a.pdf with content 1', (name, content, verdict) => {
    expect(only(fileAt(`folder/${name}`, content), withFile('a.pdf', 1))?.verdict).toBe(verdict);
  });

  it('does not stand any more where every record of its content is gone, and stands where one is left', () => {
    const gone = withFile('a.pdf', 1, { status: 'withdrawn' });
    expect(only(fileAt('a.pdf', 1), gone)).toMatchObject({ verdict: 'no-longer-stands', of: gone[0] });
    const [left] = withFile('a.pdf', 1, { id: 'left' });
    const both = [...gone, ...(left === undefined ? [] : [left])];
    expect(only(fileAt('a.pdf', 1), both)).toMatchObject({ verdict: 'same', of: left });
  });

  it.each(['questioned', 'under-finding', 'key-compromised', 'input-withdrawn'] as const)(
    'is no same where its record stands and is in doubt: %s',
    (why) => {
      const doubted = withFile('a.pdf', 1, { more: { doubts: [{ why }] } });
      for (const name of ['a.pdf', 'renamed.pdf'])
        expect(only(fileAt(name, 1), doubted)).toMatchObject({ verdict: 'questioned', of: doubted[0] });
      // What was changed is changed; and the doubt of another record is none of this one.
      expect(only(fileAt('a.pdf', 2), doubted)?.verdict).toBe('changed');
      expect(only(fileAt('b.pdf', 3), [...doubted, ...withFile('b.pdf', 3)])?.verdict).toBe('same');
      const gone = withFile('a.pdf', 1, { status: 'withdrawn', more: { doubts: [{ why }] } });
      expect(only(fileAt('a.pdf', 1), gone)?.verdict).toBe('no-longer-stands');
    },
  );

  it('that is made of rows is no same where one of them does not stand or is in doubt', () => {
    const rows = (last: Partial<Stated>): AnchoredDocument[] =>
      ['U1', 'U2', 'U3'].flatMap((unit, at) =>
        documentsOf(
          anchored({
            ...{ id: unit, at, unit, documents: [documentNamed('day.xlsx', 1, 'workbook')] },
            ...(at === 2 ? last : {}),
          }),
        ),
      );
    const told = (last: Partial<Stated>): MatchedFile | undefined => only(fileAt('day.xlsx', 1), rows(last));
    expect(told({})?.verdict).toBe('same');
    expect(told({ status: 'open' })).toMatchObject({
      verdict: 'no-longer-stands',
      of: { key: expect.stringContaining('U3') as string },
    });
    expect(told({ more: { doubts: [{ why: 'questioned' }] } })).toMatchObject({
      verdict: 'questioned',
      of: { key: expect.stringContaining('U3') as string },
    });
  });

  it('that is one thing by its content and another by its name says both', () => {
    const [content, name] = [withFile('a.pdf', 1), withFile('b.pdf', 2)];
    const found = only(fileAt('b.pdf', 1), [...content, ...name]);
    expect(found).toEqual({ file: fileAt('b.pdf', 1), verdict: 'other-name', of: content[0], named: name[0] });
  });

  it.each([
    ['U1/2024-03/report.pdf', 'changed'],
    ['u1 202403/report.pdf', 'changed'],
    ['U1/2024-05/report.pdf', 'ambiguous'],
    ['U11/2024-031/report.pdf', 'ambiguous'],
    ['report.pdf', 'ambiguous'],
  ])('with a name that many records use is told by its path, or not at all: %s is %s', (path, verdict) => {
    const many = [
      ...withFile('report.pdf', 1, { unit: 'U1', period: '2024-03' }),
      ...withFile('report.pdf', 2, { unit: 'U2', period: '2024-03' }),
      ...withFile('report.pdf', 3, { unit: 'U1', period: '2024-04' }),
    ];
    const found = only(fileAt(path, 9), many);
    expect(found?.verdict).toBe(verdict);
    if (verdict === 'changed') expect(found?.of).toBe(many[0]);
  });

  it.each(['U_1', 'unit-2_b', '_U', '3-4'])('is told by its path for the unit %s, as a key may write it', (unit) => {
    const many = [...withFile('report.pdf', 1, { unit }), ...withFile('report.pdf', 2, { unit: 'X' })];
    expect(only(fileAt(`${unit}_2024-03/report.pdf`, 9), many)).toMatchObject({ verdict: 'changed', of: many[0] });
  });

  it('is looked up as a current record’s before one that is gone', () => {
    const all = [...withFile('a.pdf', 1, { status: 'superseded' }), ...withFile('a.pdf', 2)];
    expect(only(fileAt('a.pdf', 9), all)).toMatchObject({ verdict: 'changed', of: all[1] });
    expect(only(fileAt('a.pdf', 9), all.slice(0, 1))).toMatchObject({ verdict: 'changed', of: all[0] });
  });
});

describe('what is missing', () => {
  const file = fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), content: fc.integer({ min: 1, max: 5 }) });
  const files = fc.array(file, { maxLength: 6 });
  const found = (all: readonly { name: string; content: number }[]): FoundFile[] =>
    all.map(({ name, content }) => fileAt(name, content));

  it('is each current document that no file is or was, whatever the order of files and records', () => {
    fc.assert(
      fc.property(files, files, fc.boolean(), (here, ledger, isWithdrawn) => {
        const records = ledger.map(({ name, content }, at) =>
          anchored({
            ...{ id: String(at), at, unit: `U${String(at)}`, documents: [documentNamed(name, content)] },
            status: isWithdrawn && at === 0 ? 'withdrawn' : 'current',
          }),
        );
        const documents = documentsOf(...records);
        const matched = matchFiles(found(here), documents);
        const seen = new Set(matched.files.map(({ of }) => of?.document.sha256));
        const expected = documents.filter((one) => one.anchored.status === 'current' && !seen.has(one.document.sha256));
        const keys = matched.missing.map(({ key }) => key);
        expect(keys).toEqual(expected.map(({ key }) => key).sort());
        const verdicts = (of: readonly MatchedFile[]): string[] =>
          of.map(({ file: { path, sha256 }, verdict }) => `${path} ${sha256} ${verdict}`).sort();
        const turned = matchFiles(found(here).reverse(), documentsOf(...records));
        expect(verdicts(turned.files)).toEqual(verdicts(matched.files));
        expect(turned.missing.map(({ key }) => key)).toEqual(keys);
      }),
    );
  });

  it('is nothing where every anchored file is here, and everything where none is', () => {
    fc.assert(
      fc.property(files, (ledger) => {
        const documents = documentsOf(
          ...ledger.map(({ name, content }, at) =>
            anchored({ id: String(at), at, unit: `U${String(at)}`, documents: [documentNamed(name, content)] }),
          ),
        );
        expect(matchFiles(found(ledger), documents).missing).toEqual([]);
        expect(matchFiles([], documents).missing).toHaveLength(documents.length);
        for (const { verdict } of matchFiles(found(ledger), documents).files) expect(verdict).toBe('same');
      }),
    );
  });
});
