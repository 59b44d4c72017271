import {
  consistencyPath,
  leafHash,
  noteSigner,
  originOf,
  rootOf,
  sha256,
  signCheckpoint,
  utf8Encode,
  type NoteSigner,
} from '@carbon-ledger/core';
import type { PublishedCheckpoint } from '../../log/checkpoint-keeper';
import type { ProvableLog } from '../witness-client';

export function seed(name: string): Uint8Array {
  return sha256(utf8Encode(name));
}

export const logSigner: NoteSigner = noteSigner(originOf('ab'.repeat(32)), 'ed25519', seed('log'));
export const witnessSigner = (name: string): NoteSigner => noteSigner(name, 'cosignature-v1', seed(name));

/** A log in memory; `history` changes every leaf, so that two histories share no root. */
export class TestLog implements ProvableLog {
  readonly #leaves: Uint8Array[] = [];
  readonly #history: string;

  constructor(size: number, history = 'main') {
    this.#history = history;
    this.grow(size);
  }

  get size(): number {
    return this.#leaves.length;
  }

  grow(by: number): void {
    for (let i = 0; i < by; i++) {
      this.#leaves.push(leafHash(utf8Encode(`${this.#history} ${String(this.#leaves.length)}`)));
    }
  }

  rootAt(size: number): Promise<Uint8Array> {
    return Promise.resolve(this.root(size));
  }

  root(size: number): Uint8Array {
    return rootOf(this.#leaves.slice(0, size));
  }

  path(from: number, to: number): Uint8Array[] {
    return consistencyPath(this.#leaves.slice(0, to), from);
  }

  consistency(from: number, to: number): Promise<Uint8Array[]> {
    return Promise.resolve(this.path(from, to));
  }

  note(size = this.size, signer = logSigner): string {
    return signCheckpoint({ origin: signer.key.name, size: BigInt(size), rootHash: this.root(size) }, signer);
  }

  published(size = this.size): PublishedCheckpoint {
    return { note: this.note(size), size, publishedAt: '2026-11-21T08:00:00.000Z' };
  }
}
