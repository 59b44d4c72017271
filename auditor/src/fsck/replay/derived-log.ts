import { toHex } from '@carbon-ledger/core';
import { LogTree, Store } from '../../stored';

/** Leaves that wait before they are written together. */
const MOST_WAITING = 4096;

/** The log as the blocks give it, in the same tiles as the service keeps it, so that the two can be held together. */
export class DerivedLog {
  readonly tree: LogTree;
  readonly #store: Store;
  #waiting: Uint8Array[] = [];

  private constructor(store: Store, tree: LogTree) {
    this.#store = store;
    this.tree = tree;
  }

  static async open(location: string): Promise<DerivedLog> {
    const store = await Store.open(location);
    return new DerivedLog(store, await LogTree.open(store));
  }

  /** Leaves so far, written or not. */
  get size(): number {
    return this.tree.size + this.#waiting.length;
  }

  async append(leaves: readonly Uint8Array[]): Promise<void> {
    this.#waiting.push(...leaves);
    if (this.#waiting.length >= MOST_WAITING) await this.settle();
  }

  async settle(): Promise<void> {
    const leaves = this.#waiting;
    this.#waiting = [];
    if (leaves.length > 0) await this.#store.write(this.tree.append(leaves));
  }

  /** Hex root of the first `size` leaves. */
  async rootAt(size: number): Promise<string> {
    await this.settle();
    return toHex(Uint8Array.from(await this.tree.rootAt(size)));
  }

  async close(): Promise<void> {
    await this.settle();
    await this.#store.close();
  }
}
