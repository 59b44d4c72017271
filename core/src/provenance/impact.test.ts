import fc from 'fast-check';
import { formatDecimal, parseDecimal } from '../decimal';
import { smallYear } from '../rulebook/testing/small-year';
import { impactOfValues, impactOfWithdrawal, type Impact } from './impact';
import type { ImpactedFigure } from './scenario';
import { ShelfSource } from './testing/shelf-source';
import { tonnesNames } from './tonnes';

const { annual, months, methodology } = smallYear;
const [january, february] = months;
if (january === undefined || february === undefined) throw new Error('the year has two months');

let shelf: ShelfSource;
beforeEach(() => {
  shelf = new ShelfSource(smallYear.all);
});

/** Hundredths: what a figure with two decimals counts in. */
const text = (hundredths: number): string => formatDecimal(parseDecimal(String(hundredths)).div(100), 2);
const hundredths = fc.integer({ min: 0, max: 99_999 });
/** Fuel by carbon, half up to two decimals, in hundredths. */
const emission = (fuel: number, carbon: number): number => Math.floor((fuel * carbon + 5000) / 10_000);

function figureOf({ figures }: Impact, { key }: { readonly key: string }, name: string): ImpactedFigure | undefined {
  return figures.find(({ figure }) => figure === `${key}#${name}`);
}

describe('what would change with other values', () => {
  it('is the month and the year, each by what the formulas give', async () => {
    await fc.assert(
      fc.asyncProperty(hundredths, async (carbon) => {
        const found = await impactOfValues(shelf, january.report.id, { figures: { Cad_pct: text(carbon) } });
        const month = emission(10_000, carbon);
        const expected = [
          [january.evidence, 6_000, month],
          [annual, 18_000, month + 12_000],
        ] as const;
        for (const [record, now, then] of expected) {
          const told = figureOf(found, record, 'emission_t');
          if (now === then) expect(told).toBeUndefined();
          else expect(told).toMatchObject({ now: text(now), then: text(then), unit: 't', record: record.id });
          if (told?.delta != null) expect(parseDecimal(told.delta).eq(parseDecimal(text(then - now)))).toBe(true);
        }
        expect(figureOf(found, february.evidence, 'emission_t')).toBeUndefined();
        expect(found.records.map(({ id }) => id)).toEqual([january.evidence.id, annual.id]);
        expect(found.assume).toBe('replaced');
      }),
      { numRuns: 40 },
    );
  });

  it('is the own computed figure as well, and the next one up', async () => {
    await fc.assert(
      fc.asyncProperty(hundredths, async (fuel) => {
        const found = await impactOfValues(shelf, february.evidence.id, { figures: { fuel_t: text(fuel) } });
        const then = emission(fuel, 6_000);
        const own = figureOf(found, february.evidence, 'emission_t');
        expect(own?.then ?? '120.00').toBe(text(then));
        expect(figureOf(found, annual, 'emission_t')?.then ?? '180.00').toBe(text(then + 6_000));
        expect(figureOf(found, february.evidence, 'days_t')).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['the values that stand there', { figures: { Cad_pct: '60.00' } }],
    ['nothing', {}],
    ['a figure that it does not have', { figures: { other_pct: '1.00' } }],
    ['a figure that no formula takes', { figures: { Mad_pct: '9.00' } }],
  ])('is nothing beside the record itself with %s', async (_, instead) => {
    const found = await impactOfValues(shelf, january.report.id, instead);
    expect(found.figures.filter(({ record }) => record !== january.report.id)).toEqual([]);
  });

  it('leaves the ledger as it is', async () => {
    const before = structuredClone(shelf.all());
    await impactOfValues(shelf, january.report.id, { figures: { Cad_pct: '1.00' } });
    await impactOfWithdrawal(shelf, january.report.id);
    expect(shelf.all()).toEqual(before);
  });

  it('is asked of nothing that is not anchored', async () => {
    const asked = impactOfValues(shelf, `rec:${'0'.repeat(64)}`, {});
    await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('what would change without a record', () => {
  it('is every figure of its own, each lost', async () => {
    for (const record of [january.report, annual, february.evidence]) {
      const own = (await impactOfWithdrawal(shelf, record.id)).figures.filter((one) => one.record === record.id);
      expect(own.map(({ then, delta }) => [then, delta])).toEqual(own.map(() => [null, null]));
      const names = [...Object.keys(record.record.totals), ...record.figures.map(({ name }) => name)];
      expect(own.map(({ figure }) => figure).sort()).toEqual(names.map((name) => `${record.key}#${name}`).sort());
    }
  });

  it('counts each record that rests on it once, after all that it rests on, and none that does not stand', async () => {
    const of = async (): Promise<string[]> =>
      (await impactOfWithdrawal(shelf, methodology.id)).records.map(({ id }) => id);
    expect(await of()).toEqual([january.evidence.id, february.evidence.id, annual.id]);
    shelf.change(january.evidence.id, { status: 'withdrawn' });
    expect(await of()).toEqual([february.evidence.id, annual.id]);
    shelf.change(annual.id, { status: 'open' });
    expect(await of()).toEqual([february.evidence.id]);
  });

  it('is priced by the gap as long as nothing is to be bought', async () => {
    const { money, tonnes } = await impactOfWithdrawal(shelf, january.report.id, '90.5');
    expect([money?.price, money?.of]).toEqual(['90.5', 'gap_tCO2']);
    expect(Object.keys(tonnes)).toEqual(tonnesNames);
    expect(new Set(Object.values(tonnes))).toEqual(new Set(['0']));
    expect(await impactOfWithdrawal(shelf, january.report.id)).not.toHaveProperty('money');
  });
});

/** A record as it is read by somebody to whom its figures are closed. */
function close(id: string): void {
  const found = shelf.all().find((one) => one.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  const { figures, ...rest } = found;
  expect(figures).toBeDefined();
  shelf.replace(rest);
}

describe('what would change, asked by somebody to whom figures are closed', () => {
  it.each([
    ['its own', () => [january.report.id], 1],
    ['those of what rests on it', () => [january.evidence.id], 1],
    ['those of what is added to it', () => [february.evidence.id], 1],
    ['all of them', () => shelf.all().map(({ id }) => id), 4],
  ])('is not known, and is never told as nothing: %s', async (_what, closed, least) => {
    for (const id of closed()) close(id);
    for (const found of [
      await impactOfWithdrawal(shelf, january.report.id, '90.5'),
      await impactOfValues(shelf, january.report.id, { figures: { Cad_pct: '1.00' } }),
    ]) {
      expect(found.hidden).toBeGreaterThanOrEqual(least);
      expect(new Set(Object.values(found.tonnes))).toEqual(new Set([null]));
      if (found.money !== undefined) expect(found.money.change_CNY).toBeNull();
    }
  });

  it('is known where all that it comes to is open', async () => {
    expect(await impactOfWithdrawal(shelf, january.report.id)).not.toHaveProperty('hidden');
  });
});
