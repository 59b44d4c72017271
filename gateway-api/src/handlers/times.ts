import { addDays } from '@carbon-ledger/core';

/** The instant at which a day of Asia/Shanghai begins; an instant is itself. */
export function startOf(time: string | undefined): string | undefined {
  return time?.length === 10 ? `${addDays(time, -1)}T16:00:00Z` : time;
}

/** The first instant behind a day; an instant is itself. */
export function endOf(time: string | undefined): string | undefined {
  return time?.length === 10 ? `${time}T16:00:00Z` : time;
}

/** Whether an instant lies in the time that a list was asked for: days of Asia/Shanghai, or instants. */
export function isWithin(
  instant: string,
  { since, until }: { readonly since?: string | undefined; readonly until?: string | undefined },
): boolean {
  return instant >= (startOf(since) ?? '') && instant < (endOf(until) ?? '9');
}
