import { leafHash, rootOf, signCheckpoint, utf8Encode, type NoteSigner } from '@carbon-ledger/core';
import type { LogSource } from '@carbon-ledger/auditor';
import { withProjection } from './disk';
import type { World } from './world';

const HASH_BYTES = 32;

/** Leaf hashes of the honest log, in order: fewer than one tile holds. */
export async function leavesOf(world: World): Promise<Uint8Array[]> {
  const tile = await withProjection(world.copy(), (disk) => disk.get(Buffer.from('t/0/000000000000')));
  if (tile === undefined) throw new Error('the log has no tile');
  const count = tile.length / HASH_BYTES;
  return Array.from({ length: count }, (_, at) => tile.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
}

export const inventedLeaf = leafHash(utf8Encode('an invented record'));

export function noteOf(leaves: readonly Uint8Array[], signer: NoteSigner): string {
  return signCheckpoint({ origin: signer.key.name, size: BigInt(leaves.length), rootHash: rootOf(leaves) }, signer);
}

/** A service that shows these leaves under this checkpoint, and no records. */
export function logOf(leaves: readonly Uint8Array[], note: string): LogSource {
  return {
    name: 'service',
    isComplete: false,
    checkpoint: () => Promise.resolve(note),
    tile: ({ index, width }) => {
      const from = Number(index) * 256;
      return Promise.resolve(Buffer.concat(leaves.slice(from, from + width)));
    },
    record: () => Promise.resolve(undefined),
    receipt: () => Promise.resolve(undefined),
  };
}
