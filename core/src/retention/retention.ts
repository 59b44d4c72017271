import { isHex } from '../bytes';
import { canonicalBytes, parseStrict } from '../canonical';
import { LedgerError, type Fault } from '../errors';
import { LONGEST_BEFORE_SUBMITTING_SECONDS } from '../judge/authority';
import { RETENTION_YEARS } from './years';

/*
 * How long private figures are kept, and when they may be forgotten. Hashes, roots, records and receipts stay for ever.
 */

const MOST_YEARS = 100;
/** Each costs the contract three round trips. */
export const MOST_PURGED = 100;

/** Which transactions' private figures are to be forgotten, by which rule. */
export interface PurgeRequest {
  /** Ids, in ascending order, each once. */
  readonly transactions: readonly string[];
  readonly years: number;
}

/** What stands on the ledger of a purge. */
export interface PurgeState extends PurgeRequest {
  /** Transaction time, RFC 3339. */
  readonly at: string;
}

/** What is known of one of these transactions. */
export interface RetainedTransaction {
  /** When its submissions were signed, RFC 3339. */
  readonly signedAt: readonly string[];
  /** Whether the collection still holds a private value of it. */
  readonly isHeld: boolean;
}

/** @throws LedgerError BAD_REQUEST, BAD_JSON */
export function parsePurgeRequest(text: string): PurgeRequest {
  const value = parseStrict(text, { maxBytes: 64 * 1024 }) as Partial<Record<keyof PurgeRequest, unknown>> | null;
  const { transactions, years, ...others } = Object(value) as Partial<PurgeRequest>;
  if (!isIdList(transactions) || Object.keys(others).length > 0) {
    const message = `A purge names 1 to ${String(MOST_PURGED)} transaction ids in ascending order, and years.`;
    throw new LedgerError('BAD_REQUEST', message);
  }
  return { transactions, years: checkedYears(years) };
}

/** @throws LedgerError BAD_REQUEST */
export function checkedYears(years: unknown): number {
  if (typeof years === 'number' && Number.isInteger(years) && years >= RETENTION_YEARS && years <= MOST_YEARS)
    return years;
  const range = `${String(RETENTION_YEARS)} to ${String(MOST_YEARS)}`;
  throw new LedgerError('BAD_REQUEST', `Figures are kept ${range} years; the law asks for ${String(RETENTION_YEARS)}.`);
}

function isIdList(ids: unknown): ids is readonly string[] {
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > MOST_PURGED) return false;
  return ids.every(
    (id: unknown, index) => typeof id === 'string' && isHex(id, 32) && (index === 0 || ids[index - 1] < id),
  );
}

/**
 * The instant until which figures are kept. A transaction is made at most thirty days after the last signature in it, so that
 * this is never before the years since the transaction are over, and at most thirty days after.
 */
export function keptUntil(signedAt: readonly string[], years: number): string {
  const last = Math.max(...signedAt.map((instant) => Date.parse(instant)));
  const until = new Date(last + LONGEST_BEFORE_SUBMITTING_SECONDS * 1000);
  until.setUTCFullYear(until.getUTCFullYear() + years);
  return until.toISOString().replace(/\.[0-9]+Z$/, 'Z');
}

/**
 * All or none. @param found by transaction id; absent for one that does not stand on the ledger
 * @throws LedgerError RETENTION_RUNNING, NOT_FOUND with every transaction that may not be purged
 */
export function judgePurge(
  { transactions, years }: PurgeRequest,
  found: ReadonlyMap<string, RetainedTransaction>,
  time: string,
): PurgeState {
  const faults = transactions.flatMap((id, index): Fault[] => {
    const path = `/transactions/${String(index)}`;
    const one = found.get(id);
    if (one?.isHeld !== true) return [{ path, code: 'NOT_FOUND', message: `${id} has no private figures here` }];
    const until = keptUntil(one.signedAt, years);
    if (until <= time) return [];
    return [{ path, code: 'RETENTION_RUNNING', message: `kept until ${until}`, details: { txId: id, until } }];
  });
  const [first] = faults;
  if (first !== undefined) throw new LedgerError(first.code, 'These figures may not be purged.', { faults });
  return { at: time, transactions, years };
}

/** Bytes of the state value. */
export function purgeBytes({ at, transactions, years }: PurgeState): Uint8Array {
  return canonicalBytes({ at, transactions, years });
}
