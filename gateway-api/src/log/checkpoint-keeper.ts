import { formatVkey, isLedgerError, LedgerError, signCheckpoint, toHex, type NoteSigner } from '@carbon-ledger/core';
import type { LogTree } from '@carbon-ledger/auditor/stored';
import { assertNotRolledBack, type RollbackGuard } from './rollback-guard';

export interface PublishedCheckpoint {
  /** C2SP signed note. */
  readonly note: string;
  readonly size: number;
  readonly publishedAt: string;
}

export interface CheckpointKeeperOptions {
  readonly signer: NoteSigner;
  readonly log: LogTree;
  readonly guard: RollbackGuard;
  /** Shortest time between two checkpoints in milliseconds; a lone submission is signed at once. */
  readonly intervalMs: number;
  /** Asked before the first signature: throws ROLLED_BACK when somebody outside holds more than the log has. */
  readonly assertNotBehind?: (() => Promise<void>) | undefined;
  readonly clock: () => Date;
  /** Runs something once after a time, and returns how to call it off. */
  readonly schedule: (task: () => void, ms: number) => () => void;
}

interface Waiter {
  readonly size: number;
  readonly resolve: (checkpoint: PublishedCheckpoint) => void;
  readonly reject: (error: LedgerError) => void;
}

/**
 * Signs the log on a cadence, never per record: after a block the next free moment signs everything so far. What was
 * signed is written and synced in the guard before it is given out.
 */
export class CheckpointKeeper {
  readonly #options: CheckpointKeeperOptions;
  #current: PublishedCheckpoint | undefined;
  #refusal: LedgerError | undefined;
  #waiters: Waiter[] = [];
  #busy = false;
  #signing: Promise<void> = Promise.resolve();
  #lastAt = 0;
  #cancel: (() => void) | undefined;

  constructor(options: Readonly<CheckpointKeeperOptions>) {
    this.#options = options;
  }

  /** Why nothing is signed, if so. */
  get refusal(): LedgerError | undefined {
    return this.#refusal;
  }

  get current(): PublishedCheckpoint | undefined {
    return this.#current;
  }

  /** Call once the log has caught up with the ledger. A log that was rolled back is never signed. */
  async start(): Promise<void> {
    try {
      await assertNotRolledBack(this.#options.guard, this.#options.log);
      await this.#options.assertNotBehind?.();
    } catch (error) {
      this.#refuse(error);
      return;
    }
    this.grown();
  }

  /** Call when the log has grown. */
  grown(): void {
    if (this.#busy || this.#refusal !== undefined || this.#cancel !== undefined) return;
    if (this.#current?.size === this.#options.log.size) return;
    const wait = this.#lastAt + this.#options.intervalMs - this.#options.clock().getTime();
    if (wait <= 0) this.#begin();
    else {
      this.#cancel = this.#options.schedule(() => {
        this.#begin();
      }, wait);
    }
  }

  /** Resolves with the first checkpoint that covers this size. @throws LedgerError ROLLED_BACK, NOT_READY */
  covering(size: number): Promise<PublishedCheckpoint> {
    if (this.#current !== undefined && this.#current.size >= size) return Promise.resolve(this.#current);
    if (this.#refusal !== undefined) return Promise.reject(this.#refusal);
    return new Promise((resolve, reject) => this.#waiters.push({ size, resolve, reject }));
  }

  /**
   * The checkpoint of a size that the log has had, signed again: the same text, so the same signature. Waits until that
   * size or a larger one was signed, so that nothing is signed here that the guard does not know.
   * @throws LedgerError ROLLED_BACK, NOT_READY
   */
  async at(size: number): Promise<PublishedCheckpoint> {
    const covering = await this.covering(size);
    if (covering.size === size) return covering;
    const { log, signer, clock } = this.#options;
    const checkpoint = {
      origin: signer.key.name,
      size: BigInt(size),
      rootHash: Uint8Array.from(await log.rootAt(size)),
    };
    return { note: signCheckpoint(checkpoint, signer), size, publishedAt: clock().toISOString() };
  }

  /** Nothing is signed any more once this resolves. */
  async stop(): Promise<void> {
    this.#cancel?.();
    this.#refuse(new LedgerError('NOT_READY', 'The service is stopping.'));
    await this.#signing;
    this.#options.guard.close();
  }

  #begin(): void {
    this.#signing = this.#sign();
  }

  async #sign(): Promise<void> {
    this.#cancel = undefined;
    this.#busy = true;
    try {
      this.#publish(await this.#signed());
    } catch (error) {
      this.#refuse(error);
    } finally {
      this.#busy = false;
    }
    this.grown();
  }

  async #signed(): Promise<PublishedCheckpoint> {
    const { log, signer, guard, clock } = this.#options;
    const size = log.size;
    const rootHash = log.root();
    const origin = signer.key.name;
    await guard.advance({ origin, size, root: toHex(rootHash), key: formatVkey(signer.key) });
    const now = clock();
    this.#lastAt = now.getTime();
    const note = signCheckpoint({ origin, size: BigInt(size), rootHash }, signer);
    return { note, size, publishedAt: now.toISOString() };
  }

  #publish(checkpoint: PublishedCheckpoint): void {
    this.#current = checkpoint;
    const covered = this.#waiters.filter((waiter) => waiter.size <= checkpoint.size);
    this.#waiters = this.#waiters.filter((waiter) => waiter.size > checkpoint.size);
    for (const waiter of covered) waiter.resolve(checkpoint);
  }

  #refuse(error: unknown): void {
    this.#refusal ??= isLedgerError(error) ? error : new LedgerError('INTERNAL', 'Signing failed.', { cause: error });
    for (const waiter of this.#waiters) waiter.reject(this.#refusal);
    this.#waiters = [];
  }
}
