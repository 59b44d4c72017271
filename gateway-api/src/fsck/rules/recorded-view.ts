import { serialKey, type HeadBucket, type LedgerView, type PartyState, type SerialSpan } from '@carbon-ledger/core';
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
export class RecordedView implements LedgerView {
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

  async party(uscc: string): Promise<PartyState | undefined> {
    return Promise.resolve(this.json(`party/${uscc}`) as PartyState | undefined);
  }

  async heads(bucket: string): Promise<HeadBucket> {
    return Promise.resolve((this.json(`head/${bucket}`) ?? {}) as HeadBucket);
  }

  async firstSpanEndingAtOrAfter(
    space: 'lot' | 'used',
    project: string,
    block: string,
    from: bigint,
  ): Promise<SerialSpan | undefined> {
    const prefix = `${space}/${project}/${block}/`;
    const first = prefix + serialKey(from);
    const found = [...this.#values.keys()]
      .filter((key) => key.startsWith(prefix) && compareUtf8(key, first) >= 0)
      .sort(compareUtf8)[0];
    return Promise.resolve(found === undefined ? undefined : (this.json(found) as SerialSpan));
  }
}

function parse(value: Uint8Array | undefined): unknown {
  return value === undefined ? undefined : JSON.parse(asBuffer(value).toString('utf8'));
}
