import { LedgerError } from '@carbon-ledger/core';
import { keys, parseStored, prefixes, rebuildIt, type Store } from '@carbon-ledger/auditor/stored';

/** Keys that are remembered; the oldest is forgotten first. */
const REMEMBERED = 20_000;

interface StoredKey {
  readonly name: string;
  readonly content: string;
}

/** A key that is held for a request. */
export interface Reservation {
  /** Call once: `isUsed` when something of the request was anchored, or may have been. */
  settle(isUsed: boolean): Promise<void>;
}

/** Which content each key is, or was, used for. */
export interface IdempotencyBook {
  /** Whether it was used for this very content. @throws LedgerError IDEMPOTENCY_CONFLICT where it was for another */
  isKnown(name: string, content: string): boolean;
  /**
   * Holds a key for a content while that is being anchored.
   * @throws LedgerError IDEMPOTENCY_CONFLICT where it was, or is being, used for another content; IDEMPOTENCY_IN_PROGRESS
   */
  reserve(name: string, content: string): Reservation;
}

/**
 * Which content each idempotency key was used for, also after a restart. Not derived from blocks, and nothing rests on it: a
 * submission is anchored once however often it is sent. So it is written without syncing, and lost with the projection.
 */
export class IdempotencyKeys implements IdempotencyBook {
  readonly #store: Store;
  readonly #most: number;
  /** Content and number in the store by name; the oldest first. */
  readonly #known = new Map<string, { readonly content: string; readonly number: number }>();
  /** Contents of requests that are on their way. */
  readonly #reserved = new Map<string, string>();
  #next = 0;

  private constructor(store: Store, most: number) {
    this.#store = store;
    this.#most = most;
  }

  /** @throws LedgerError STORE_CORRUPT naming the entry */
  static async open(store: Store, most = REMEMBERED): Promise<IdempotencyKeys> {
    const own = new IdempotencyKeys(store, most);
    const newestFirst = await store.range({ prefix: prefixes.idempotency, limit: most, reverse: true });
    for (const [key, text] of newestFirst.reverse()) {
      const { name, content } = storedKey(text, key);
      const number = numberOf(key);
      own.#known.set(name, { content, number });
      own.#next = number + 1;
    }
    return own;
  }

  /** Whether it was used for this very content. @throws LedgerError IDEMPOTENCY_CONFLICT where it was for another */
  isKnown(name: string, content: string): boolean {
    const held = this.#known.get(name);
    if (held !== undefined && held.content !== content) throw new LedgerError('IDEMPOTENCY_CONFLICT');
    return held !== undefined;
  }

  /**
   * Holds a key for a content while that is being anchored. Who sent it has proved nothing yet, so nothing is kept of a
   * request that was refused: nobody takes another's keys, or the room for them.
   * @param name the key with the party that uses it
   * @param content hash of what was sent
   * @throws LedgerError IDEMPOTENCY_CONFLICT where it was, or is being, used for another content; IDEMPOTENCY_IN_PROGRESS
   * where it is being used for this one (draft-ietf-httpapi-idempotency-key-header, section 2.6)
   */
  reserve(name: string, content: string): Reservation {
    const under = this.#reserved.get(name);
    const held = this.#known.get(name)?.content ?? under;
    if (held !== undefined && held !== content) throw new LedgerError('IDEMPOTENCY_CONFLICT');
    if (under !== undefined) throw new LedgerError('IDEMPOTENCY_IN_PROGRESS');
    this.#reserved.set(name, content);
    return {
      settle: async (isUsed) => {
        this.#reserved.delete(name);
        if (isUsed && !this.#known.has(name)) await this.#keep(name, content);
      },
    };
  }

  async #keep(name: string, content: string): Promise<void> {
    const number = this.#next++;
    this.#known.set(name, { content, number });
    const value = JSON.stringify({ name, content } satisfies StoredKey);
    try {
      await this.#store.write([{ type: 'put', key: keys.idempotency(number), value }], this.#forgotten());
    } catch (error) {
      this.#known.delete(name);
      throw error;
    }
  }

  #forgotten(): string[] {
    const [oldest] = this.#known;
    if (oldest === undefined || this.#known.size <= this.#most) return [];
    const [name, { number }] = oldest;
    this.#known.delete(name);
    return [keys.idempotency(number)];
  }
}

function storedKey(text: string, key: string): StoredKey {
  const value = parseStored(text, key) as Partial<StoredKey> | null;
  if (typeof value?.name === 'string' && typeof value.content === 'string')
    return { name: value.name, content: value.content };
  throw damaged(key);
}

function numberOf(key: string): number {
  const digits = key.slice(prefixes.idempotency.length);
  if (/^[0-9a-f]{12}$/.test(digits)) return parseInt(digits, 16);
  throw damaged(key);
}

function damaged(key: string): LedgerError {
  return new LedgerError('STORE_CORRUPT', `The entry ${key} of the projection is no idempotency key: ${rebuildIt}`);
}
