import fc from 'fast-check';
import { addDays, daysBetween, isWeekend } from '../calendar';
import { bookingDue } from './booking-due';
import { Reconciler, shippedReconciliationRules, type ReconciliationRules } from '.';
import { booking, cancellation, facts, kindsOf } from './testing/rows';

/** 国庆节 of 2025: 1 to 8 October are off, and 28 September and 11 October are worked. */
const holidays = ['2025-10-01', '2025-10-02', '2025-10-03', '2025-10-06', '2025-10-07', '2025-10-08'];
const calendars = [{ year: '2025', holidays, workdays: ['2025-09-28', '2025-10-11'] }];
const working = { bookingDays: 1, bookingCount: 'working', calendars } as const;

describe('the last day of booking', () => {
  it.each([
    ['2025-09-30', '2025-10-09'],
    ['2025-09-26', '2025-09-28'],
    ['2025-10-10', '2025-10-11'],
    ['2025-10-04', '2025-10-09'],
  ])('in working days runs over holidays and takes worked weekends: %s → %s', (day, due) => {
    expect(bookingDue({ ...working, calendars: [...calendars] })(day)).toBe(due);
  });

  it('is so many days later by the calendar, and never on a day off where working days count', () => {
    const anyDay = fc.integer({ min: 0, max: 364 }).map((at) => addDays('2025-01-01', at));
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 20 }), (day, bookingDays) => {
        const natural = bookingDue({ bookingDays, bookingCount: 'natural', calendars: [] })(day);
        expect(daysBetween(day, natural)).toBe(bookingDays);
        const due = bookingDue({ bookingDays, bookingCount: 'working', calendars: [...calendars] })(day);
        expect(daysBetween(natural, due)).toBeGreaterThanOrEqual(0);
        const isOff = isWeekend(due) ? !calendars[0]?.workdays.includes(due) : holidays.includes(due);
        expect(bookingDays > 0 && isOff).toBe(false);
      }),
    );
  });

  it('is that of the rules: a booking after the holidays is in time by working days, and late by days of the calendar', () => {
    const rows = (): Parameters<typeof cancellation>[0][] => [{ cancelledOn: '2025-09-30' }];
    const told = (rules: ReconciliationRules, asOf: string): string[][] => {
      const given = [
        ...rows().map((one) => cancellation(one)),
        booking({ bookedOn: '2025-10-09' }),
        cancellation({
          cancelledOn: '2025-09-30',
          projectRef: 'B',
          serialFrom: 'FIC-B-1',
          serialTo: 'FIC-B-9',
          qty: '9',
        }),
      ];
      const reconciler = new Reconciler({ year: '2024', asOf, rules }, given);
      for (const fact of facts) reconciler.see(fact);
      return reconciler.conclude().rows.map(kindsOf);
    };
    const inWorkingDays = { ...shippedReconciliationRules, ...working, calendars: [...calendars] };
    expect(told(inWorkingDays, '2025-10-09')).toEqual([['MATCHED'], ['AWAITING_BOOKING'], ['MATCHED']]);
    expect(told(inWorkingDays, '2025-10-10')[1]).toEqual(['MISSING_IN_ALLOWANCE_REGISTRY']);
    expect(told(shippedReconciliationRules, '2025-10-09')).toEqual([
      ['MATCHED'],
      ['MISSING_IN_ALLOWANCE_REGISTRY'],
      ['BOOKED_LATE'],
    ]);
  });
});
