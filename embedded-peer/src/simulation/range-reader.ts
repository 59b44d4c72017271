import type { StateEntry } from '../ledger/state';
import type { KeyRead, RangeQuery } from '../rwset/types';

/** Results Fabric's peer hands to a chaincode at once, and therefore reads ahead of it. */
const BATCH = 100;
/** Most results of one query (`totalQueryLimit` of Fabric's default core.yaml). */
const TOTAL_LIMIT = 100_000;

export interface RangeBatch {
  readonly entries: readonly StateEntry[];
  readonly hasMore: boolean;
}

/** One open range read: hands out batches and notes every key that was seen. */
export class RangeReader {
  readonly #startKey: string;
  readonly #endKey: string;
  readonly #source: AsyncIterator<StateEntry>;
  readonly #limit: number;
  readonly #reads: KeyRead[] = [];
  #lookahead: StateEntry | undefined;
  #exhausted = false;
  #bookmark = '';

  constructor(startKey: string, endKey: string, source: AsyncIterator<StateEntry>, limit = TOTAL_LIMIT) {
    this.#startKey = startKey;
    this.#endKey = endKey;
    this.#source = source;
    this.#limit = Math.min(limit, TOTAL_LIMIT);
  }

  /** Keys that were read so far, one ahead of what was handed out. */
  get fetched(): number {
    return this.#reads.length;
  }

  /** Up to a hundred results, and whether more follow (which is found out by reading one ahead, as Fabric does). */
  async next(): Promise<RangeBatch> {
    const entries: StateEntry[] = [];
    let entry = this.#lookahead ?? (await this.#read());
    this.#lookahead = undefined;
    while (entry && entries.length < BATCH) {
      entries.push(entry);
      entry = await this.#read();
    }
    this.#lookahead = entry;
    return { entries, hasMore: entry !== undefined };
  }

  /** Where the next page starts: the first key beyond a limit that was reached. Empty when there is none. */
  get bookmark(): string {
    return this.#bookmark;
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }

  /** What the read-write set says about this read. */
  query(): RangeQuery {
    const last = this.#reads.at(-1);
    const exhausted = this.#exhausted || last === undefined;
    return {
      startKey: this.#startKey,
      endKey: exhausted ? this.#endKey : last.key,
      exhausted,
      reads: this.#reads,
    };
  }

  async #read(): Promise<StateEntry | undefined> {
    if (this.#exhausted || this.#bookmark !== '') return undefined;
    const next = await this.#source.next();
    if (next.done) {
      this.#exhausted = true;
      return undefined;
    }
    if (this.#reads.length >= this.#limit) {
      this.#bookmark = next.value.key;
      return undefined;
    }
    this.#reads.push({ key: next.value.key, version: next.value.version });
    return next.value;
  }
}
