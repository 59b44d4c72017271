import { LedgerError, recordTypeNames, type RecordType } from '@carbon-ledger/core';

/** @throws LedgerError USAGE */
export function parseType(text: string): RecordType {
  const type = recordTypeNames.find((name) => name === text);
  if (type === undefined) throw new LedgerError('USAGE', `--type ${text} is not one of ${recordTypeNames.join(', ')}`);
  return type;
}
