import { EventEmitter } from 'node:events';
import type { CommittedBlock } from '../commit/committer';

/** Tells readers that the chain has grown, or that the peer is going away. */
export class CommitNotifier {
  readonly #emitter = new EventEmitter().setMaxListeners(0);
  #height: number;
  #isClosed = false;

  constructor(height: number) {
    this.#height = height;
  }

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
    this.#emitter.emit('block');
    for (const name of this.#emitter.eventNames()) if (name !== 'block') this.#emitter.emit(name);
  }

  /** Resolves when the transaction is committed, the signal aborts or the peer closes; the caller looks which. */
  async transaction(txId: string, signal: AbortSignal): Promise<void> {
    await this.#once(`tx:${txId}`, signal);
  }

  /** Resolves when block `number` exists, the signal aborts or the peer closes. */
  async block(number: number, signal: AbortSignal): Promise<void> {
    while (this.#height <= number && !signal.aborted && !this.#isClosed) await this.#once('block', signal);
  }

  async #once(name: string, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.#isClosed) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.#emitter.off(name, done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#emitter.on(name, done);
      signal.addEventListener('abort', done);
    });
  }
}
