import { LedgerError } from '../errors';
import { faultsOf } from '../validation';
import type { LedgerRecord } from '../records/record';
import { recordTypes, type RecordTypes } from './registry';

/** Reads a record's content by its type. @throws LedgerError BAD_RECORD with every bad field */
export function parseContent(record: LedgerRecord, types: RecordTypes = recordTypes): unknown {
  const result = types[record.type].content.safeParse(record.content);
  if (result.success) return result.data;
  throw new LedgerError('BAD_RECORD', `the content does not fit a ${record.type}`, {
    faults: faultsOf('BAD_RECORD', result.error, '/content'),
  });
}
