import type { DigestedSubmission } from '@carbon-ledger/core';
import type { FiguresById, SubmissionEntry } from './entries';

/** What this gateway knows of a transaction that it sent itself, until its block arrives. */
export interface PendingTransaction {
  readonly submissions: ReadonlyMap<string, DigestedSubmission>;
  readonly figures: FiguresById;
}

export interface Integrated {
  readonly txId: string;
  readonly submissions: readonly SubmissionEntry[];
}

/**
 * Transactions that are on their way. The grouper says what it sent, the projection says what came back in a block;
 * whatever is not sent after all is forgotten by name, so the table is bounded by what is in flight.
 */
export class PendingTransactions {
  readonly #sent = new Map<string, PendingTransaction>();
  readonly #waiting = new Map<string, (integrated: Integrated) => void>();

  /** Call before sending; the promise resolves once the block is in the projection, and never for an invalid one. */
  expect(txId: string, pending: PendingTransaction): Promise<Integrated> {
    this.#sent.set(txId, pending);
    return new Promise((resolve) => this.#waiting.set(txId, resolve));
  }

  sent(txId: string): PendingTransaction | undefined {
    return this.#sent.get(txId);
  }

  forget(txId: string): void {
    this.#sent.delete(txId);
    this.#waiting.delete(txId);
  }

  integrated(integrated: Integrated): void {
    this.#waiting.get(integrated.txId)?.(integrated);
    this.forget(integrated.txId);
  }
}
