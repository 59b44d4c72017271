import { LedgerError } from '../errors';
import { emptyRoot, HASH_BYTES, nodeHash } from '../merkle/hash';
import { siblingRanges, splitRange, type LeafRange } from '../merkle/ranges';
import { rootOf } from '../merkle/tree';
import { TILE_HEIGHT, TILE_WIDTH, tileWidth, type TileId } from './tiles';

/**
 * Fetches one tile: `width` hashes of 32 bytes, or more when only a fuller tile is left. What it returns need not be
 * trusted: a proof that is made of wrong tiles does not lead to the signed root.
 */
export type ReadTile = (tile: Readonly<TileId & { level: number }>) => Promise<Uint8Array>;

/**
 * Inclusion path of a leaf in the log of this size, made of tiles alone; lowest sibling first.
 * @throws LedgerError NOT_FOUND, PROOF_MALFORMED (a tile of another length)
 */
export async function inclusionFromTiles(readTile: ReadTile, index: bigint, size: bigint): Promise<Uint8Array[]> {
  if (index < 0n || index >= size) throw outside(index, size);
  return hashRanges(readTile, siblingRanges(index, { start: 0n, end: size }), size);
}

/**
 * Consistency path between two sizes of the log, made of tiles of the larger one.
 * @throws LedgerError NOT_FOUND unless 0 < size1 ≤ size2, PROOF_MALFORMED (a tile of another length)
 */
export async function consistencyFromTiles(readTile: ReadTile, size1: bigint, size2: bigint): Promise<Uint8Array[]> {
  if (size1 <= 0n || size1 > size2) throw outside(size1, size2);
  return hashRanges(readTile, consistencyRanges(size1, { start: 0n, end: size2 }, true), size2);
}

/** Root of the log of this size, made of its right-most tiles. */
export async function rootFromTiles(readTile: ReadTile, size: bigint): Promise<Uint8Array> {
  if (size === 0n) return emptyRoot();
  const [root] = await hashRanges(readTile, [{ start: 0n, end: size }], size);
  return root ?? emptyRoot();
}

/** RFC 9162 section 2.1.4.1 with ranges in place of lists. */
function consistencyRanges(size1: bigint, tree: LeafRange, known: boolean): LeafRange[] {
  if (size1 === tree.end) return known ? [] : [tree];
  const [left, right] = splitRange(tree);
  return size1 <= right.start
    ? [...consistencyRanges(size1, left, known), right]
    : [...consistencyRanges(size1, right, false), left];
}

/** Reads all tiles that these ranges need at once, then hashes. */
async function hashRanges(readTile: ReadTile, ranges: readonly LeafRange[], size: bigint): Promise<Uint8Array[]> {
  const needed = new Map<string, TileId & { level: number }>();
  for (const range of ranges.flatMap(completeParts)) {
    const { level, index } = placeOf(range);
    needed.set(tileKey(level, index), { level, index, width: tileWidth(level, index, size) });
  }
  const read = [...needed].map(async ([key, tile]) => [key, checked(await readTile(tile), tile)] as const);
  const tiles = new Map(await Promise.all(read));
  return ranges.map((range) => hashRange(tiles, range));
}

/** A range as subtrees of 2^k leaves, from the left; each of them lies within one tile. */
function completeParts(range: LeafRange): LeafRange[] {
  return isComplete(range) ? [range] : splitRange(range).flatMap(completeParts);
}

function isComplete({ start, end }: LeafRange): boolean {
  const leaves = end - start;
  return (leaves & (leaves - 1n)) === 0n;
}

function hashRange(tiles: ReadonlyMap<string, Uint8Array>, range: LeafRange): Uint8Array {
  if (isComplete(range)) return hashComplete(tiles, range);
  const [left, right] = splitRange(range);
  return nodeHash(hashRange(tiles, left), hashRange(tiles, right));
}

function hashComplete(tiles: ReadonlyMap<string, Uint8Array>, range: LeafRange): Uint8Array {
  const { level, index, offset, count } = placeOf(range);
  const tile = tiles.get(tileKey(level, index)) ?? new Uint8Array(0);
  const hashes = Array.from({ length: count }, (_, at) =>
    tile.subarray((offset + at) * HASH_BYTES, (offset + at + 1) * HASH_BYTES),
  );
  return rootOf(hashes);
}

/** Where a complete subtree stands: the tile, and which of its hashes. */
function placeOf({ start, end }: LeafRange): { level: number; index: bigint; offset: number; count: number } {
  const height = (end - start).toString(2).length - 1;
  const level = Math.floor(height / TILE_HEIGHT);
  const first = start >> BigInt(TILE_HEIGHT * level);
  const index = first / BigInt(TILE_WIDTH);
  return { level, index, offset: Number(first % BigInt(TILE_WIDTH)), count: 1 << (height % TILE_HEIGHT) };
}

function checked(bytes: Uint8Array, { width }: TileId): Uint8Array {
  if (bytes.length % HASH_BYTES === 0 && bytes.length >= width * HASH_BYTES) return bytes;
  throw new LedgerError('PROOF_MALFORMED', `A tile of ${String(width)} hashes has ${String(bytes.length)} bytes.`);
}

function tileKey(level: number, index: bigint): string {
  return `${level.toString()}/${index.toString()}`;
}

function outside(index: bigint, size: bigint): LedgerError {
  return new LedgerError('NOT_FOUND', `No proof for ${String(index)} in a log of ${String(size)}.`);
}
