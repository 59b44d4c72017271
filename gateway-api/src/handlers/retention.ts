import { LedgerError } from '@carbon-ledger/core';
import { prices } from '../http/limits/prices';
import type { Handlers } from '../http/reply';
import type { Caller } from '../records/visibility';
import { RECORDS_PER_PAGE } from '../retention/retention-desk';
import type { Services } from '../services';

export function retentionHandlers({
  retention,
  facts,
  readiness,
}: Services): Pick<Handlers, 'getRetention' | 'purgeFigures'> {
  /** The contract holds the organisation to it; here it is the party that answers for it. */
  const assertFounder = (caller: Caller | undefined): void => {
    if (caller?.party !== facts.founder) throw new LedgerError('FORBIDDEN', 'Only the founding authority may purge.');
  };
  return {
    getRetention: async ({ query: { from, years }, caller, spend }) => {
      assertFounder(caller);
      spend(RECORDS_PER_PAGE * prices.recordRead);
      return { json: { years, ...(await retention.due(from, years)) } };
    },
    purgeFigures: async ({ body, caller, spend }) => {
      assertFounder(caller);
      spend(prices.signatureChecked);
      const { txId, blockNumber } = await readiness.attended(retention.purge(body));
      return { status: 201, json: { txId, blockNumber: blockNumber.toString() } };
    },
  };
}
