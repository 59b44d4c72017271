import { LedgerError } from '../errors';

/** Hashes of a full tile and entries of a full bundle (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;
/** Tree levels that one tile spans. */
export const TILE_HEIGHT = 8;
/** Longest entry of a bundle: its length is written in 16 bits. A record in canonical form must fit. */
export const MAX_ENTRY_BYTES = 65_535;

const HIGHEST_LEVEL = 63;

/** A tile, or with level `entries` a bundle of entries. Width 256 is full, 1 to 255 partial. */
export interface TileId {
  readonly level: number | 'entries';
  readonly index: bigint;
  readonly width: number;
}

/** Path below the log's prefix, for example `tile/0/x001/x234/067` or `tile/entries/000.p/7`. */
export function tilePath({ level, index, width }: Readonly<TileId>): string {
  const digits = index.toString();
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const parts = padded.match(/.{3}/g) ?? [];
  const name = parts.map((part, at) => (at < parts.length - 1 ? `x${part}` : part)).join('/');
  return `tile/${level.toString()}/${name}${width === TILE_WIDTH ? '' : `.p/${width.toString()}`}`;
}

const PATH = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/){0,6}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/** Reads a tile path, in its one spelling only; undefined for every other text. */
export function parseTilePath(path: string): TileId | undefined {
  const [, levelText = '', name = '', widthText] = PATH.exec(path) ?? [];
  const level = levelText === 'entries' ? levelText : Number(levelText);
  const tile: TileId = { level, index: BigInt(name.replaceAll(/[x/]/g, '')), width: Number(widthText ?? TILE_WIDTH) };
  const known = level === 'entries' || level <= HIGHEST_LEVEL;
  // What is written again must be the same text: no superfluous zeros, no `.p/256`.
  return known && tile.width <= TILE_WIDTH && tilePath(tile) === path ? tile : undefined;
}

/** How many hashes this tile has in a log of this size: 256 when full, 0 when there is none. */
export function tileWidth(level: number | 'entries', index: bigint, size: bigint): number {
  const hashes = size >> BigInt(TILE_HEIGHT * (level === 'entries' ? 0 : level));
  const rest = hashes - index * BigInt(TILE_WIDTH);
  return rest <= 0n ? 0 : rest >= BigInt(TILE_WIDTH) ? TILE_WIDTH : Number(rest);
}

/**
 * A bundle of entries: each with its length in 16 bits before it.
 * @throws LedgerError TOO_LARGE when an entry is longer than {@link MAX_ENTRY_BYTES}
 */
export function encodeEntries(entries: readonly Uint8Array[]): Uint8Array {
  const bundle = new Uint8Array(entries.reduce((sum, entry) => sum + 2 + entry.length, 0));
  let at = 0;
  for (const entry of entries) {
    assertLength(entry);
    bundle[at] = entry.length >> 8;
    bundle[at + 1] = entry.length & 255;
    bundle.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bundle;
}

function assertLength({ length }: Uint8Array): void {
  if (length > MAX_ENTRY_BYTES)
    throw new LedgerError('TOO_LARGE', `A log entry may have ${String(MAX_ENTRY_BYTES)} bytes.`);
}

/**
 * Takes a bundle apart.
 * @throws LedgerError PROOF_MALFORMED when it ends inside an entry or has another number of entries
 */
export function decodeEntries(bundle: Uint8Array, width: number): Uint8Array[] {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bundle.length) {
    const start = at + 2;
    at = start + (((bundle[at] ?? 0) << 8) | (bundle[at + 1] ?? 0));
    if (at > bundle.length) throw new LedgerError('PROOF_MALFORMED', 'The entry bundle ends inside an entry.');
    entries.push(bundle.subarray(start, at));
  }
  if (entries.length !== width)
    throw new LedgerError('PROOF_MALFORMED', 'The entry bundle has another number of entries.');
  return entries;
}
