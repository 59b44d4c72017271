import fc from 'fast-check';
import { addDays, daysBetween, hoursOfMonth, isDay, lastDayOfMonth, monthsOfYear, shanghaiDay } from '.';

/** Every day from 1999 to 2040, counted by hand: by the lengths of months and the rule of leap years. */
function* everyDay(): Generator<string> {
  for (let year = 1999; year <= 2040; year += 1) {
    const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    for (const [index, length] of [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].entries())
      for (let day = 1; day <= length; day += 1)
        yield [String(year), String(index + 1).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
  }
}
const days = [...everyDay()];
const place = fc.integer({ min: 0, max: days.length - 1 });

describe('the calendar', () => {
  it('has these days and no others', () => {
    const known = new Set(days);
    for (let year = 1999; year <= 2040; year += 1)
      for (let month = 0; month <= 13; month += 1)
        for (let day = 0; day <= 32; day += 1) {
          const text = [String(year), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
          if (isDay(text) !== known.has(text)) throw new Error(text);
        }
    expect(days).toHaveLength(15_341);
  });

  it('counts and adds days as one counts them', () => {
    fc.assert(
      fc.property(place, place, (a, b) => {
        expect(daysBetween(days[a]!, days[b]!)).toBe(b - a);
        expect(addDays(days[a]!, b - a)).toBe(days[b]);
      }),
      { numRuns: 500 },
    );
  });

  it('ends each month on its last day, of so many hours', () => {
    for (let year = 1999; year <= 2040; year += 1)
      for (const month of monthsOfYear(String(year))) {
        const own = days.filter((day) => day.startsWith(month));
        expect([lastDayOfMonth(month), hoursOfMonth(month)]).toEqual([own.at(-1), own.length * 24]);
      }
  });

  it('turns instants into the days of Shanghai, eight hours ahead all year', () => {
    fc.assert(
      fc.property(place, fc.integer({ min: 0, max: 86_399 }), (at, second) => {
        const midnight = Date.parse(`${days[at]!}T00:00:00+08:00`);
        const instant = new Date(midnight + second * 1000).toISOString().replace('.000Z', 'Z');
        expect(shanghaiDay(instant)).toBe(days[at]);
      }),
    );
  });

  it.each([
    '',
    '2024-1-1',
    '2024-001',
    '20240101',
    '2024-01-01 ',
    ' 2024-01-01',
    '2024/01/01',
    '2024-01-01T00:00:00Z',
    '＋024-01-01',
    '02024-01-01',
  ])('reads no day in %j', (text) => {
    expect(isDay(text)).toBe(false);
    expect(() => addDays(text, 1)).toThrow('is not a day');
  });
});
