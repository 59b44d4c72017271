import { isLedgerError } from '../errors';
import { parseReconciliationRules, shippedReconciliationRules } from './rules';

type Rules = Readonly<Record<string, unknown>>;
const { years } = shippedReconciliationRules;
const [year = '', ofYear] = Object.entries(years)[0] ?? [];

function placesOf(change: Rules): string[] {
  try {
    parseReconciliationRules({ ...shippedReconciliationRules, ...change });
    return [];
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    expect(error.code).toBe('BAD_FILE');
    return error.faults.map(({ path }) => path);
  }
}

describe('the rules of reconciliation', () => {
  it('that come with the program are well formed, with a cap of 5 % in each year (administrative measures, art. 29)', () => {
    expect(parseReconciliationRules(structuredClone(shippedReconciliationRules))).toEqual(shippedReconciliationRules);
    for (const { capRate } of Object.values(years)) expect(Number(capRate)).toBe(0.05);
  });

  it('end the first generation with 2024, and admit the second alone afterwards (domain 0.9)', () => {
    for (const [one, { deadline, oldUntil, isNewAllowed }] of Object.entries(years)) {
      expect(oldUntil <= '2024-12-31').toBe(true);
      expect(deadline > `${one}-12-31`).toBe(true);
      if (one >= '2025') expect(isNewAllowed).toBe(true);
    }
    expect(shippedReconciliationRules.newFromRegistered).toBe('2024-01-22');
    expect(shippedReconciliationRules.oldUntilRegistered).toBe('2017-03-14');
  });

  it.each<[string, Rules, string[]]>([
    ['a day that there is not', { newFromRegistered: '2024-02-30' }, ['/newFromRegistered']],
    ['no days for a booking', { bookingDays: -1 }, ['/bookingDays']],
    ['half a day for a booking', { bookingDays: 0.5 }, ['/bookingDays']],
    ['a cap in words', { years: { [year]: { ...ofYear, capRate: 'five' } } }, [`/years/${year}/capRate`]],
    ['no purpose', { years: { [year]: { ...ofYear, purposes: [] } } }, [`/years/${year}/purposes`]],
    ['two faults', { bookingDays: 61, oldUntilRegistered: 'x' }, ['/bookingDays', '/oldUntilRegistered']],
  ])('with %s name every place', (_, change, places) => {
    expect(placesOf(change)).toEqual(places);
  });

  it('know no other member, and are no other value', () => {
    expect(placesOf({ strange: 1 })).toHaveLength(1);
    for (const value of [null, [], 'x', 1]) expect(() => parseReconciliationRules(value)).toThrow('not well formed');
  });
});
