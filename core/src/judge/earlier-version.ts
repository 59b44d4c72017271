import { isLedgerError, type Fault } from '../errors';
import { businessKey, type LedgerRecord } from '../records';
import { RETENTION_YEARS } from '../retention/years';
import type { Head } from '../state';
import type { CitedRecords } from './context';

/** The figures of a version may have been purged by now, at the earliest: records are made from the year before on. */
function mayBePurged({ subject: { period } }: LedgerRecord, time: string): boolean {
  return period !== '-' && Number(time.slice(0, 4)) >= Number(period.slice(0, 4)) - 1 + RETENTION_YEARS;
}

/**
 * A version with private figures comes with those of the version before it, so that its salts can be told from theirs: a
 * salt that was opened with an earlier value would give the later one away. Whatever else of earlier versions is given is
 * compared as well.
 */
export function earlierVersionFaults(
  record: LedgerRecord,
  head: Head | undefined,
  time: string,
  context: CitedRecords,
): Fault[] {
  if (record.figuresRoot === null || head === undefined) return [];
  try {
    context.holdVersions(businessKey(record));
    context.scope(`rec:${head.r}`);
    return [];
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    if (error.code === 'CONTEXT_MISSING' && mayBePurged(record, time)) return [];
    return [{ path: '/version', code: error.code, message: error.message, details: error.details }];
  }
}
