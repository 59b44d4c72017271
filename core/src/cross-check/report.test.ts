import fc from 'fast-check';
import { toHex, utf8Encode } from '../bytes';
import { canonicalize, parseStrict } from '../canonical';
import { sha256 } from '../digest';
import { crossCheckKinds, type CrossCheckAnswer } from './check';
import { parseCrossCheckProfile } from './profile';
import { crossCheckReport } from './report';

const profile = parseCrossCheckProfile(
  {
    stock: {
      columns: { period: '月份' },
      period: 'month',
      readings: { coal: { column: '煤', record: 'monthly-evidence', figure: 'coal_t', tolerance: { absolute: '1' } } },
    },
  },
  'stock',
);
const about: Parameters<typeof crossCheckReport>[0] = {
  source: 'stock',
  year: '2024',
  profile,
  file: { name: 'stock.csv', sha256: `sha256:${'a'.repeat(64)}`, rows: 12 },
  ledger: { ledger: 'carbon', size: '1234' },
};
const answer: fc.Arbitrary<CrossCheckAnswer> = fc.record({
  kind: fc.constantFrom(...crossCheckKinds),
  reading: fc.constantFrom('coal', 'power'),
  places: fc.array(
    fc.record({ file: fc.constant('f'), sheet: fc.constant('s'), row: fc.nat(99), cell: fc.constantFrom('A1', '') }),
    { maxLength: 2 },
  ),
});
const answers = fc.array(answer, { maxLength: 12 });

describe('the report of a cross-check', () => {
  it('says what it is, and holds what it was made from as it was given', () => {
    const { schema, digest, totals, answers: told, ...rest } = crossCheckReport(about, []);
    expect([schema, totals, told]).toEqual(['carbon-ledger/cross-check/v1', { kinds: {}, isClean: false }, []]);
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(rest).toEqual(about);
  });

  it('counts each kind that there is, and no other', () => {
    fc.assert(
      fc.property(answers, (all) => {
        const { kinds } = crossCheckReport(about, all).totals;
        expect(Object.values(kinds).reduce((sum, count) => sum + count, 0)).toBe(all.length);
        for (const kind of crossCheckKinds) {
          const count = all.filter((one) => one.kind === kind).length;
          expect(kinds[kind]).toBe(count === 0 ? undefined : count);
        }
      }),
    );
  });

  it('is clean where something is there and all of it matches, and nowhere else', () => {
    fc.assert(
      fc.property(answers, (all) => {
        const others = all.filter(({ kind }) => kind !== 'MATCHED').length;
        expect(crossCheckReport(about, all).totals.isClean).toBe(all.length > 0 && others === 0);
      }),
    );
  });

  it('ends with the digest of all that stands before it, as anybody computes it from the file', () => {
    fc.assert(
      fc.property(answers, (all) => {
        const file = JSON.stringify(crossCheckReport(about, all), null, 2);
        const { digest, ...body } = parseStrict(file) as Readonly<Record<string, unknown>>;
        expect(digest).toBe(`sha256:${toHex(sha256(utf8Encode(canonicalize(body))))}`);
      }),
      { numRuns: 40 },
    );
  });

  it.each<[string, Partial<typeof about>]>([
    ['source', { source: 'cems' }],
    ['year', { year: '2025' }],
    ['tolerance', { profile: { ...profile, readings: { coal: { ...profile.readings['coal']!, factor: '10' } } } }],
    ['name of the file', { file: { ...about.file, name: 'other.csv' } }],
    ['bytes of the file', { file: { ...about.file, sha256: `sha256:${'b'.repeat(64)}` } }],
    ['number of rows', { file: { ...about.file, rows: 13 } }],
    ['ledger', { ledger: { ...about.ledger, ledger: 'another' } }],
    ['size of the log', { ledger: { ...about.ledger, size: '1235' } }],
  ])('has another digest with another %s', (_, more) => {
    expect(crossCheckReport({ ...about, ...more }, []).digest).not.toBe(crossCheckReport(about, []).digest);
  });

  it('has one digest for one list of answers', () => {
    fc.assert(
      fc.property(answers, answers, (one, other) => {
        const [first, second] = [crossCheckReport(about, one), crossCheckReport(about, other)];
        expect(first.digest === second.digest).toBe(canonicalize(one) === canonicalize(other));
        expect(crossCheckReport(about, one)).toEqual(first);
      }),
    );
  });
});
