import { LedgerError } from '@carbon-ledger/core';
import { keys, prefixes } from './keys';
import { parseStored, type Store } from './store';

/** Keys that are remembered; the oldest is forgotten first. */
const REMEMBERED = 20_000;

interface StoredKey {
  readonly name: string;
  readonly content: string;
}

/**
 * Which content each idempotency key was used for, also after a restart. Not derived from blocks, and nothing rests on it: a
 * submission is anchored once however often it is sent. So it is written without syncing, and lost with the projection.
 */
export class IdempotencyKeys {
  readonly #store: Store;
  readonly #most: number;
  /** Content and number in the store by name; the oldest first. */
  readonly #known = new Map<string, { readonly content: string; readonly number: number }>();
  #next = 0;

  private constructor(store: Store, most: number) {
    this.#store = store;
    this.#most = most;
  }

  static async open(store: Store, most = REMEMBERED): Promise<IdempotencyKeys> {
    const own = new IdempotencyKeys(store, most);
    const newestFirst = await store.range({ prefix: prefixes.idempotency, limit: most, reverse: true });
    for (const [key, text] of newestFirst.reverse()) {
      const { name, content } = parseStored(text, key) as StoredKey;
      const number = parseInt(key.slice(prefixes.idempotency.length), 16);
      own.#known.set(name, { content, number });
      own.#next = number + 1;
    }
    return own;
  }

  /**
   * Binds a key to its first content.
   * @param name the key with the party that uses it
   * @param content hash of what was sent
   * @throws LedgerError IDEMPOTENCY_CONFLICT where it was used for another content
   */
  async bind(name: string, content: string): Promise<void> {
    const known = this.#known.get(name);
    if (known?.content === content) return;
    if (known !== undefined) throw new LedgerError('IDEMPOTENCY_CONFLICT');
    const number = this.#next++;
    this.#known.set(name, { content, number });
    const value = JSON.stringify({ name, content } satisfies StoredKey);
    await this.#store.write([{ type: 'put', key: keys.idempotency(number), value }], this.#forgotten());
  }

  #forgotten(): string[] {
    const [oldest] = this.#known;
    if (oldest === undefined || this.#known.size <= this.#most) return [];
    const [name, { number }] = oldest;
    this.#known.delete(name);
    return [keys.idempotency(number)];
  }
}
