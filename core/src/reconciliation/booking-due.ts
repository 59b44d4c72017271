import { addDays, workingDeadline } from '../calendar';
import type { ReconciliationRules } from './rules';

export type BookingRules = Pick<ReconciliationRules, 'bookingDays' | 'bookingCount' | 'calendars'>;

/**
 * The last day on which what stands in the exchange file of a day is booked in time: so many days of the calendar after it, or so many
 * working days, which run over weekends and holidays. A day is looked up once: most rows are of few days.
 */
export function bookingDue({ bookingDays, bookingCount, calendars }: BookingRules): (feedDay: string) => string {
  const known = new Map<string, string>();
  const dueOf = (day: string): string =>
    bookingCount === 'working' ? workingDeadline(day, bookingDays, calendars).day : addDays(day, bookingDays);
  return (day) => {
    const due = known.get(day) ?? dueOf(day);
    known.set(day, due);
    return due;
  };
}
