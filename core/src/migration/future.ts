import type { Fault } from '../errors';
import { LONGEST_AHEAD_SECONDS } from '../judge/authority';
import { businessKey, recordId } from '../records';
import type { EarlierTransaction } from './transaction';

/**
 * Transactions that say to have been anchored later than they come in. The earlier ledger's times are its operator's word,
 * signed by the founder: a time to come would show a record as anchored when nobody can have anchored it, and let keys
 * count that are not valid yet.
 * @param now transaction time of the import, RFC 3339; clocks may be as far apart as for a signature, ten minutes
 */
export function futureFaults(transactions: readonly EarlierTransaction[], now: string): Fault[] {
  return transactions.flatMap(({ time, submissions }, at): Fault[] => {
    const ahead = (Date.parse(time) - Date.parse(now)) / 1000;
    // A time that no calendar has is no number, and refused too.
    if (ahead <= LONGEST_AHEAD_SECONDS) return [];
    const record = submissions[0]?.submission.records[0];
    const named = record === undefined ? '' : `: ${recordId(record)} (${businessKey(record)})`;
    const message = `anchored at ${time}, though it is ${now} only${named}`;
    return [{ path: `/transactions/${String(at)}/time`, code: 'IMPORT_TIME_OUT_OF_RANGE', message }];
  });
}
