import fc from 'fast-check';
import type { BookRecord } from './book';
import { screenBooks } from './screening';
import { book, plants, record, rulesOf, sourceOf, tellingRule } from './testing/books';

const lab = '91140000MA0LAB001X';
const otherLab = '91140000MA0LAB002X';

/** A report of a plant, with what its window is told by. */
interface Row {
  readonly of: string;
  readonly unit: string;
  readonly period: string;
  readonly lab: string;
  readonly x: number;
  readonly y: number;
}

const regions: Readonly<Record<string, string>> = {
  [plants[0]]: '140000',
  [plants[1]]: '140000',
  [plants[2]]: '150000',
};

const row = fc.record({
  of: fc.constantFrom(...plants),
  unit: fc.constantFrom('U1', 'U2'),
  period: fc
    .tuple(fc.integer({ min: 2021, max: 2024 }), fc.constantFrom('01', '02', '11'))
    .map((parts) => parts.join('-')),
  lab: fc.constantFrom(lab, otherLab),
  x: fc.integer({ min: -20, max: 20 }),
  y: fc.integer({ min: -20, max: 20 }),
});
const rows = fc.uniqueArray(row, {
  ...{ minLength: 1, maxLength: 12 },
  selector: ({ of, unit, period }) => `${of} ${unit} ${period}`,
});

const keyOf = ({ of, unit, period }: Row): string => `${of}/${unit}/${period}/test-report`;

function recordsOf(of: string, all: readonly Row[]): BookRecord[] {
  const own = all
    .filter((one) => one.of === of)
    .map((one) =>
      record({ ...one, kind: 'test-report', issuer: one.lab, figures: { x: String(one.x), y: String(one.y) } }),
    );
  const units = ['U1', 'U2'].map((id) => ({ id, category: 'I' }));
  return [
    ...own,
    record({ of, unit: '-', period: '-', kind: 'party', content: { region: regions[of] } }),
    record({ of, unit: '-', period: '-', kind: 'facility', content: { units } }),
  ];
}

/** What a rule says of each report that has a value. */
async function valuesOf(value: string, over: string, all: readonly Row[]): Promise<Record<string, number>> {
  const columns = Object.fromEntries(['x', 'y'].map((name) => [`${name}s`, `${name} over ${over}, least 1`]));
  const inputs = { x: '#x', y: '#y', ...(value.includes('ys') ? columns : { xs: columns['xs'] }) };
  const rules = rulesOf(tellingRule(value, { each: 'test-report@unit', inputs }));
  const books = plants.map((uscc) => sourceOf(book(recordsOf(uscc, all), { uscc })));
  const { result } = await screenBooks({ rules, scope: { of: 'all', year: '2024' }, books: () => books });
  return Object.fromEntries(result.findings.map(({ at, got }) => [at, Number(got)]));
}

const year = ({ period }: Row): string => period.slice(0, 4);
const monthNumber = ({ period }: Row): number => Number(period.slice(0, 4)) * 12 + Number(period.slice(5));
const isOneUnit = (a: Row, b: Row): boolean => a.of === b.of && a.unit === b.unit;

/** Who belongs to the window of a report: read off what the notation promises. */
const windows: Readonly<Record<string, (own: Row, other: Row) => boolean>> = {
  'own-other-months': (own, other) => isOneUnit(own, other) && year(own) === year(other) && own !== other,
  'own-year': (own, other) => isOneUnit(own, other) && year(own) === year(other),
  'own-history': (own, other) => {
    const back = monthNumber(own) - monthNumber(other);
    return isOneUnit(own, other) && back >= 1 && back <= 24;
  },
  peers: (own, other) => regions[own.of] === regions[other.of] && year(own) === year(other) && own !== other,
  'same-lab': (own, other) => own.lab === other.lab && year(own) === year(other),
  'other-labs': (own, other) =>
    regions[own.of] === regions[other.of] && year(own) === year(other) && own.lab !== other.lab,
  market: (own, other) => year(own) === year(other) && own !== other,
};

const total = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0);
const mean = (all: readonly number[]): number => total(all) / all.length;

function quantile(all: readonly number[], share: number): number {
  const sorted = [...all].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [low = 0, high = 0] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}

function predicted(all: readonly Row[], x: number): number | undefined {
  const [xs, ys] = [all.map((one) => one.x), all.map((one) => one.y)];
  const [mx, my] = [mean(xs), mean(ys)];
  const spread = total(xs.map((one) => (one - mx) ** 2));
  if (spread === 0) return undefined;
  return my + (total(all.map((one) => (one.x - mx) * (one.y - my))) / spread) * (x - mx);
}

/** Each aggregate from the values themselves; undefined where there is none. */
const aggregates: Readonly<Record<string, (all: readonly Row[], own: Row) => number | undefined>> = {
  'count(xs)': (all) => all.length,
  'mean(xs)': (all) => mean(all.map(({ x }) => x)),
  'stdev(xs)': (all) => {
    const own = mean(all.map(({ x }) => x));
    return all.length < 2 ? undefined : Math.sqrt(total(all.map(({ x }) => (x - own) ** 2)) / (all.length - 1));
  },
  'quantile(xs, 0.25)': (all) =>
    quantile(
      all.map(({ x }) => x),
      0.25,
    ),
  'distinct(xs)': (all) => new Set(all.map(({ x }) => x)).size,
  'max(xs)': (all) => Math.max(...all.map(({ x }) => x)),
  'min(xs)': (all) => Math.min(...all.map(({ x }) => x)),
  'regression(ys, xs, x)': (all, own) => predicted(all, own.x),
};

const cases = Object.keys(windows).flatMap((over) => Object.keys(aggregates).map((value) => [value, over] as const));

describe('a window over records', () => {
  it.each(cases)('%s over %s is what the single values come to', async (value, over) => {
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const expected = all.flatMap((own) => {
          const inside = all.filter((other) => windows[over]?.(own, other));
          const told = inside.length === 0 ? undefined : aggregates[value]?.(inside, own);
          return told === undefined ? [] : [[keyOf(own), told] as const];
        });
        const found = await valuesOf(value, over, all);
        expect(Object.keys(found).sort()).toEqual(expected.map(([key]) => key).sort());
        for (const [key, told] of expected) expect(found[key]).toBeCloseTo(told, 5);
      }),
      { numRuns: 12 },
    );
  });

  it.each(Object.keys(windows))(
    '%s with fewer values than the rule asks for is not judged, and says so',
    async (over) => {
      const one: Row = { of: plants[0], unit: 'U1', period: '2024-01', lab, x: 1, y: 1 };
      const rules = rulesOf(
        tellingRule('mean(xs)', { each: 'test-report@unit', inputs: { x: '#x', xs: `x over ${over}` } }),
      );
      const books = [sourceOf(book(recordsOf(plants[0], [one])))];
      const { result } = await screenBooks({ rules, scope: { of: 'all', year: '2024' }, books: () => books });
      expect(result.findings).toEqual([]);
      expect(result.rules['R-T01']).toEqual({ ran: 0, found: 0, notRun: { [`fewer than 2 values in ${over}`]: 1 } });
    },
  );
});
