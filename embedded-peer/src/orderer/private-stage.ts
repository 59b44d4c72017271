import { sha256 } from '../proto/bytes';
import type { PrivateWrites } from '../rwset/types';

const DEFAULT_LIMIT_BYTES = 96 * 1024 * 1024;

interface Staged {
  readonly writes: readonly PrivateWrites[];
  readonly size: number;
}

function sizeOf(writes: readonly PrivateWrites[]): number {
  return writes.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

/**
 * Private values between endorsement and commit (Fabric's transient store), in memory and bounded. Losing them loses
 * nothing that was promised: a transaction whose private values are gone is refused by the orderer, not committed.
 */
export class PrivateStage {
  readonly #staged = new Map<string, Staged>();
  readonly #limit: number;
  #size = 0;

  constructor(limitBytes = DEFAULT_LIMIT_BYTES) {
    this.#limit = limitBytes;
  }

  /** Values are found again by the read-write set whose hashes they match, so two simulations of one id do not mix. */
  put(txId: string, results: Uint8Array, writes: readonly PrivateWrites[]): void {
    const id = stageId(txId, results);
    if (writes.length === 0 || this.#staged.has(id)) return;
    const size = sizeOf(writes);
    this.#staged.set(id, { writes, size });
    this.#size += size;
    this.#evict();
  }

  get(txId: string, results: Uint8Array): readonly PrivateWrites[] | undefined {
    return this.#staged.get(stageId(txId, results))?.writes;
  }

  remove(txId: string, results: Uint8Array): void {
    this.#drop(stageId(txId, results));
  }

  /** Oldest first: a Map keeps the order of insertion. */
  #evict(): void {
    for (const id of this.#staged.keys()) {
      if (this.#size <= this.#limit) return;
      this.#drop(id);
    }
  }

  #drop(id: string): void {
    this.#size -= this.#staged.get(id)?.size ?? 0;
    this.#staged.delete(id);
  }
}

function stageId(txId: string, results: Uint8Array): string {
  return `${txId}:${sha256(results).toString('base64')}`;
}
