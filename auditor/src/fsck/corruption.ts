import { LedgerError } from '@carbon-ledger/core';

/**
 * What LevelDB says of a file whose checksums do not fit, as an error of ours: no entry of that store can be trusted, so nothing
 * further is read. Any other error as it is.
 */
export function toldAsCorrupt(error: unknown, source: string): unknown {
  const message = error instanceof Error ? error.message : '';
  if (!message.startsWith('Corruption:')) return error;
  return new LedgerError('STORE_CORRUPT', `A store of ${source} cannot be read: ${message}.`, { cause: error });
}
