import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { LedgerError } from '@carbon-ledger/core';
import { OnceFolder } from '../shared/once-folder';

/** Challenges that were answered and are not too old yet; no more are taken while so many are remembered. */
const MOST_SPENT = 200_000;
const RANDOM_BYTES = 10;
const TIME_BYTES = 6;
const TAG_BYTES = 16;

interface Challenge {
  /** Hex, 32 bytes. */
  readonly nonce: string;
  /** Milliseconds. */
  readonly expiresAt: number;
}

/** What gateways of one organisation have in common. */
export interface SharedChallenges {
  /** 32 bytes. */
  readonly secret: Uint8Array;
  /** Where challenges that were answered are noted. */
  readonly folder: string;
}

function unknown(): LedgerError {
  return new LedgerError('UNAUTHENTICATED', 'The challenge is unknown, used or too old; ask for another.');
}

/** A challenge says itself when it ends. */
function endOf(nonce: string): number {
  return Buffer.from(nonce.slice(0, 2 * TIME_BYTES), 'hex').readUIntBE(0, TIME_BYTES);
}

/**
 * Challenges that are good once and for one party. They are recognised by their own tag instead of being remembered, so
 * that nobody makes the challenge of another forgotten by asking for many. They end with the process.
 */
export class Challenges {
  readonly #lifeMs: number;
  readonly #most: number;
  readonly #secret: Uint8Array;
  readonly #once: OnceFolder | undefined;
  /** When those that were answered end, in the order of answering. */
  readonly #spent = new Map<string, number>();

  /** @param shared with other gateways, which then take each other's challenges, each once among them all */
  constructor(lifeMs: number, most = MOST_SPENT, shared?: SharedChallenges) {
    this.#lifeMs = lifeMs;
    this.#most = most;
    this.#secret = shared?.secret ?? randomBytes(32);
    this.#once = shared && new OnceFolder(shared.folder, endOf);
  }

  make(party: string, now: number): Challenge {
    const expiresAt = now + this.#lifeMs;
    const head = Buffer.alloc(TIME_BYTES);
    head.writeUIntBE(expiresAt, 0, TIME_BYTES);
    const body = Buffer.concat([head, randomBytes(RANDOM_BYTES)]);
    return { nonce: Buffer.concat([body, this.#tag(body, party)]).toString('hex'), expiresAt };
  }

  /** Good once, whatever comes of it. @throws LedgerError UNAUTHENTICATED, RATE_LIMITED */
  spend({ nonce, party }: { readonly nonce: string; readonly party: string }, now: number): void {
    const bytes = Buffer.from(nonce, 'hex');
    const body = bytes.subarray(0, TIME_BYTES + RANDOM_BYTES);
    const isOurs = timingSafeEqual(bytes.subarray(TIME_BYTES + RANDOM_BYTES), this.#tag(body, party));
    const expiresAt = body.readUIntBE(0, TIME_BYTES);
    if (!isOurs || expiresAt <= now || this.#spent.has(nonce)) throw unknown();
    this.#forget(now);
    if (this.#spent.size >= this.#most)
      throw new LedgerError('RATE_LIMITED', 'Too many parties sign in at this moment.', {
        details: { retryAfter: 10 },
      });
    if (this.#once?.take(nonce, now) === false) throw unknown();
    this.#spent.set(nonce, expiresAt);
  }

  /** They are answered in another order than they end: those that ended last stay a little longer. */
  #forget(now: number): void {
    for (const [nonce, expiresAt] of this.#spent) {
      if (expiresAt > now) return;
      this.#spent.delete(nonce);
    }
  }

  #tag(body: Uint8Array, party: string): Buffer {
    return createHmac('sha256', this.#secret).update(body).update(party).digest().subarray(0, TAG_BYTES);
  }
}
