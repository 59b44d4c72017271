import fc from 'fast-check';
import type { AnchoredRecord } from '../provenance';
import type { Figure } from '../records';
import { matchFiles, type MatchedFile } from './match';
import { anchored, digestNamed, documentNamed, documentsOf, type Stated } from './testing/anchored';
import { findTwins } from './twins';

const months = ['2024-01', '2024-02', '2024-03', '2024-04'];
const results = (value: string): Figure[] =>
  ['Cad_pct', 'Had_pct', 'Mad_pct', 'St_ad_pct'].map((name) => ({ name, value, unit: '%', salt: '00'.repeat(16) }));

function report(at: number, reportNo: string, more: Partial<Stated> = {}): AnchoredRecord {
  return anchored({ id: `r${String(at)}`, at, period: months[at % 4] ?? '', content: { reportNo }, ...more });
}

function filesHere(
  records: readonly AnchoredRecord[],
  ...files: readonly (readonly [string, number])[]
): MatchedFile[] {
  const found = files.map(([path, content]) => ({ path, name: path, sha256: digestNamed(content), size: 1 }));
  return [...matchFiles(found, documentsOf(...records)).files];
}

describe('one report under two numbers', () => {
  it('shows in one file of two records', () => {
    const documents = [documentNamed('report.pdf', 7)];
    const found = findTwins([report(1, 'B', { documents }), report(0, 'A', { documents })], []);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ by: 'file', same: [digestNamed(7)] });
    expect(found[0]?.reports.map(({ number }) => number)).toEqual(['A', 'B']);
  });

  it('shows in the same results, in whatever order they stand', () => {
    const figures = results('1.5');
    const turned = [...figures].reverse();
    const found = findTwins([report(0, 'A', { figures }), report(1, 'B', { figures: turned })], []);
    expect(found.map(({ by }) => by)).toEqual(['results']);
  });

  it('shows in copies of one file that bear the names of two reports', () => {
    const records = [
      report(0, 'A', { documents: [documentNamed('a.pdf', 1)] }),
      report(1, 'B', { documents: [documentNamed('b.pdf', 2)] }),
    ];
    const found = findTwins(records, filesHere(records, ['b.pdf', 1], ['a.pdf', 1]));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ by: 'copies', same: ['a.pdf', 'b.pdf'] });
    expect(found[0]?.reports.map(({ number }) => number)).toEqual(['A', 'B']);
  });

  const documents = [documentNamed('report.pdf', 7)];
  const [figures, three] = [results('1.5'), results('1.5').slice(1)];
  it.each<[string, Partial<Stated>, Partial<Stated>, string]>([
    ['one number in two months', { documents, figures }, { documents, figures }, 'A'],
    ['three results only', { figures: three }, { figures: three }, 'B'],
    [
      'a file in another role',
      { documents: [documentNamed('x', 1, 'slip'), documentNamed('a', 2)] },
      { documents: [documentNamed('x', 1, 'slip'), documentNamed('b', 3)] },
      'B',
    ],
    ['a report that was withdrawn', { documents, status: 'withdrawn' }, { documents }, 'B'],
    ['another kind of record', { documents, type: 'sample-receipt' }, { documents }, 'B'],
    ['figures that are not open', {}, {}, 'B'],
    ['results that differ', { figures }, { figures: results('1.6') }, 'B'],
  ])('does not show in %s', (_, one, two, number) => {
    expect(findTwins([report(0, 'A', one), report(1, number, two)], [])).toEqual([]);
  });

  it.each([
    ['that nothing is said of', 'document'],
    ['that is called something else, with no report beside it', 'photo'],
  ])('shows in one file %s', (_, role) => {
    const documents = [documentNamed('x.pdf', 1, role)];
    const [found] = findTwins([report(0, 'A', { documents }), report(1, 'B', { documents })], []);
    expect(found).toMatchObject({ by: 'file', same: [documents[0]?.sha256] });
  });

  it('does not show in copies of one file under the names of one report in two months', () => {
    const records = [
      report(0, 'A', { documents: [documentNamed('a.pdf', 1)] }),
      report(1, 'A', { documents: [documentNamed('b.pdf', 2)] }),
    ];
    expect(findTwins(records, filesHere(records, ['a.pdf', 1], ['b.pdf', 1]))).toEqual([]);
  });

  it('is the same whatever the order of the records and files, and by pairs of all records', () => {
    const stated = fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C'), fc.integer({ min: 1, max: 3 })), { maxLength: 6 });
    fc.assert(
      fc.property(stated, (all) => {
        const records = all.map(([number, content], at) =>
          report(at, number, { unit: `U${String(at)}`, documents: [documentNamed(`${String(at)}.pdf`, content)] }),
        );
        const files = filesHere(records, ...all.map((_, at) => [`${String(at)}.pdf`, 1] as const));
        const found = findTwins(records, files);
        const texts = (twins: typeof found): string[] => twins.map((one) => JSON.stringify(one)).sort();
        expect(texts(findTwins([...records].reverse(), [...files].reverse()))).toEqual(texts(found));
        const isTwin = (content: number): boolean =>
          new Set(all.filter((one) => one[1] === content).map(([number]) => number)).size > 1;
        const expected = [1, 2, 3].filter(isTwin).map(digestNamed);
        expect(
          found
            .filter(({ by }) => by === 'file')
            .flatMap(({ same }) => same)
            .sort(),
        ).toEqual(expected);
      }),
    );
  });
});
