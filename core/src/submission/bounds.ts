import { LedgerError } from '../errors';

/** An entry bundle of the log (C2SP tlog-tiles) gives the length of an entry 16 bits. */
export const maxRecordBytes = 65_535;

/** Faults that are told of what one party sends at one time; reading ends there. */
export const MOST_FAULTS = 1_000;

/** Items of one list, members of one object inside a record: twice what any schema allows. */
const MOST_ITEMS = 1_000;

/**
 * Holds a record to bounds that no schema needs to be asked for: its JSON is not longer than an entry of the log may be,
 * and no list or object in it has more than {@link MOST_ITEMS} members. Looks at no more of it than that.
 * @throws LedgerError TOO_LARGE, BAD_RECORD
 */
export function assertBounded(record: unknown): void {
  let left = maxRecordBytes;
  const waiting: unknown[] = [record];
  while (waiting.length > 0) {
    const value = waiting.pop();
    left -= leastBytes(value);
    if (left < 0) throw new LedgerError('TOO_LARGE', `the record has more than ${maxRecordBytes} bytes`);
    if (typeof value !== 'object' || value === null) continue;
    for (const member of membersOf(value)) waiting.push(member);
  }
}

/** A lower bound of what a value takes as JSON, its members apart. */
function leastBytes(value: unknown): number {
  return typeof value === 'string' ? value.length + 2 : 1;
}

function membersOf(value: object): readonly unknown[] {
  const members = Array.isArray(value) ? (value as readonly unknown[]) : Object.entries(value).flat();
  const most = Array.isArray(value) ? MOST_ITEMS : 2 * MOST_ITEMS;
  if (members.length > most)
    throw new LedgerError('BAD_RECORD', `a list or object in the record has more than ${MOST_ITEMS} members`);
  return members;
}
