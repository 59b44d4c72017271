import { Decimal } from '../decimal';
import { BookIndex, type BookRecord } from './book';
import { Lacking } from './lacking';
import { parseInput } from './notation';
import { addressesOf, readInput, textOf, type Place } from './read';
import { book, documentOf, plants, record, uscc } from './testing/books';
import type { RuleSet } from './rule-set';
import { UnitTraits } from './traits';

const ruleSet = { traits: { kind: [], fuel: [] } } as unknown as RuleSet;

function placeOf(own: BookRecord, ...others: readonly BookRecord[]): Place {
  const index = new BookIndex(book([own, ...others]));
  return { index, traits: new UnitTraits(ruleSet, index), record: own };
}

/** The value as text, a list as texts; or what it lacks. */
function read(input: string, place: Place): unknown {
  const parsed = parseInput(input);
  if (parsed.from === 'series') throw new TypeError('a window is not read from one place');
  try {
    const { value } = readInput(place, parsed);
    const shown = (one: Decimal | string): string => (one instanceof Decimal ? one.toFixed() : one);
    return typeof value === 'string' || value instanceof Decimal ? shown(value) : value.map(shown);
  } catch (error) {
    if (error instanceof Lacking) return `lacks ${error.message}`;
    throw error;
  }
}

const month = (period: string, x: string, more: Partial<Parameters<typeof record>[0]> = {}): BookRecord =>
  record({ period, figures: { x }, ...more });

describe('a value of one record', () => {
  const own = record({
    figures: { x: '1.50', 'daily.fc_t.01': '1', 'daily.fc_t.02': '2' },
    content: { issued: '1970-01-11', note: 'dry', parts: ['a'], party: plants[1] },
    cites: { 'test-report': [`${uscc}/U1/2024-03/test-report`] },
  });
  const report = record({ kind: 'test-report', figures: { Cad_pct: '59.38' }, content: { received: '2024-04-02' } });
  const place = placeOf(
    own,
    report,
    month('2024-02', '3'),
    month('2023-03', '4'),
    record({ unit: 'PLANT', period: '2024-03', figures: { x: '9' } }),
    record({ of: plants[1], unit: '-', period: '-', kind: 'party', content: { name: '乙' } }),
    record({ unit: '-', period: '-', kind: 'party', content: { name: '甲' } }),
  );

  it.each<[string, unknown]>([
    ['#x', '1.5'],
    ['/note', 'dry'],
    // A day is the number of days since 1970.
    ['/issued', '10'],
    ['#daily.fc_t.*', ['1', '2']],
    ['#daily.none.*', 'lacks no figure daily.none.*'],
    ['#y', 'lacks no figure y'],
    ['/y', 'lacks no field y'],
    ['/parts', 'lacks no field parts'],
    ['test-report#Cad_pct', '59.38'],
    ['test-report/received', '19815'],
    ['invoice#total', 'lacks no figure total of invoice'],
    ['previous:#x', '3'],
    ['last-year:#x', '4'],
    ['plant:#x', '9'],
    ['anchored:#x', 'lacks no figure x of anchored'],
    ['party:party/name', '乙'],
    ['subject:party/name', '甲'],
    ['issuer:party/name', '甲'],
  ])('%s is %j', (input, expected) => {
    expect(read(input, place)).toEqual(expected);
  });

  it.each<[string, unknown]>([
    ['@version', '1'],
    ['@issuer', uscc],
    ['@period', '2024-03'],
    ['@year', '2024'],
    ['@unit', 'U1'],
    ['@uscc', uscc],
    ['@region', '14'],
    ['@documents', '0'],
    ['@anchored', 'lacks no envelope anchored'],
    ['@toString', 'lacks no envelope toString'],
  ])('of its envelope: %s is %j', (input, expected) => {
    expect(read(input, place)).toEqual(expected);
  });

  it('of its envelope on the ledger is the day in Shanghai, and the second', () => {
    const at = record({ more: { anchoredAt: '1970-01-01T16:00:00Z', documents: [documentOf('report', 'a.pdf')] } });
    expect(read('@anchored', placeOf(at))).toBe('1');
    expect(read('@seconds', placeOf(at))).toBe('57600');
    expect(textOf(at, '@', 'documents')).toBe('1');
  });
});

describe('values of several records', () => {
  const units = [
    month('2024-03', '1'),
    month('2024-03', '2', { unit: 'U2' }),
    record({ unit: 'PLANT', period: '2024-03', figures: { x: '99' } }),
    month('2024-04', '4'),
    month('2023-04', '5'),
    record({ period: '2024', figures: { x: '77' } }),
  ] as const;
  const [own, ...others] = units;

  it('of the units of the period leave out the plant; of the months leave out the year', () => {
    expect(read('units:#x', placeOf(own, ...others))).toEqual(['1', '2']);
    expect(read('months:#x', placeOf(own, ...others))).toEqual(['1', '4']);
  });

  it('of what is cited are all there, or it lacks them', () => {
    const key = (unit: string): string => `${uscc}/${unit}/2024-03/monthly-evidence`;
    const citing = record({
      unit: 'PLANT',
      kind: 'annual-report',
      cites: { month: [key('U1'), key('U2')], gone: [key('U1'), key('U9')] },
    });
    const place = placeOf(citing, own, ...others);
    expect(read('cited:month#x', place)).toEqual(['1', '2']);
    expect(read('cited:gone#x', place)).toBe('lacks not every cited gone');
    expect(read('cited:none#x', place)).toBe('lacks no cited none');
  });

  it('are numbers, every one', () => {
    const words = record({ content: { x: 'many' } });
    expect(read('units:/x', placeOf(words))).toBe('lacks field x of units is no number');
  });
});

describe('the calendar of a record', () => {
  it.each<[string, string, unknown]>([
    ['2024-02', 'hours', '696'],
    ['2023-02', 'days', '28'],
    ['2024-12', 'month', '12'],
    ['1970-01', 'monthEnd', '30'],
    ['2024', 'yearDays', '366'],
    ['2023', 'yearHours', '8760'],
    ['2024-02', 'yearDays', '366'],
    ['2024', 'hours', 'lacks not a month'],
    ['-', 'yearDays', 'lacks not a month'],
  ])('of %s: %s is %j', (period, name, expected) => {
    expect(read(`calendar:${name}`, placeOf(record({ period })))).toBe(expected);
  });
});

describe('the day on which a record is due', () => {
  const key = '11140000MA0TRYA01Y/POWER/1970/parameter';
  const due = (kind: string, period: string, values: Record<string, string>): unknown => {
    const told = Object.entries(values).map(([name, value]) => [name, { value, unit: '1', source: '' }]);
    const table = record({ kind: 'parameter', content: { values: Object.fromEntries(told) as object }, more: { key } });
    return read('calendar:due', placeOf(record({ period, kind, cites: { parameters: [key] } }), table));
  };

  it.each<[string, string, string, Record<string, string>, unknown]>([
    ['forty natural days after its month', 'monthly-evidence', '1970-01', { 'evidence.days': '40' }, '70'],
    ['the day of its month', 'monthly-evidence', '1970-01', { 'evidence.deadline.01': '19700102' }, '1'],
    ['the day of its year', 'annual-report', '1970', { 'annualReport.deadline': '19710101' }, '365'],
    ['the day of the verification', 'verification-conclusion', '1970', { 'verification.deadline': '19700110' }, '9'],
    ['none', 'monthly-evidence', '1970-01', {}, 'lacks the parameters of the year set no day for it'],
    [
      'none',
      'device-batch',
      '1970-01',
      { 'evidence.days': '40' },
      'lacks the parameters of the year set no day for it',
    ],
  ])('is %s: %s of %s by %j', (_, kind, period, values, expected) => {
    expect(due(kind, period, values)).toBe(expected);
  });
});

describe('a value of the year’s parameters', () => {
  const key = '11140000MA0TRYA01Y/POWER/2024/parameter';
  const table = (values: object): BookRecord => record({ kind: 'parameter', content: { values }, more: { key } });
  const own = record({ cites: { parameters: [key] } });
  const plan = record({ period: '2024', kind: 'quality-control-plan', content: { category: 'I' } });

  it.each<[string, object, unknown]>([
    ['table:Be', { Be: { value: '0.8159' } }, '0.8159'],
    ['table:Be.@class', { 'Be.I': { value: '0.7' }, 'Be.II': { value: '0.9' } }, '0.7'],
    ['table:Be.@fuel', { 'Be.?': {} }, 'lacks no parameter Be.? of the year'],
    ['table:Be', { Be: { value: 'high' } }, 'lacks no parameter Be of the year'],
    ['table:Be', { Be: { value: 1 } }, 'lacks no parameter Be of the year'],
    ['table:toString', {}, 'lacks no parameter toString of the year'],
  ])('%s of %j is %j', (input, values, expected) => {
    expect(read(input, placeOf(own, plan, table(values)))).toBe(expected);
  });

  it.each([
    ['the month that is made of it', record({ cites: { parameters: [key] } })],
    ['the plan of its unit', record({ period: '2024', kind: 'quality-control-plan', cites: { parameters: [key] } })],
  ])('is for a report, which cites no parameters, that of %s', (_, beside) => {
    const report = record({ kind: 'test-report', issuer: '91140100MA0FAKE2XU' });
    const values = table({ 'carbonTest.days': { value: '35' } });
    expect(read('table:carbonTest.days', placeOf(report, beside, values))).toBe('35');
  });

  it('is lacking for a record that cites none', () => {
    expect(read('table:Be', placeOf(record({}), table({ Be: { value: '1' } })))).toBe(
      'lacks no parameter Be of the year',
    );
  });
});

describe('where an input stands', () => {
  const own = month('2024-03', '1');
  const second = month('2024-03', '2', { unit: 'U2' });
  it.each<[string, readonly string[]]>([
    ['#x', ['U1/2024-03/monthly-evidence#x']],
    ['/nothing', ['U1/2024-03/monthly-evidence#nothing']],
    ['units:#x', ['U1/2024-03/monthly-evidence#x', 'U2/2024-03/monthly-evidence#x']],
    ['previous:#x', []],
    ['cited:none#x', []],
    ['calendar:hours', []],
    ['trait:class', []],
  ])('%s is at %j', (input, expected) => {
    const found = addressesOf(placeOf(own, second), parseInput(input));
    expect(found.map((address) => address.slice(uscc.length + 1))).toEqual(expected);
  });
});
