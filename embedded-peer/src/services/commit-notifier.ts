import { EventEmitter } from 'node:events';
import type { CommittedBlock } from '../commit/committer';
import type { Cancellable } from './calls';

/** Tells readers that the chain has grown, or that the peer is going away. */
export class CommitNotifier {
  readonly #emitter = new EventEmitter().setMaxListeners(0);
  #height: number;
  #isClosed = false;

  constructor(height: number) {
    this.#height = height;
  }

  /** Number of blocks that are on the disk. */
  get height(): number {
    return this.#height;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  publish(block: CommittedBlock): void {
    this.#height = block.number + 1;
    for (const { txId } of block.outcomes) this.#emitter.emit(`tx:${txId}`);
    this.#emitter.emit('block');
  }

  close(): void {
    this.#isClosed = true;
    for (const name of this.#emitter.eventNames()) this.#emitter.emit(name);
  }

  /** Resolves when the transaction is committed, the call is cancelled or the peer closes; the caller looks which. */
  async transaction(txId: string, call?: Cancellable): Promise<void> {
    await this.#once(`tx:${txId}`, call);
  }

  /** Resolves when block `number` exists, the call is cancelled or the peer closes. */
  async block(number: number, call: Cancellable): Promise<void> {
    while (this.#height <= number && !call.cancelled && !this.#isClosed) await this.#once('block', call);
  }

  async #once(name: string, call?: Cancellable): Promise<void> {
    if (call?.cancelled === true || this.#isClosed) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.#emitter.off(name, done);
        call?.off('cancelled', done);
        resolve();
      };
      this.#emitter.on(name, done);
      call?.on('cancelled', done);
    });
  }
}
