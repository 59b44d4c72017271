import { isLedgerError, LedgerError, parseCheckpoint, parseNote } from '@carbon-ledger/core';
import type { PublishedCheckpoint } from '../log/checkpoint-keeper';
import type { EvmAnchor, EvmClient } from './evm-client';

export interface AnchoredCheckpoint extends PublishedCheckpoint {
  readonly anchor: EvmAnchor;
}

export interface EvmPosterOptions {
  readonly client: Pick<EvmClient, 'post'>;
  /** The newest checkpoint that is final; waits for the first. */
  readonly newest: () => Promise<PublishedCheckpoint>;
  /** Time between two postings in milliseconds, a day if not given: each one costs. */
  readonly intervalMs?: number;
  /** Runs something once after a time, and returns how to call it off. */
  readonly schedule: (task: () => void, ms: number) => () => void;
}

const DAY_MS = 86_400_000;

/** Posts the newest final checkpoint to the chain, once a day. An empty log is not posted. */
export class EvmPoster {
  readonly #options: EvmPosterOptions;
  #last: AnchoredCheckpoint | undefined;
  #problem: LedgerError | undefined;
  #cancel: (() => void) | undefined;
  #stopped = false;

  constructor(options: Readonly<EvmPosterOptions>) {
    this.#options = options;
  }

  /** The last checkpoint that is on the chain, as far as this process posted it. */
  get last(): AnchoredCheckpoint | undefined {
    return this.#last;
  }

  /** Why the last posting failed, if it did. */
  get problem(): LedgerError | undefined {
    return this.#problem;
  }

  /** Posts at once and then on the cadence; resolves after the first posting. */
  async start(): Promise<void> {
    await this.round();
    if (this.#stopped) return;
    this.#cancel = this.#options.schedule(() => void this.start(), this.#options.intervalMs ?? DAY_MS);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  /** One posting. Never throws: what went wrong is in {@link problem}. */
  async round(): Promise<void> {
    try {
      const newest = await this.#options.newest();
      if (newest.size > 0 && newest.size !== this.#last?.size) await this.#post(newest);
      this.#problem = undefined;
    } catch (cause) {
      this.#problem = isLedgerError(cause) ? cause : new LedgerError('INTERNAL', 'Posting failed.', { cause });
    }
  }

  async #post(checkpoint: PublishedCheckpoint): Promise<void> {
    const anchor = await this.#options.client.post(parseCheckpoint(parseNote(checkpoint.note).text));
    this.#last = { ...checkpoint, anchor };
  }
}
