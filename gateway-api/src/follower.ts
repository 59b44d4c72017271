import type { Logger } from 'pino';
import { isLedgerError, LedgerError } from '@carbon-ledger/core';
import type { Cosigning } from './cosigning';
import type { LedgerPort } from './ledger';
import type { CheckpointKeeper } from './log/checkpoint-keeper';
import type { Projection } from './projection/projection';
import { reached } from './projection/reached';

export interface FollowerParts {
  readonly projection: Projection;
  readonly ledger: LedgerPort;
  readonly checkpoints: CheckpointKeeper;
  /** Organisations that cosign, this one among them where it does. */
  readonly cosigning: Cosigning;
  readonly logger: Logger;
  /** Runs something once after a time, and returns how to call it off. */
  readonly schedule: (task: () => void, ms: number) => () => void;
  /** How long a peer that is behind what was read before is waited for at the start. */
  readonly peerWaitMs: number;
}

/** Keeps the projection at the tip of the peer's chain, and starts signing once it has got there. */
export class Follower {
  readonly #parts: FollowerParts;
  readonly #abort = new AbortController();
  #following: Promise<void> | undefined;
  #problem: LedgerError | undefined = new LedgerError('NOT_READY', 'Reading blocks.');

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  /** Why the projection is not at the tip, if so. */
  get problem(): LedgerError | undefined {
    return this.#problem;
  }

  /**
   * Resolves once caught up with the height that the peer had at the start and the log is signed (or refused).
   * @throws LedgerError ROLLED_BACK when the peer does not hold the blocks that were read from it before, nor comes to hold
   *   them in the time that it is given
   */
  async start(): Promise<void> {
    const { projection, ledger, checkpoints, cosigning, peerWaitMs: waitMs } = this.#parts;
    const { signal } = this.#abort;
    const onBehind = (problem: LedgerError): void => {
      this.#await(problem);
    };
    await this.#orFail(projection.assertContinues({ waitMs, signal, onBehind }));
    if (signal.aborted) return;
    const tip = await ledger.height();
    const isThere = reached(projection, tip, signal);
    const followed = this.#orFail(projection.follow(signal));
    this.#following = followed.catch(() => undefined);
    await Promise.race([isThere, followed]);
    if (this.#abort.signal.aborted) return;
    this.#problem = undefined;
    projection.onBlock((records, cosigned) => {
      if (records.length > 0) checkpoints.grown();
      cosigning.onBlock(records.length, cosigned.length);
    });
    projection.awaited.start(this.#parts);
    await checkpoints.start();
    await cosigning.start();
  }

  /** Says from now on that nobody new should be sent here; goes on following. */
  drain(): void {
    this.#problem = new LedgerError('NOT_READY', 'The service is about to stop.');
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    this.#problem = new LedgerError('NOT_READY', 'The service is stopping.');
    await this.#following;
  }

  /** Remembers why, for those who ask for the service's health. */
  async #orFail(step: Promise<void>): Promise<void> {
    try {
      await step;
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }

  #await(problem: LedgerError): void {
    this.#problem = problem;
    this.#parts.logger.warn(problem.message);
  }

  #fail(error: unknown): void {
    this.#problem = isLedgerError(error) ? error : new LedgerError('INTERNAL', undefined, { cause: error });
    this.#parts.logger.fatal({ err: error }, 'the projection has stopped');
  }
}
