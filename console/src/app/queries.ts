import { QueryClient } from '@tanstack/react-query';
import { isLedgerError } from '@carbon-ledger/core';
import { session } from '../keys/session';

/** What the service refused it refuses again; what did not arrive is asked for once more. */
function mayRetry(failures: number, error: Error): boolean {
  return failures < 1 && isLedgerError(error) && error.code === 'UNREACHABLE';
}

export const queries = new QueryClient({
  defaultOptions: { queries: { retry: mayRetry, staleTime: 10_000, refetchOnWindowFocus: false } },
});

// Nothing that was open to one party stays when its key is gone.
session.subscribe(() => {
  if (session.state().identity === undefined) queries.clear();
});
