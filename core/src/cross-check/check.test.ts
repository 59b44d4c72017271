import fc from 'fast-check';
import { isLedgerError } from '../errors';
import { CrossCheck, isTolerated, type AnchoredReadings, type OutsideRow } from './check';
import { parseCrossCheckProfile } from './profile';
import { crossCheckReport } from './report';
import { Decimal, parseDecimal } from '../decimal';

const uscc = '91140000MA0FAKE01X';
const stock = {
  columns: { uscc: '企业', unit: '机组', period: '月份' },
  period: 'month',
  units: { 一号: 'U1' },
  readings: {
    coal: { column: '煤', record: 'monthly-evidence', figure: 'coal_t', tolerance: { absolute: '1' } },
    power: {
      column: '电',
      record: 'monthly-evidence',
      figure: 'power_MWh',
      factor: '10',
      tolerance: { share: '0.01' },
    },
  },
};
const profileOf = (more: object = {}): ReturnType<typeof parseCrossCheckProfile> =>
  parseCrossCheckProfile({ stock: { ...stock, ...more } }, 'stock');

function row(number: number, values: Record<string, string>, faults: OutsideRow['faults'] = []): OutsideRow {
  const cells = {
    uscc: `A${String(number)}`,
    unit: `B${String(number)}`,
    period: `C${String(number)}`,
    coal: `D${String(number)}`,
    power: `E${String(number)}`,
  };
  return { file: 'f.csv', sheet: 'f', row: number, values: { uscc, unit: 'U1', ...values }, cells, faults };
}

function anchored(values: Record<string, string>, more: Partial<AnchoredReadings> = {}): AnchoredReadings {
  return { record: `rec:${'a'.repeat(64)}`, status: 'current', values, hidden: false, ...more };
}

const keyOf = (month: string): string => `${uscc}/U1/2024-${month}/monthly-evidence`;
const ledger = new Map([
  [keyOf('01'), anchored({ coal_t: '100.00', power_MWh: '5000' })],
  [keyOf('02'), anchored({ coal_t: '0', power_MWh: '0' })],
  [keyOf('03'), anchored({}, { hidden: true })],
  [keyOf('04'), anchored({ coal_t: '7' }, { status: 'withdrawn' })],
]);

type Told = readonly [kind: string, cell: string | undefined, difference: string | undefined];

function answers(
  rows: readonly OutsideRow[],
  more: object = {},
  on: ReadonlyMap<string, AnchoredReadings> = ledger,
): Told[] {
  return new CrossCheck({ profile: profileOf(more), year: '2024' }, rows)
    .conclude(on)
    .map(({ kind, places, difference }) => [kind, places[0]?.cell, difference]);
}

describe('a cross-check', () => {
  it('tells of each reading whether it matches, and by how much it differs, in the unit of the figure', () => {
    expect(
      answers([row(2, { period: '2024-01', coal: '101', power: '506' })], {}, new Map([...ledger].slice(0, 1))),
    ).toEqual([
      ['MATCHED', 'D2', '1'],
      ['DIFFERS', 'E2', '60'],
    ]);
  });

  it('has nothing to take a share of where nothing was anchored but 0', () => {
    const [first] = new CrossCheck({ profile: profileOf(), year: '2024' }, [row(2, { period: '2024-02', power: '1' })])
      .conclude(ledger)
      .filter(({ kind }) => kind === 'DIFFERS');
    expect(first).toMatchObject({ difference: '10', anchored: '0' });
    expect(first).not.toHaveProperty('share');
  });

  it.each([
    ['is not anchored', '2024-09', 'NOT_ANCHORED'],
    ['is not open', '2024-03', 'NOT_OPEN'],
    ['was withdrawn', '2024-04', 'NO_LONGER_STANDS'],
    ['is of another year', '2023-01', 'OTHER_YEAR'],
  ])('says of a reading that its record %s', (_what, period, kind) => {
    expect(answers([row(2, { period, coal: '7' })])).toContainEqual([kind, 'D2', undefined]);
  });

  it.each([
    ['an authority questions', { why: 'questioned' }],
    ['was signed with a key in other hands', { why: 'key-compromised' }],
    ['is under a finding', { why: 'under-finding', by: 'a finding' }],
    ['rests on what does not stand', { why: 'input-withdrawn', by: 'a report' }],
  ] as const)('agrees with no record that %s, and says why also where it differs', (_what, doubt) => {
    const on = new Map([[keyOf('01'), anchored({ coal_t: '100.00', power_MWh: '5000' }, { doubts: [doubt] })]]);
    const check = new CrossCheck({ profile: profileOf(), year: '2024' }, [
      row(2, { period: '2024-01', coal: '100', power: '506' }),
    ]);
    const told = check.conclude(on);
    expect(told).toMatchObject([
      { kind: 'IN_DOUBT', difference: '0', doubts: [doubt] },
      { kind: 'DIFFERS', doubts: [doubt] },
    ]);
    const about = { source: 'stock', year: '2024', profile: profileOf(), ledger: { ledger: 'a', size: '1' } };
    const report = crossCheckReport({ ...about, file: { name: 'f', sha256: 's', rows: 1 } }, told.slice(0, 1));
    expect(report.totals).toEqual({ kinds: { IN_DOUBT: 1 }, isClean: false });
  });

  it('names what is anchored and stands in no row', () => {
    expect(answers([])).toEqual(Array<Told>(4).fill(['NOT_IN_FILE', undefined, undefined]));
    expect(
      answers([row(2, { period: '2024-01', coal: '100' })]).filter(([kind]) => kind === 'NOT_IN_FILE'),
    ).toHaveLength(3);
  });

  it('guesses nothing of a cell that cannot be read, and does not call it missing', () => {
    const fault = { code: 'CELL_NOT_A_NUMBER', cell: 'D2', found: '约百吨', expected: 'number' };
    const told = answers(
      [row(2, { period: '2024-01', power: '500' }, [{ ...fault, column: 'coal' }])],
      {},
      new Map([...ledger].slice(0, 1)),
    );
    expect(told).toEqual([
      ['UNREADABLE', 'D2', undefined],
      ['MATCHED', 'E2', '0'],
    ]);
    expect(answers([row(2, { coal: '1' }, [{ ...fault, cell: 'C2', column: 'period' }])], {}, new Map())).toEqual([
      ['UNREADABLE', 'C2', undefined],
    ]);
  });

  it('adds rows up where they are parts, and takes them for a contradiction where they are not', () => {
    const rows = [row(2, { period: '2024-01', coal: '60' }), row(3, { period: '2024-01', coal: '40' })];
    expect(answers(rows, { sum: true })).toContainEqual(['MATCHED', 'D2', '0']);
    expect(answers(rows)).toContainEqual(['TWICE', 'D2', undefined]);
  });

  it('knows units by the names of the other side, and the party of a file that names none', () => {
    expect(answers([row(2, { unit: '一号', period: '2024-01', coal: '100' })])).toContainEqual(['MATCHED', 'D2', '0']);
    const values = { unit: 'U1', period: '2024-01', coal: '100' };
    const bare = { ...row(2, {}), values };
    const check = new CrossCheck({ profile: profileOf(), year: '2024', party: uscc }, [bare]);
    expect(check.parties).toEqual([uscc]);
    expect(check.conclude(ledger).map(({ kind }) => kind)).toContain('MATCHED');
    expect(new CrossCheck({ profile: profileOf(), year: '2024' }, [bare]).conclude(ledger)[0]).toMatchObject({
      kind: 'NOT_IN_FILE',
    });
    expect(answers([bare])).toContainEqual(['UNREADABLE', 'A2', undefined]);
  });

  const month = fc.integer({ min: 1, max: 12 }).map((number) => `2024-${String(number).padStart(2, '0')}`);
  const amount = fc.integer({ min: 0, max: 10_000 }).map((number) => new Decimal(number).div(100).toFixed());
  const rowsOf = fc.array(fc.record({ period: month, coal: amount, power: amount }), { maxLength: 20 });

  it('has the same report whatever the order of rows', () => {
    const about = {
      source: 'stock',
      year: '2024',
      profile: profileOf(),
      file: { name: 'f', sha256: '', rows: 1 },
      ledger: { ledger: '', size: '' },
    };
    fc.assert(
      fc.property(rowsOf, fc.infiniteStream(fc.integer()), fc.boolean(), (values, order, sum) => {
        const rows = values.map((one, at) => row(at + 2, one));
        const shuffled = rows
          .map((one) => [order.next().value as number, one] as const)
          .sort(([a], [b]) => a - b)
          .map(([, one]) => one);
        const options = { profile: profileOf({ sum }), year: '2024' };
        const [first, second] = [rows, shuffled].map((some) =>
          crossCheckReport(about, new CrossCheck(options, some).conclude(ledger)),
        );
        expect(second).toEqual(first);
      }),
    );
  });

  it('answers for every reading once, and for every figure that stands', () => {
    fc.assert(
      fc.property(rowsOf, (values) => {
        const told = new CrossCheck(
          { profile: profileOf(), year: '2024' },
          values.map((one, at) => row(at + 2, one)),
        ).conclude(ledger);
        const cells = told.flatMap(({ places }) => places.map(({ cell }) => cell));
        expect(cells.sort()).toEqual(values.flatMap((_, at) => [`D${String(at + 2)}`, `E${String(at + 2)}`]).sort());
        const figures = new Set(told.map(({ figure }) => figure));
        for (const [key, { status, values: own }] of ledger)
          if (status === 'current') for (const name of Object.keys(own)) expect(figures).toContain(`${key}#${name}`);
      }),
    );
  });

  it('tolerates what is said, to the last digit, in either direction', () => {
    fc.assert(
      fc.property(amount, amount, fc.boolean(), (own, most, isAbsolute) => {
        const anchoredValue = parseDecimal(own);
        const limit = isAbsolute ? parseDecimal(most) : parseDecimal(most).times(anchoredValue);
        const tolerance = isAbsolute ? { absolute: most } : { share: most };
        const least = parseDecimal('0.0000000001');
        for (const sign of [1, -1]) {
          expect(isTolerated(limit.times(sign), anchoredValue, tolerance)).toBe(true);
          expect(isTolerated(limit.plus(least).times(sign), anchoredValue, tolerance)).toBe(false);
        }
      }),
    );
  });
});

describe('a profile', () => {
  const refused = (value: unknown, source = 'stock'): string[] => {
    try {
      parseCrossCheckProfile(value, source);
      return [];
    } catch (error) {
      if (!isLedgerError(error)) throw error;
      return [error.code, ...error.faults.map(({ path }) => path)];
    }
  };

  it('is refused with every fault: no tolerance, a negative one, neither figure nor field', () => {
    const reading = { column: 'x', record: 'monthly-evidence', figure: 'coal_t' };
    const readings = {
      a: reading,
      b: { ...reading, tolerance: { absolute: '-1' } },
      c: { column: 'x', record: 'monthly-evidence', tolerance: { share: '0' } },
    };
    expect(refused({ stock: { ...stock, readings } })).toEqual([
      'BAD_FILE',
      '/stock/readings/a/tolerance',
      '/stock/readings/b/tolerance/absolute',
      '/stock/readings/c',
    ]);
    expect(refused({ stock }, 'toString')).toEqual(['USAGE']);
    expect(refused([])).toEqual(['BAD_FILE', '']);
  });
});
