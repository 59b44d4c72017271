import fc from 'fast-check';
import { BookIndex, type BookRecord } from './book';
import { book, documentOf, plants, record, uscc } from './testing/books';

const index = (records: readonly BookRecord[], more: object = {}): BookIndex => new BookIndex(book(records, more));
const keysOf = (records: readonly BookRecord[]): string[] => records.map(({ key }) => key.slice(uscc.length + 1));

describe('the records of a table', () => {
  const records = [
    record({ unit: 'U2' }),
    record({ unit: 'U1' }),
    record({ unit: 'PLANT', period: '2024', kind: 'annual-report' }),
    record({ unit: 'U1', period: '2024', kind: 'annual-report' }),
    record({ unit: '-', period: '-', kind: 'party' }),
    record({ kind: 'device-batch.electricity' }),
    record({ kind: 'device-batch.heat' }),
    record({ of: plants[1], unit: 'U1' }),
  ];
  it.each<[string, readonly string[]]>([
    ['monthly-evidence@unit', ['U1/2024-03/monthly-evidence', 'U2/2024-03/monthly-evidence']],
    ['annual-report@plant', ['PLANT/2024/annual-report']],
    ['annual-report@unit', ['U1/2024/annual-report']],
    ['annual-report@any', ['PLANT/2024/annual-report', 'U1/2024/annual-report']],
    ['party@none', ['-/-/party']],
    ['party@unit', []],
    ['device-batch.*@unit', ['U1/2024-03/device-batch.electricity', 'U1/2024-03/device-batch.heat']],
    ['device-batch.heat@unit', ['U1/2024-03/device-batch.heat']],
    ['device@any', []],
  ])('%s are those of the kind and level, by key', (table, expected) => {
    expect(keysOf(index(records).each(table))).toEqual(expected);
  });

  it('of any level include those of others that the book rests on; of one level they do not', () => {
    const all = index(records).each('monthly-evidence@any');
    expect(all.map(({ subject }) => subject.uscc).sort()).toEqual([uscc, uscc, plants[1]]);
    expect(index(records).each('monthly-evidence@unit')).toHaveLength(2);
  });

  it('are sorted whatever order they came in', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(records), (some) => {
        const keys = index(some)
          .each('monthly-evidence@any')
          .map(({ key }) => key);
        expect(keys).toEqual([...keys].sort());
      }),
    );
  });
});

describe('a related record', () => {
  const own = record({ period: '2024-03', cites: { 'test-report': [`${uscc}/U1/2024-03/test-report.b`] } });
  it('is the one that is cited, before the one that stands for the month', () => {
    const cited = record({ kind: 'test-report.b' });
    const beside = record({ kind: 'test-report' });
    expect(index([own, cited, beside]).related(own, 'test-report')).toBe(cited);
    expect(index([own, beside]).related(own, 'test-report')).toBe(beside);
  });

  it('is looked for at the month, the year, the plant, the plant’s year, the enterprise’s year, the enterprise', () => {
    const places = [
      { unit: 'U1', period: '2024-03' },
      { unit: 'U1', period: '2024' },
      { unit: 'PLANT', period: '2024-03' },
      { unit: 'PLANT', period: '2024' },
      { unit: '-', period: '2024' },
      { unit: '-', period: '-' },
    ].map((place) => record({ ...place, kind: 'x-y' }));
    for (let from = 0; from < places.length; from += 1)
      expect(index([own, ...places.slice(from)]).related(own, 'x-y')).toBe(places[from]);
    expect(index([own]).related(own, 'x-y')).toBeUndefined();
    expect(index([own, record({ unit: 'U2', kind: 'x-y' })]).related(own, 'x-y')).toBeUndefined();
  });

  it.each([
    ['2024-01', 'previous', '2023-12'],
    ['2024-03', 'previous', '2024-02'],
    ['2024-03', 'last-year', '2023-03'],
    ['2024', 'previous', '2023'],
    ['2024', 'last-year', '2023'],
  ] as const)('of %s, %s, is that of %s', (period, by, expected) => {
    const [one, other] = [record({ period }), record({ period: expected })];
    expect(index([one, other]).shifted(one, by)).toBe(other);
  });
});

describe('the value at an address', () => {
  const file = documentOf('report', 'a.pdf', 'ef'.repeat(32));
  const one = record({
    content: { issued: '2024-04-01', flag: true },
    figures: { x: '1.50' },
    more: { documents: [file] },
  });
  const held = index([one]);
  it.each([
    ['x', '1.50'],
    ['issued', '2024-04-01'],
    ['documents.a.pdf', 'ef'.repeat(32)],
    ['documents.b.pdf', undefined],
    ['y', undefined],
    ['', undefined],
  ])('%s is %j', (name, expected) => {
    expect(held.valueAt(`${one.key}#${name}`)).toBe(expected);
  });

  it('of a record that is not there is none', () => {
    expect(held.valueAt('nobody#x')).toBeUndefined();
    expect(held.valueAt('')).toBeUndefined();
  });
});

describe('what the ledger has beside a file', () => {
  it('is known by the same key, and apart from the file', () => {
    const anchored = record({ figures: { x: '2' } });
    const held = index([record({ figures: { x: '1' } })], { anchored: [anchored] });
    expect(held.hasAnchored).toBe(true);
    expect(held.anchored(anchored.key)).toBe(anchored);
    expect(held.at(anchored.key)?.figures.get('x')).toBe('1');
    expect(index([]).hasAnchored).toBe(false);
  });
});
