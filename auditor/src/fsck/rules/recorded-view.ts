import type { Found, StateStore } from '@carbon-ledger/core';
import { asBuffer, compareUtf8 } from '../blocks/bytes';

/** A key that a transaction read, with the value that it had then; undefined where there was none. */
export type RecordedRead = readonly [key: string, value: Uint8Array | undefined];

/** The rules asked for a key that the transaction never read: then it was not judged by these rules. */
export class UnrecordedRead extends Error {
  override readonly name = 'UnrecordedRead';
  readonly key: string;

  constructor(key: string) {
    super(`the transaction never read ${key}, on which the rules decide`);
    this.key = key;
  }
}

/**
 * The world state as one transaction saw it: exactly the keys that it says to have read, with the values that the blocks
 * before it give. The rules are asked again over it, and must come to what the transaction wrote.
 */
export class RecordedView implements StateStore {
  readonly #values: ReadonlyMap<string, Uint8Array | undefined>;
  readonly #parsed = new Map<string, unknown>();

  constructor(reads: readonly RecordedRead[]) {
    this.#values = new Map(reads);
  }

  /** Parsed JSON of a key. @throws UnrecordedRead */
  json(key: string): unknown {
    if (!this.#values.has(key)) throw new UnrecordedRead(key);
    if (!this.#parsed.has(key)) this.#parsed.set(key, parse(this.#values.get(key)));
    return this.#parsed.get(key);
  }

  value(key: string): Promise<unknown> {
    return Promise.resolve(this.json(key));
  }

  /** Among the keys that the transaction read: what a range met. */
  first(from: string, to: string): Promise<Found<unknown> | undefined> {
    const key = [...this.#values.keys()]
      .filter((one) => compareUtf8(one, from) >= 0 && compareUtf8(one, to) < 0)
      .sort(compareUtf8)[0];
    return Promise.resolve(key === undefined ? undefined : { key, value: this.json(key) });
  }
}

function parse(value: Uint8Array | undefined): unknown {
  return value === undefined ? undefined : JSON.parse(asBuffer(value).toString('utf8'));
}
