import type { Subject } from '../identifiers';
import type { StepFiling } from '../rulebook';

/** Something that a party is to do next. */
export interface Duty {
  /** `filed`, or the step that the record to be filed makes: `review.province:accept`. */
  readonly step: string;
  /** The record that does it. Other steps may be open beside it: `possibleActions` tells them. */
  readonly file: StepFiling;
  readonly subject: Subject;
  /** Business key of what is acted on; of what is to be filed, where nothing is acted on. */
  readonly key: string;
  /** The record that waits: the one that is acted on, or that the next version replaces. Absent for a first filing. */
  readonly record?: string;
  readonly version?: number;
  readonly state?: string;
  /** RFC 3339: since when it waits, and the record that led there. */
  readonly since?: string;
  readonly by?: string;
  /** Last day in time, Asia/Shanghai. Absent where the rules set none. */
  readonly until?: string;
  /**
   * Of a day in working days: by the calendars on the ledger, or Monday to Friday, because a year that it runs through has
   * none there. Absent of other days.
   */
  readonly counted?: 'calendar' | 'weekdays';
  /** Natural days behind it, from 1. */
  readonly late?: number;
}

/** Nearest day first; then what waits longest, then by key. */
export function byUrgency(a: Duty, b: Duty): number {
  const rank = ({ until, since, key, step }: Duty): string =>
    [until ?? '9999-12-31', since ?? '9999-12-31T23:59:59Z', key, step].join(' ');
  const [left, right] = [rank(a), rank(b)];
  return left < right ? -1 : Number(left > right);
}
