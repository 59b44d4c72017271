import { LedgerError } from '@carbon-ledger/core';

export interface BufferBounds {
  /** Bytes of bodies that one client may have under way. */
  readonly perClient: number;
  /** Bytes of all bodies that are under way. */
  readonly inAll: number;
}

const BUFFER_BOUNDS: BufferBounds = { perClient: 64 * 1024 * 1024, inAll: 256 * 1024 * 1024 };

/** Memory for bodies that have come in, but are not answered yet: nobody fills it by sending slowly. */
export class BodyBuffers {
  readonly #bounds: BufferBounds;
  readonly #held = new Map<string, number>();
  #all = 0;

  constructor(bounds: BufferBounds = BUFFER_BOUNDS) {
    this.#bounds = bounds;
  }

  /** @throws LedgerError RATE_LIMITED where this client has too much under way, NOT_READY where all together have */
  take(client: string, bytes: number): void {
    const own = (this.#held.get(client) ?? 0) + bytes;
    if (own > this.#bounds.perClient)
      throw new LedgerError('RATE_LIMITED', 'Too many large requests of yours are under way; send one after another.', {
        details: { retryAfter: 1 },
      });
    if (this.#all + bytes > this.#bounds.inAll)
      throw new LedgerError('NOT_READY', 'Too many large requests are under way; try again in a moment.');
    this.#held.set(client, own);
    this.#all += bytes;
  }

  giveBack(client: string, bytes: number): void {
    const left = (this.#held.get(client) ?? 0) - bytes;
    if (left > 0) this.#held.set(client, left);
    else this.#held.delete(client);
    this.#all -= bytes;
  }
}
