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
    if (typeof value === 'object' && value !== null) left -= awaitMembers(value, waiting);
    if (left < 0) throw new LedgerError('TOO_LARGE', `the record has more than ${maxRecordBytes} bytes`);
  }
}

/** A lower bound of what a value takes as JSON, its members apart. */
function leastBytes(value: unknown): number {
  return typeof value === 'string' ? value.length + 2 : 1;
}

/** Lays what is in a list or object with what waits to be looked at. @returns what the names of its members take at least */
function awaitMembers(value: object, waiting: unknown[]): number {
  const names = Object.keys(value);
  if (names.length > MOST_ITEMS)
    throw new LedgerError('BAD_RECORD', `a list or object in the record has more than ${MOST_ITEMS} members`);
  let bytes = 0;
  for (const name of names) {
    if (!Array.isArray(value)) bytes += leastBytes(name);
    waiting.push((value as Readonly<Record<string, unknown>>)[name]);
  }
  return bytes;
}
