import { LedgerError } from '@carbon-ledger/core';

/** Ends with an error, not as if all were said, where the service stops or the client is gone. */
export async function* untilStopped<Item>(parts: AsyncIterable<Item>, signal: AbortSignal): AsyncGenerator<Item> {
  for await (const part of parts) {
    if (signal.aborted) throw new LedgerError('NOT_READY', 'The service is stopping, or nobody reads any more.');
    yield part;
  }
}
