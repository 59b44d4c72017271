import { LedgerError } from '@carbon-ledger/core';

/** Not by class: an error of the store may be of another realm (a worker, a test's sandbox). */
function messageOf(error: unknown): string {
  const message: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : undefined;
  return typeof message === 'string' ? message : '';
}

/**
 * What LevelDB says of a file whose checksums do not fit, as an error of ours: no entry of that store can be trusted, so nothing
 * further is read. Any other error as it is.
 */
export function toldAsCorrupt(error: unknown, source: string): unknown {
  const message = messageOf(error);
  if (!message.startsWith('Corruption:')) return error;
  return new LedgerError('STORE_CORRUPT', `A store of ${source} cannot be read: ${message}.`, { cause: error });
}
