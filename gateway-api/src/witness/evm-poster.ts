import { parseCheckpoint, parseNote, type LedgerError } from '@carbon-ledger/core';
import type { PublishedCheckpoint } from '../log/checkpoint-keeper';
import type { EvmAnchor, EvmClient } from './evm-client';
import { knownProblem } from './outside';

/** A checkpoint that is on the chain. */
export type Posted<Checkpoint> = Checkpoint & { readonly anchor: EvmAnchor };

export interface EvmPosterOptions<Checkpoint extends PublishedCheckpoint> {
  readonly client: Pick<EvmClient, 'post'>;
  /** The newest checkpoint that is final; waits for the first. */
  readonly newest: () => Promise<Checkpoint>;
  /** Time between two postings in milliseconds, a day if not given: each one costs. */
  readonly intervalMs?: number;
  /** The last posting of an earlier process, and how long ago that was. */
  readonly resume?: { readonly last: Posted<Checkpoint>; readonly agoMs: number } | undefined;
  /** Told of every posting. */
  readonly onPosted?: (posted: Posted<Checkpoint>) => void;
  /** Runs something once after a time, and returns how to call it off. */
  readonly schedule: (task: () => void, ms: number) => () => void;
}

const DAY_MS = 86_400_000;

/** Posts the newest final checkpoint to the chain, once a day. An empty log is not posted. */
export class EvmPoster<Checkpoint extends PublishedCheckpoint> {
  readonly #options: EvmPosterOptions<Checkpoint>;
  #last: Posted<Checkpoint> | undefined;
  #problem: LedgerError | undefined;
  #cancel: (() => void) | undefined;
  #stopped = false;

  constructor(options: Readonly<EvmPosterOptions<Checkpoint>>) {
    this.#options = options;
    this.#last = options.resume?.last;
  }

  /** The last checkpoint that was posted. */
  get last(): Posted<Checkpoint> | undefined {
    return this.#last;
  }

  /** Why the last posting failed, if it did. */
  get problem(): LedgerError | undefined {
    return this.#problem;
  }

  /** Posts on the cadence: at once, unless an earlier process posted within the interval. Resolves after that. */
  async start(): Promise<void> {
    const { resume, intervalMs = DAY_MS } = this.#options;
    const wait = resume === undefined ? 0 : intervalMs - resume.agoMs;
    if (wait <= 0) await this.#run();
    else this.#later(wait);
  }

  async #run(): Promise<void> {
    await this.round();
    this.#later(this.#options.intervalMs ?? DAY_MS);
  }

  #later(ms: number): void {
    if (!this.#stopped) this.#cancel = this.#options.schedule(() => void this.#run(), ms);
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
      this.#problem = knownProblem(cause, 'Posting failed.');
    }
  }

  async #post(checkpoint: Checkpoint): Promise<void> {
    const anchor = await this.#options.client.post(parseCheckpoint(parseNote(checkpoint.note).text));
    this.#last = { ...checkpoint, anchor };
    this.#options.onPosted?.(this.#last);
  }
}
