import { addDays, shanghaiDay } from '../calendar';
import type { ReconciliationRules } from './rules';

const chinaMs = 8 * 3_600_000;

/**
 * The day of a run that is begun at an instant: the day of it in Asia/Shanghai once the exchange file of that day is closed, else
 * the day before, whose files are the last that are whole.
 * @param instant RFC 3339, UTC
 */
export function dayOfRun(instant: string, { closesAt }: Pick<ReconciliationRules, 'closesAt'>): string {
  const day = shanghaiDay(instant);
  const clock = new Date(Date.parse(instant) + chinaMs).toISOString().slice(11, 16);
  return clock >= closesAt ? day : addDays(day, -1);
}
