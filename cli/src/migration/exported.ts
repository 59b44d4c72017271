import type { CommittedSubmission } from '@carbon-ledger/client-sdk';
import { LedgerError, type Figure, type SignedSubmission } from '@carbon-ledger/core';
import type { ExportedTransaction } from '@carbon-ledger/gateway-api';

/** A transaction under way: its submissions come one after the other. */
class Gathered {
  readonly #place: Pick<ExportedTransaction, 'txId' | 'blockNumber' | 'time'>;
  readonly #submissions: SignedSubmission[] = [];
  readonly #figures: Record<string, readonly Figure[]> = {};

  constructor({ txId, blockNumber, anchoredAt }: CommittedSubmission) {
    this.#place = { txId, blockNumber, time: anchoredAt };
  }

  get txId(): string {
    return this.#place.txId;
  }

  add({ submission, figures }: CommittedSubmission): void {
    this.#submissions.push(submission);
    Object.assign(this.#figures, figures);
  }

  get transaction(): ExportedTransaction {
    return { ...this.#place, submissions: this.#submissions, figures: this.#figures };
  }
}

/**
 * The transactions of a log's first `size` records, put together from its submissions.
 * @throws LedgerError EXPORT_INCOMPLETE where private figures are not open to who asks
 */
export async function* exportedTransactions(
  submissions: AsyncIterable<CommittedSubmission>,
  size: number,
): AsyncGenerator<ExportedTransaction, void, undefined> {
  let current: Gathered | undefined;
  for await (const one of submissions) {
    if (one.first >= size) break;
    assertWhole(one);
    if (current !== undefined && current.txId !== one.txId) yield current.transaction;
    if (current?.txId !== one.txId) current = new Gathered(one);
    current.add(one);
  }
  if (current !== undefined) yield current.transaction;
}

function assertWhole({ hidden, first }: CommittedSubmission): void {
  const [record] = hidden;
  if (record === undefined) return;
  const message = `the figures of ${record} (in the submission at log index ${String(first)}) are not open`;
  throw new LedgerError('EXPORT_INCOMPLETE', message, { details: { records: hidden } });
}
