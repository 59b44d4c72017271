import type { LedgerError } from '@carbon-ledger/core';
import type { PublishedCheckpoint } from '../log/checkpoint-keeper';
import type { CheckpointStamper } from './checkpoint-stamper';
import type { EvmClient } from './evm-client';
import { EvmPoster } from './evm-poster';
import { knownProblem } from './outside';
import type { KeptProofs, ProofFile, ProvedCheckpoint } from './proof-file';
import { WITNESS_INTERVAL_MS, type WitnessFeeder } from './witness-feeder';

export interface OutsideProofsOptions {
  readonly feeder?: WitnessFeeder | undefined;
  readonly stamper?: CheckpointStamper | undefined;
  readonly chain?: { readonly client: EvmClient; readonly intervalMs?: number | undefined } | undefined;
  /** The newest signed checkpoint; waits for the first. */
  readonly newest: () => Promise<PublishedCheckpoint>;
  readonly file: ProofFile;
  /** Time between two rounds with witnesses and time-stamping authority in milliseconds, 5 minutes if not given. */
  readonly intervalMs?: number | undefined;
  readonly clock: () => Date;
  readonly schedule: (task: () => void, ms: number) => () => void;
}

/**
 * Takes checkpoints to witnesses, then to the time-stamping authority, then (more rarely) to the chain, and keeps the
 * last that each of them finished. A receipt that is asked for later gets the best that covers its record.
 */
export class OutsideProofs {
  readonly #options: OutsideProofsOptions;
  readonly #poster: EvmPoster<ProvedCheckpoint> | undefined;
  #kept: KeptProofs;
  #waiting: ((checkpoint: ProvedCheckpoint) => void)[] = [];
  #problem: LedgerError | undefined;
  #cancel: (() => void) | undefined;
  #stopped = false;

  constructor(options: Readonly<OutsideProofsOptions>) {
    this.#options = options;
    this.#kept = options.file.read();
    this.#poster = this.#makePoster();
  }

  /** The checkpoint with the most proofs that covers a leaf; undefined when none does yet. */
  bestFor(logIndex: number): ProvedCheckpoint | undefined {
    return [this.#kept.posted?.checkpoint, this.#kept.final].find((one) => one !== undefined && one.size > logIndex);
  }

  /** The last checkpoint that witnesses and time-stamping authority finished. */
  get final(): ProvedCheckpoint | undefined {
    return this.#kept.final;
  }

  /** What went wrong in the last round, by who it was with. */
  get problems(): ReadonlyMap<string, LedgerError> {
    const { feeder, stamper } = this.#options;
    const all = new Map(feeder?.problems);
    if (stamper?.problem !== undefined) all.set('timestamp', stamper.problem);
    if (this.#poster?.problem !== undefined) all.set('chain', this.#poster.problem);
    if (this.#problem !== undefined) all.set('log', this.#problem);
    return all;
  }

  /** Begins at once and goes on with both cadences; resolves after the first round and the first posting. */
  async start(): Promise<void> {
    await Promise.all([this.#run(), this.#poster?.start()]);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    this.#options.feeder?.stop();
    this.#poster?.stop();
    await this.#options.chain?.client.close();
  }

  /** One round with witnesses and time-stamping authority. Never throws: what went wrong is in {@link problems}. */
  async round(): Promise<void> {
    this.#problem = undefined;
    try {
      const checkpoint = await this.#finished();
      if (checkpoint === undefined || this.#stopped) return;
      this.#keep({ ...this.#kept, final: checkpoint });
      for (const tell of this.#waiting.splice(0)) tell(checkpoint);
    } catch (cause) {
      // The stamper remembers its own.
      if (cause !== this.#options.stamper?.problem) this.#problem = knownProblem(cause, 'A round failed.');
    }
  }

  async #run(): Promise<void> {
    await this.round();
    if (this.#stopped) return;
    const { schedule, intervalMs = WITNESS_INTERVAL_MS } = this.#options;
    this.#cancel = schedule(() => void this.#run(), intervalMs);
  }

  async #finished(): Promise<ProvedCheckpoint | undefined> {
    const checkpoint = await this.#cosigned();
    if (checkpoint === undefined) return undefined;
    const stamped = await this.#options.stamper?.stamp(checkpoint.note);
    const { note, size, publishedAt } = checkpoint;
    return { note, size, publishedAt, ...(stamped === undefined ? {} : { timestamp: stamped.token }) };
  }

  async #cosigned(): Promise<PublishedCheckpoint | undefined> {
    const { feeder, newest } = this.#options;
    if (feeder === undefined) return newest();
    await feeder.round();
    return feeder.final;
  }

  #makePoster(): EvmPoster<ProvedCheckpoint> | undefined {
    const { chain, schedule, clock } = this.#options;
    if (chain === undefined) return undefined;
    const { posted } = this.#kept;
    return new EvmPoster({
      client: chain.client,
      newest: () => this.#nextFinal(),
      ...(chain.intervalMs === undefined ? {} : { intervalMs: chain.intervalMs }),
      resume: posted && { last: posted.checkpoint, agoMs: clock().getTime() - Date.parse(posted.at) },
      onPosted: (checkpoint) => {
        this.#keep({ ...this.#kept, posted: { checkpoint, at: clock().toISOString() } });
      },
      schedule,
    });
  }

  /** Only what is final goes onto the chain. */
  #nextFinal(): Promise<ProvedCheckpoint> {
    if (this.#kept.final !== undefined) return Promise.resolve(this.#kept.final);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #keep(kept: KeptProofs): void {
    this.#kept = kept;
    this.#options.file.write(kept);
  }
}
