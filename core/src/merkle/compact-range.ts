import { LedgerError } from '../errors';
import { fromHex, toHex } from '../bytes';
import { emptyRoot, nodeHash } from './hash';
import { countOnes } from './split';

/** A compact range as it is stored: the size in decimal, and the hashes of the perfect subtrees, largest first, in hex. */
export interface StoredCompactRange {
  readonly size: string;
  readonly nodes: readonly string[];
}

/** Called for each node that is complete for ever: level 0 holds leaf hashes, index counts from the left. */
export type NodeVisitor = (level: number, index: bigint, hash: Uint8Array) => void;

/**
 * The right edge of a growing tree: one hash for each one in the binary form of its size. Appending costs two hashes on
 * average and memory grows with the logarithm of the size; the root needs nothing else.
 */
export class CompactRange {
  #size = 0n;
  readonly #nodes: Uint8Array[] = [];

  get size(): bigint {
    return this.#size;
  }

  /** Appends one leaf hash (32 bytes); `visit` sees it and each node that it completes. */
  append(leaf: Uint8Array, visit?: NodeVisitor): void {
    let node = leaf;
    let index = this.#size;
    let level = 0;
    visit?.(level, index, node);
    for (; (index & 1n) === 1n; index >>= 1n) {
      node = nodeHash(this.#pop(), node);
      level++;
      visit?.(level, index >> 1n, node);
    }
    this.#nodes.push(node);
    this.#size += 1n;
  }

  /** Root of the tree of the leaves so far (RFC 9162 section 2.1.1). */
  root(): Uint8Array {
    const last = this.#nodes.at(-1);
    if (last === undefined) return emptyRoot();
    return this.#nodes.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
  }

  clone(): CompactRange {
    const copy = new CompactRange();
    copy.#size = this.#size;
    copy.#nodes.push(...this.#nodes);
    return copy;
  }

  serialise(): StoredCompactRange {
    return { size: this.#size.toString(), nodes: this.#nodes.map(toHex) };
  }

  /** @throws LedgerError STORE_CORRUPT when size and hashes do not belong together */
  static parse(stored: StoredCompactRange): CompactRange {
    const range = new CompactRange();
    range.#size = BigInt(stored.size);
    range.#nodes.push(...stored.nodes.map(fromHex));
    const fits = range.#nodes.length === countOnes(range.#size) && range.#nodes.every((node) => node.length === 32);
    if (!fits) throw new LedgerError('STORE_CORRUPT', 'The stored right edge of the log does not fit its size.');
    return range;
  }

  #pop(): Uint8Array {
    const node = this.#nodes.pop();
    if (node === undefined) throw new LedgerError('STORE_CORRUPT', 'The right edge of the log has a gap.');
    return node;
  }
}
