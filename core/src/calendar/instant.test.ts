import fc from 'fast-check';
import { isInstant, secondsOfInstant } from '.';

describe('an instant', () => {
  it.each(['1970-01-01T00:00:00Z', '2024-02-29T23:59:59Z', '2026-11-30T00:00:00Z', '9999-12-31T23:59:59Z'])(
    'is %s',
    (text) => {
      expect(isInstant(text)).toBe(true);
    },
  );

  it.each([
    ['hour 24, which is the next day', '2026-11-29T24:00:00Z'],
    ['a day that no month has', '2026-11-31T08:00:00Z'],
    ['29 February of a common year', '2026-02-29T08:00:00Z'],
    ['29 February of 2100', '2100-02-29T08:00:00Z'],
    ['month 13', '2026-13-01T08:00:00Z'],
    ['month 00', '2026-00-10T08:00:00Z'],
    ['day 00', '2026-11-00T08:00:00Z'],
    ['no calendar at all', '9999-99-99T99:99:99Z'],
    ['minute 60', '2026-11-29T08:60:00Z'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['before Unix time', '1969-12-31T23:59:59Z'],
    ['lower case', '2026-11-29t08:00:00z'],
    ['full-width digits', '２０２６-11-29T08:00:00Z'],
    ['an offset', '2026-11-29T08:00:00+08:00'],
    ['a zero offset', '2026-11-29T08:00:00+00:00'],
    ['a fraction', '2026-11-29T08:00:00.000Z'],
    ['a blank for T', '2026-11-29 08:00:00Z'],
    ['a line break behind it', '2026-11-29T08:00:00Z\n'],
    ['an expanded year', '+002026-11-29T08:00:00Z'],
    ['a day', '2026-11-29'],
    ['nothing', ''],
  ])('is not %s', (_, text) => {
    expect(isInstant(text)).toBe(false);
    expect(secondsOfInstant(text)).toBeUndefined();
  });

  it('has one text for each second, ordered as time is', () => {
    const seconds = fc.integer({ min: 0, max: 253_402_300_799 });
    const textOf = (at: number): string => new Date(at * 1000).toISOString().replace('.000Z', 'Z');
    fc.assert(
      fc.property(seconds, seconds, (a, b) => {
        expect(secondsOfInstant(textOf(a))).toBe(a);
        expect(textOf(a) < textOf(b)).toBe(a < b);
      }),
    );
  });

  it('is nothing that differs in one character and means the same second', () => {
    const at = fc.tuple(
      fc.integer({ min: 0, max: 253_402_300_799 }),
      fc.nat({ max: 19 }),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(at, ([second, place, other]) => {
        const text = new Date(second * 1000).toISOString().replace('.000Z', 'Z');
        const changed = text.slice(0, place) + other + text.slice(place + 1);
        if (changed !== text) expect(secondsOfInstant(changed)).not.toBe(second);
      }),
    );
  });
});
