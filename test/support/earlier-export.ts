import { canonicalize, originOf, POLICY_SCHEMA, type Policy } from '@carbon-ledger/core';
import {
  EXPORT_SCHEMA,
  type ExportedTransaction,
  type ExportHeader,
} from '../../gateway-api/src/migration/export-format';
import { founder, type EarlierWorld } from './earlier-ledger';

/** What stands first in an export of this ledger. */
export function headerOf(earlier: EarlierWorld): ExportHeader {
  const { ledger, logKey, checkpoint } = earlier.ledger;
  const policy: Policy = {
    schema: POLICY_SCHEMA,
    ledgerId: ledger,
    origin: originOf(ledger),
    logKey,
    witnesses: [],
    quorum: 0,
  };
  return { schema: EXPORT_SCHEMA, ledger, founder, policy, checkpoint };
}

/** Its transactions, each with the private figures of its records. */
export async function* transactionsOf(earlier: EarlierWorld): AsyncGenerator<ExportedTransaction> {
  await Promise.resolve();
  for (const transaction of earlier.transactions) {
    const ids = new Set(
      transaction.submissions.flatMap(({ records }) =>
        earlier.records
          .filter((one) => records.some((record) => canonicalize(record) === canonicalize(one.record)))
          .map(({ id }) => id),
      ),
    );
    const figures = Object.fromEntries(Object.entries(earlier.figures).filter(([id]) => ids.has(id)));
    yield { ...transaction, figures };
  }
}
