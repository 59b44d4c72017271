import fc from 'fast-check';
import { addDays, isWeekend } from '../calendar';
import { daysLate, toldFrom, untilOf, type Counting } from './deadline';

const day = fc.integer({ min: 0, max: 700 }).map((days) => addDays('2024-01-01', days));
const counting = (since: string, more: Partial<Counting> = {}): Counting => ({
  ...{ since: `${since}T04:00:00Z`, content: {}, calendars: [] },
  ...more,
});

describe('the last day', () => {
  it('in natural days is that many behind, from the day in Asia/Shanghai', () => {
    fc.assert(
      fc.property(day, fc.nat(90), (since, days) => {
        const deadline = [{ count: 'natural', days }] as const;
        expect(untilOf(deadline, counting(since))).toEqual({ day: addDays(since, days) });
        const night = { ...counting(since), since: `${since}T16:00:00Z` };
        expect(untilOf(deadline, night)).toEqual({ day: addDays(since, days + 1) });
      }),
    );
  });

  it('in working days is what counting day by day comes to, with holidays and days worked instead', () => {
    const days = fc.uniqueArray(day, { maxLength: 60 });
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 30 }), days, days, (since, count, off, on) => {
        const periods = { notice: count, objection: count, decision: count, redetermination: count };
        const calendars = ['2024', '2025', '2026'].map((year) => ({ year, holidays: off, workdays: on, periods }));
        let expected = since;
        for (let left = count; left > 0;) {
          expected = addDays(expected, 1);
          if (isWeekend(expected) ? on.includes(expected) : !off.includes(expected)) left -= 1;
        }
        // The calendar of the year says how many days there are, whatever the rule would say without one.
        const deadline = [{ count: 'working', period: 'objection' }] as const;
        expect(untilOf(deadline, counting(since, { calendars }))).toEqual({ day: expected, counted: 'calendar' });
      }),
    );
  });

  it('is the earliest of several, in any order; one that is not stated says nothing', () => {
    const any = fc.oneof(
      fc.nat(60).map((days) => ({ count: 'natural' as const, days })),
      fc.constantFrom('a', 'b', 'absent').map((field) => ({ field })),
    );
    fc.assert(
      fc.property(day, day, day, fc.array(any, { maxLength: 5 }), (since, a, b, deadlines) => {
        const content = { a, b };
        const known = new Map(Object.entries(content));
        const days = deadlines.flatMap((one) =>
          'field' in one ? (known.get(one.field) ?? []) : [addDays(since, one.days)],
        );
        const found = untilOf(deadlines, counting(since, { content }));
        expect(found?.day).toBe([...days].sort()[0]);
        expect(untilOf([...deadlines].reverse(), counting(since, { content }))).toEqual(found);
      }),
    );
  });

  it('is late by the days behind it, and told before it is', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -50, max: 50 }), (until, days) => {
        expect(daysLate(until, addDays(until, days))).toBe(days > 0 ? days : undefined);
        for (const period of [until.slice(0, 4), until.slice(0, 7)])
          expect(toldFrom(period, addDays(until, days)) < addDays(until, days)).toBe(true);
      }),
    );
  });
});
