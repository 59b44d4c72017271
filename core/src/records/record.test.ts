import fc from 'fast-check';
import { fromHex, utf8Decode } from '../bytes';
import { canonicalize } from '../canonical';
import { sha256 } from '../digest';
import { isLedgerError } from '../errors';
import { parseBusinessKey } from '../identifiers';
import { recordOf } from '../rulebook/testing/bench';
import { businessKey, formatRecordId, parseRecord, recordBytes, recordId, recordLeafHash, recordTypeNames } from '.';

const record = recordOf('test-report', { subject: { period: '2024-01' } });
const document = {
  role: 'report',
  name: 'report.pdf',
  mediaType: 'application/pdf',
  size: '1024',
  sha256: `sha256:${'0'.repeat(64)}`,
  sm3: `sm3:${'0'.repeat(64)}`,
};
const citation = { role: 'sample-receipt', record: `rec:${'0'.repeat(64)}`, key: businessKey(record) };

/** Places of the faults of a record, each once; none where it is read. */
function places(value: unknown): string[] {
  try {
    parseRecord(value);
    return [];
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    expect(error.code).toBe('BAD_RECORD');
    return [...new Set(error.faults.map(({ path }) => path))];
  }
}

describe('the envelope of a record', () => {
  it('is read as it stands: the same object, whatever its order of members', () => {
    expect(parseRecord(record)).toBe(record);
    expect(places({ ...record, documents: [document], cites: [citation], readers: [record.issuer] })).toEqual([]);
  });

  it.each(Object.keys(record))('has its %s', (member) => {
    expect(places({ ...record, [member]: undefined })).toEqual([`/${member}`]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['another schema', { schema: 'carbon-ledger/record/v2' }, '/schema'],
    ['a type that nobody knows', { type: 'invoice' }, '/type'],
    ['an issuer whose check digit is wrong', { issuer: '91140000MA0FAKE010' }, '/issuer'],
    ['a subject without code', { subject: { ...record.subject, uscc: '' } }, '/subject/uscc'],
    ['a unit with a slash', { subject: { ...record.subject, unit: 'U/1' } }, '/subject/unit'],
    ['a unit of 41 characters', { subject: { ...record.subject, unit: 'U'.repeat(41) } }, '/subject/unit'],
    ['a thirteenth month', { subject: { ...record.subject, period: '2024-13' } }, '/subject/period'],
    ['a quarter', { subject: { ...record.subject, period: '2024-Q1' } }, '/subject/period'],
    ['a subject with a field more', { subject: { ...record.subject, region: '140000' } }, '/subject'],
    ['a kind with two labels', { kind: 'test-report.a.b' }, '/kind'],
    ['a kind of another type', { kind: 'annual-report' }, '/kind'],
    ['a kind that only begins like the type', { kind: 'test-reports' }, '/kind'],
    ['version 0', { version: 0 }, '/version'],
    ['version 10000', { version: 10_000 }, '/version'],
    ['version 1.5', { version: 1.5 }, '/version'],
    ['a version in words', { version: '1' }, '/version'],
    ['401 citations', { cites: Array.from({ length: 401 }, () => citation) }, '/cites'],
    ['a citation of no record', { cites: [{ ...citation, record: '0'.repeat(64) }] }, '/cites/0/record'],
    ['a citation with a short id', { cites: [{ ...citation, record: `rec:${'0'.repeat(63)}` }] }, '/cites/0/record'],
    ['a citation of no key', { cites: [citation, { ...citation, key: 'x' }] }, '/cites/1/key'],
    ['a role in capitals', { cites: [{ ...citation, role: 'Report' }] }, '/cites/0/role'],
    ['201 documents', { documents: Array.from({ length: 201 }, () => document) }, '/documents'],
    ['a document without name', { documents: [{ ...document, name: '' }] }, '/documents/0/name'],
    ['a document of negative size', { documents: [{ ...document, size: '-1' }] }, '/documents/0/size'],
    ['a document whose size has a zero before it', { documents: [{ ...document, size: '01' }] }, '/documents/0/size'],
    ['a document with one digest', { documents: [{ ...document, sm3: undefined }] }, '/documents/0/sm3'],
    [
      'a document with a digest of the other kind',
      { documents: [{ ...document, sha256: document.sm3 }] },
      '/documents/0/sha256',
    ],
    ['a document with its bytes', { documents: [{ ...document, bytes: 'AA==' }] }, '/documents/0'],
    ['a total with exponent', { totals: { a: { value: '1e3', unit: 't' } } }, '/totals/a/value'],
    ['a total without unit', { totals: { a: { value: '1' } } }, '/totals/a/unit'],
    ['a total with a bad name', { totals: { '1a': { value: '1', unit: 't' } } }, '/totals/1a'],
    ['a figures root in capitals', { figuresRoot: 'A'.repeat(64) }, '/figuresRoot'],
    ['a reader with a wrong check digit', { readers: ['91140000MA0FAKE010'] }, '/readers/0'],
    ['21 readers', { readers: Array.from({ length: 21 }, () => record.issuer) }, '/readers'],
    ['a content that is a list', { content: [] }, '/content'],
    ['a member that it does not know', { signature: '0x' }, ''],
  ])('is refused with %s', (_, change, place) => {
    expect(places({ ...record, ...change })).toEqual([place]);
  });

  it('tells all bad members at once', () => {
    const found = places({ ...record, issuer: '', version: 0, figuresRoot: 1, extra: true });
    expect(found.sort()).toEqual(['', '/figuresRoot', '/issuer', '/version']);
  });

  it.each([null, undefined, 'x', 1, [], [record]])('is not read from %p', (value) => {
    expect(places(value).length).toBeGreaterThan(0);
  });
});

describe('the id of a record', () => {
  it('is the RFC 6962 leaf hash of its canonical bytes', () => {
    const leaf = sha256(Uint8Array.of(0, ...recordBytes(record)));
    expect(recordId(record)).toBe(formatRecordId(leaf));
    expect(recordLeafHash(record)).toEqual(leaf);
    expect(fromHex(recordId(record).slice(4))).toEqual(leaf);
    expect(utf8Decode(recordBytes(record))).toBe(canonicalize(record));
  });

  it('does not depend on the order of members', () => {
    const members = Object.entries(record);
    fc.assert(
      fc.property(fc.shuffledSubarray(members, { minLength: members.length, maxLength: members.length }), (order) => {
        expect(recordId(Object.fromEntries(order) as typeof record)).toBe(recordId(record));
      }),
    );
  });

  it('is another for every change of any member', () => {
    const changes: Record<string, unknown>[] = [
      { type: 'sample-receipt' },
      { issuer: '91110000MA0FAKE3W8' },
      { subject: { ...record.subject, unit: 'U2' } },
      { subject: { ...record.subject, period: '2024-02' } },
      { kind: 'test-report.x' },
      { version: 2 },
      { cites: [citation] },
      { cites: [citation, citation] },
      { documents: [document] },
      { documents: [{ ...document, size: '1025' }] },
      { totals: { a: { value: '1', unit: 't' } } },
      { totals: { a: { value: '1.0', unit: 't' } } },
      { figuresRoot: '0'.repeat(64) },
      { readers: [] },
      { content: {} },
      { content: { ...record.content, reportNo: 'FIC-CQ-202401-U1-102' } },
    ];
    const ids = [{}, ...changes].map((change) => recordId({ ...record, ...change }));
    expect(new Set(ids).size).toBe(changes.length + 1);
  });
});

describe('the business key of a record', () => {
  const unit = fc.stringMatching(/^(?:-|[A-Za-z0-9_-]{1,40})$/);
  const period = fc.stringMatching(/^(?:-|[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?)$/);
  const label = fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/), { nil: undefined });

  it('is read back as it was written, and fits where a citation names it', () => {
    fc.assert(
      fc.property(unit, period, fc.constantFrom(...recordTypeNames), label, (unitId, time, type, name) => {
        const kind = name === undefined ? type : `${type}.${name}`;
        const subject = { uscc: record.issuer, unit: unitId, period: time };
        const key = businessKey({ subject, kind });
        expect(parseBusinessKey(key)).toEqual({ ...subject, kind });
        expect(places({ ...record, cites: [{ ...citation, key }] })).toEqual([]);
      }),
    );
  });

  it.each([
    '/U1/2024/x',
    'x',
    'a/b/c/d/e',
    '91140000MA0FAKE01X/U1/2024',
    '91140000MA0FAKE01X/U1/2024/annual-report/',
    ' 91140000MA0FAKE01X/U1/2024/annual-report',
    '91140000MA0FAKE01X/U1/24/annual-report',
    '91140000MA0FAKE01X//2024/annual-report',
    '91140000MA0FAKE01X/U1/2024/Annual-report',
    '91140000MA0FAKE01X/U1/2024-1/monthly-evidence',
  ])('is not %j', (text) => {
    expect(() => parseBusinessKey(text)).toThrow(expect.objectContaining({ code: 'BAD_FIGURE_ADDRESS' }) as Error);
  });
});
