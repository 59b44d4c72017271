import fc from 'fast-check';
import { isLedgerError } from '../errors';
import { drawnSample } from '../rulebook';
import { riskTickets, type RiskFacts } from './risk';

const quiet: RiskFacts = { uscc: 'A', block: 0, warn: 0, months: 12, defaults: 1, laboratory: 0, emission: '0' };
const ticketsOf = (facts: Partial<RiskFacts>): number | undefined => riskTickets([{ ...quiet, ...facts }])[0]?.tickets;

const count = fc.integer({ min: 0, max: 200 });
const facts = fc.record({
  ...{ block: count, warn: count, months: count, defaults: count, laboratory: count },
  emission: fc.integer({ min: -9_000_000, max: 60_000_000 }).map(String),
});
const plants = fc
  .array(facts, { minLength: 1, maxLength: 12 })
  .map((all) => all.map((one, at): RiskFacts => ({ ...one, uscc: `PLANT${String(at)}` })));

describe('tickets of a plant in the draw', () => {
  it.each([
    ['nothing known of it', {}, 1],
    ['one that blocks', { block: 1 }, 3],
    ['three that block', { block: 3 }, 7],
    ['four that block', { block: 4 }, 7],
    ['nine that ask', { warn: 9 }, 1],
    ['ten that ask', { warn: 10 }, 2],
    ['fifty that ask', { warn: 50 }, 6],
    ['sixty that ask', { warn: 60 }, 6],
    ['a finding on its laboratory', { laboratory: 1 }, 2],
    ['three findings on its laboratory', { laboratory: 3 }, 3],
    ['just under a million tonnes', { emission: '999999' }, 1],
    ['a million tonnes', { emission: '1000000' }, 2],
    ['six million tonnes', { emission: '6000000.5' }, 6],
    ['more taken up than given off', { emission: '-4000000' }, 1],
    ['everything at once', { block: 9, warn: 99, laboratory: 9, emission: '99000000' }, 19],
  ])('are, with %s', (_, change, expected) => {
    expect(ticketsOf(change)).toBe(expected);
  });

  it('are one more for a year without a default value, only where others have some, and it was there', () => {
    const clean = { ...quiet, defaults: 0 };
    const tickets = (...all: readonly RiskFacts[]): number[] => riskTickets(all).map((one) => one.tickets);
    expect(tickets(clean, clean)).toEqual([1, 1]);
    expect(tickets(clean, quiet)).toEqual([2, 1]);
    expect(tickets({ ...clean, months: 0 }, quiet)).toEqual([1, 1]);
    expect(tickets()).toEqual([]);
  });

  it('are whole, 1 to 20, never fewer for more that is known, and do not depend on the order of the plants', () => {
    fc.assert(
      fc.property(plants, fc.nat(), (all, at) => {
        const found = riskTickets(all);
        for (const { tickets } of found) {
          expect(Number.isInteger(tickets)).toBe(true);
          expect(tickets).toBeGreaterThanOrEqual(1);
          expect(tickets).toBeLessThanOrEqual(20);
        }
        expect(riskTickets([...all].reverse()).reverse()).toEqual(found);
        const index = at % all.length;
        const more = all.map((one, own) =>
          own === index ? { ...one, block: one.block + 1, warn: one.warn + 10 } : one,
        );
        expect(riskTickets(more)[index]?.tickets).toBeGreaterThanOrEqual(found[index]?.tickets ?? 0);
      }),
    );
  });

  it.each(['', '1e6', 'NaN', '1,000', ' '])('are none for an emission that is no decimal: %j', (emission) => {
    let code: string | undefined;
    try {
      ticketsOf({ emission });
    } catch (error) {
      code = isLedgerError(error) ? error.code : String(error);
    }
    expect(code).toBe('BAD_DECIMAL');
  });
});

describe('a sample that is drawn by tickets', () => {
  const draw = (seed: string, all: readonly RiskFacts[], size: number): string[] => {
    const found = riskTickets(all);
    const [frame, tickets] = [found.map(({ uscc }) => uscc), found.map((one) => one.tickets)];
    return drawnSample(seed, { frame, size, tickets });
  };
  const share = fc.integer({ min: 0, max: 100 });

  it('follows from seed, plants and rule, has exactly its size, and is the same in whatever order they stand', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), plants, share, (seed, all, percent) => {
        const size = Math.floor((all.length * percent) / 100);
        const drawn = draw(seed, all, size);
        expect(new Set(drawn).size).toBe(size);
        expect(drawn.every((uscc) => all.some((one) => one.uscc === uscc))).toBe(true);
        expect(draw(seed, all, size)).toEqual(drawn);
        expect(draw(seed, [...all].reverse(), size)).toEqual(drawn);
        if (size < all.length) expect(draw(seed, all, size + 1)).toEqual(expect.arrayContaining(drawn));
      }),
    );
  });

  it('differs from seed to seed, and takes who has more tickets more often', () => {
    const pair = [
      { ...quiet, uscc: 'HEAVY', block: 3, warn: 50 },
      { ...quiet, uscc: 'LIGHT' },
    ];
    const seeds = Array.from({ length: 200 }, (_, at) => `seed ${String(at)}`);
    const heavy = seeds.filter((seed) => draw(seed, pair, 1)[0] === 'HEAVY').length;
    expect(heavy).toBeGreaterThan(150);
    expect(heavy).toBeLessThan(200);
  });
});
