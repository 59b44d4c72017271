import { LRUCache } from 'lru-cache';
import { stateTable } from './keys';
import type { Operation } from './store';

/** Bytes of keys and values that are kept: parties, engagements, facilities and heads of a market that is filing. */
const MAX_BYTES = 24 * 1024 * 1024;
/** What an entry costs beside its bytes. */
const ENTRY_BYTES = 200;

/** A value in the store is never empty: it begins with its version. */
const ABSENT = Buffer.alloc(0);

function isState(key: Buffer): boolean {
  return key[0] === stateTable;
}

/** Small buffers share a pool with whatever was made beside them, and one that is kept would keep all of it. */
function ownBytes(value: Buffer): Buffer {
  const own = Buffer.allocUnsafeSlow(value.length);
  value.copy(own);
  return own;
}

/**
 * Public state as it was read last: every submission asks for the same parties and engagements, once when it is endorsed and
 * once when its reads are checked. The same bytes are answered as long as they stand, so that others may remember what
 * they made of them. Never change them.
 */
export class KnownState {
  readonly #values = new LRUCache<string, Buffer>({
    maxSize: MAX_BYTES,
    sizeCalculation: (value, key) => value.length + key.length + ENTRY_BYTES,
  });

  get(key: Buffer, read: () => Buffer | undefined): Buffer | undefined {
    if (!isState(key)) return read();
    const name = key.toString('latin1');
    const known = this.#values.get(name);
    if (known !== undefined) return known === ABSENT ? undefined : known;
    const value = read();
    this.#values.set(name, value ?? ABSENT);
    return value;
  }

  /** Call once the operations are written. */
  apply(operations: readonly Operation[]): void {
    for (const operation of operations) if (isState(operation.key)) this.#replace(operation);
  }

  #replace(operation: Operation): void {
    const name = operation.key.toString('latin1');
    if (!this.#values.has(name)) return;
    this.#values.set(name, operation.type === 'put' ? ownBytes(operation.value) : ABSENT);
  }
}
