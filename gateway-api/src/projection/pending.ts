import { commitInvalid, outcomeUnknown } from '../ledger';
import type { PreparedSubmission } from '../submissions/prepared';
import type { SubmissionEntry } from '@carbon-ledger/auditor/stored';

export interface Integrated {
  readonly txId: string;
  readonly submissions: readonly SubmissionEntry[];
}

/** What a gateway sent in one transaction. */
export interface Sent {
  /** In the order in which the contract must have written them. */
  readonly submissions: readonly PreparedSubmission[];
  /** The value that the contract must have written, without its opening brace. */
  readonly value: Uint8Array;
}

interface Expected extends Sent {
  readonly resolve: (integrated: Integrated) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Transactions that this gateway sent, until their block arrives. The grouper says what it sent, the projection says
 * what came back; what is not sent after all is forgotten by name, so the table is bounded by what is in flight.
 */
export class PendingTransactions {
  readonly #expected = new Map<string, Expected>();

  /** Call before sending. Rejects with COMMIT_INVALID when a block holds the transaction as invalid. */
  expect(txId: string, sent: Sent): Promise<Integrated> {
    const integrated = new Promise<Integrated>((resolve, reject) => {
      this.#expected.set(txId, { ...sent, resolve, reject });
    });
    // Whoever abandons the transaction no longer listens; that must not end the process.
    integrated.catch(() => undefined);
    return integrated;
  }

  /** Undefined for others' transactions. */
  sent(txId: string): Sent | undefined {
    return this.#expected.get(txId);
  }

  forget(txId: string): void {
    this.#expected.delete(txId);
  }

  integrated(integrated: Integrated): void {
    this.#expected.get(integrated.txId)?.resolve(integrated);
    this.#expected.delete(integrated.txId);
  }

  /** No block is read any more: what was sent is neither confirmed nor denied. */
  stop(cause: unknown): void {
    for (const [txId, { reject }] of this.#expected) reject(outcomeUnknown(txId, cause));
    this.#expected.clear();
  }

  invalid(txId: string, validation: string): void {
    this.#expected.get(txId)?.reject(commitInvalid(txId, validation));
    this.#expected.delete(txId);
  }
}
