import {
  consistencyFromTiles,
  equalBytes,
  fromHex,
  isLedgerError,
  rootFromTiles,
  toHex,
  verifyConsistency,
  type Checkpoint,
  type ReadTile,
} from '@carbon-ledger/core';
import type { Finding } from '../fsck';
import type { SeenCheckpoint } from './seen';

/** A size and root of a log, wherever they come from. */
export interface SizedRoot {
  readonly size: bigint;
  readonly rootHash: Uint8Array;
}

function sizedRoot({ size, root }: Pick<SeenCheckpoint, 'size' | 'root'>): SizedRoot {
  return { size: BigInt(size), rootHash: fromHex(root) };
}

/**
 * Whether the larger of two checkpoints continues the smaller, by tiles of the larger. Undefined: it does.
 * @throws LedgerError UNREACHABLE, NOT_FOUND where the tiles cannot be had: then nothing is known
 */
export async function breakBetween(a: SizedRoot, b: SizedRoot, tile: ReadTile): Promise<string | undefined> {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  if (small.size === large.size)
    return equalBytes(small.rootHash, large.rootHash) ? undefined : 'two roots for one size';
  if (small.size === 0n) return undefined;
  const path = await consistencyFromTiles(tile, small.size, large.size);
  try {
    verifyConsistency({ size1: small.size, root1: small.rootHash, size2: large.size, root2: large.rootHash, path });
    return undefined;
  } catch (error) {
    if (isLedgerError(error)) return `no proof leads from size ${String(small.size)} to ${String(large.size)}`;
    throw error;
  }
}

/** Holds a new checkpoint to the last one that was seen. */
export async function continuityFindings(
  seen: SeenCheckpoint | undefined,
  now: Checkpoint,
  tile: ReadTile,
): Promise<Finding[]> {
  const field = 'checkpoint';
  if (seen === undefined) return [];
  const before = sizedRoot(seen);
  if (now.size < before.size) {
    const message = `it has ${String(now.size)} records; ${seen.size} were signed at ${seen.seenAt}`;
    return [{ code: 'ROLLED_BACK', field, message }];
  }
  const reason = await breakBetween(before, now, tile);
  return reason === undefined
    ? []
    : [{ code: 'SPLIT_VIEW', field, message: `${reason}; the older was seen at ${seen.seenAt}` }];
}

/** The tiles must lead to the signed root, or they are not those of the log. */
export async function tileFindings({ size, rootHash }: Checkpoint, tile: ReadTile): Promise<Finding[]> {
  const root = await rootFromTiles(tile, size);
  if (equalBytes(root, rootHash)) return [];
  return [{ code: 'LOG_MISMATCH', field: 'tiles', message: `they lead to the root ${toHex(root)}` }];
}
