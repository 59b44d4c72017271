import fc from 'fast-check';
import {
  consistencyFromTiles,
  decodeEntries,
  encodeEntries,
  inclusionFromTiles,
  MAX_ENTRY_BYTES,
  parseTilePath,
  rootFromTiles,
  tilePath,
  tileWidth,
  type ReadTile,
} from '.';
import { concat, toHex } from '../bytes';
import type { ErrorCode } from '../errors';
import {
  CompactRange,
  consistencyPath,
  emptyRoot,
  inclusionPath,
  leafHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from '../merkle';

const withCode = (code: ErrorCode): Error => expect.objectContaining({ code }) as Error;
const leaves = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, index) => leafHash(Uint8Array.of(index >> 16, index >> 8, index)));

/** A log's tiles, and a note of which were read. */
function tilesOf(hashes: readonly Uint8Array[]): { read: ReadTile; seen: string[] } {
  const nodes = new Map<string, Uint8Array>();
  const range = new CompactRange();
  for (const hash of hashes) {
    range.append(hash, (level, index, node) => nodes.set(`${String(level)}/${String(index)}`, node));
  }
  const seen: string[] = [];
  const read: ReadTile = (tile) => {
    seen.push(tilePath(tile));
    const width = Array.from({ length: tile.width }, (_, at) => at);
    const found = width.map((at) => nodes.get(`${String(8 * tile.level)}/${String(tile.index * 256n + BigInt(at))}`));
    return Promise.resolve(concat(...found.map((hash) => hash ?? new Uint8Array(0))));
  };
  return { read, seen };
}

describe('tile paths', () => {
  test.each([
    [{ level: 0, index: 0n, width: 256 }, 'tile/0/000'],
    [{ level: 0, index: 1_234_067n, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 1, index: 1000n, width: 17 }, 'tile/1/x001/000.p/17'],
    [{ level: 'entries' as const, index: 273n, width: 112 }, 'tile/entries/273.p/112'],
    [{ level: 63, index: (1n << 64n) - 1n, width: 1 }, 'tile/63/x018/x446/x744/x073/x709/x551/615.p/1'],
  ])('%j is %s', (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  test.each([
    'tile/0/0',
    'tile/0/x000/001',
    'tile/00/000',
    'tile/64/000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/001/000',
    'tile/0/../../000',
    'tile/0/000/',
    '/tile/0/000',
    'tile/0/x018/x446/x744/x073/x709/x551/x615/000',
    'tile/entry/000',
    '',
  ])('refuses %j', (path) => {
    expect(parseTilePath(path)).toBeUndefined();
  });

  test('widths are those of the C2SP example of 70,000 leaves', () => {
    const size = 70_000n;
    expect([tileWidth(0, 272n, size), tileWidth(0, 273n, size), tileWidth(0, 274n, size)]).toEqual([256, 112, 0]);
    expect([tileWidth(1, 0n, size), tileWidth(1, 1n, size), tileWidth(2, 0n, size)]).toEqual([256, 17, 1]);
    expect([tileWidth(3, 0n, size), tileWidth('entries', 273n, size)]).toEqual([0, 112]);
    expect([tileWidth(0, 0n, 256n), tileWidth(0, 1n, 256n), tileWidth(1, 0n, 256n)]).toEqual([256, 0, 1]);
  });
});

describe('entry bundles', () => {
  test('read back what was written', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }), (entries) => {
        expect(decodeEntries(encodeEntries(entries), entries.length)).toEqual(entries);
      }),
    );
    const longest = new Uint8Array(MAX_ENTRY_BYTES).fill(7);
    expect(decodeEntries(encodeEntries([longest]), 1)).toEqual([longest]);
  });

  test('refuse longer entries, broken ends and other counts', () => {
    expect(() => encodeEntries([new Uint8Array(MAX_ENTRY_BYTES + 1)])).toThrow(withCode('TOO_LARGE'));
    expect(() => decodeEntries(Uint8Array.of(0, 2, 1), 1)).toThrow(withCode('PROOF_MALFORMED'));
    expect(() => decodeEntries(Uint8Array.of(0), 0)).toThrow(withCode('PROOF_MALFORMED'));
    expect(() => decodeEntries(Uint8Array.of(0, 0), 2)).toThrow(withCode('PROOF_MALFORMED'));
  });
});

describe('proofs from tiles', () => {
  const all = leaves(66_000);

  test.each([1, 2, 255, 256, 257, 1000, 65_536, 66_000])('equal those of the tree at size %i', async (size) => {
    const some = all.slice(0, size);
    const { read } = tilesOf(some);
    const root = rootOf(some);
    expect(toHex(await rootFromTiles(read, BigInt(size)))).toBe(toHex(root));
    for (const index of new Set([0, size >> 1, size - 1])) {
      const path = await inclusionFromTiles(read, BigInt(index), BigInt(size));
      expect(path).toEqual(inclusionPath(some, index));
      verifyInclusion({ leafHash: some[index]!, index: BigInt(index), size: BigInt(size), path }, root);
    }
    for (const size1 of new Set([1, (size >> 1) + 1, size])) {
      const path = await consistencyFromTiles(read, BigInt(size1), BigInt(size));
      expect(path).toEqual(consistencyPath(some, size1));
      const root1 = rootOf(all.slice(0, size1));
      verifyConsistency({ size1: BigInt(size1), root1, size2: BigInt(size), root2: root, path });
    }
  });

  test('any sizes and indexes of small logs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 600 }), fc.nat(), async (size, pick) => {
        const some = all.slice(0, size);
        const { read } = tilesOf(some);
        const index = pick % size;
        expect(await inclusionFromTiles(read, BigInt(index), BigInt(size))).toEqual(inclusionPath(some, index));
        expect(await consistencyFromTiles(read, BigInt(index + 1), BigInt(size))).toEqual(
          consistencyPath(some, index + 1),
        );
      }),
      { numRuns: 40 },
    );
  });

  test('read few tiles, each once', async () => {
    const { read, seen } = tilesOf(all);
    await inclusionFromTiles(read, 300n, 66_000n);
    expect(seen).toEqual(expect.arrayContaining(['tile/0/001', 'tile/1/000', 'tile/1/001.p/1']));
    expect(seen.length).toBeLessThanOrEqual(5);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('refuse what is not in the log, and tiles of another length', async () => {
    const { read } = tilesOf(all.slice(0, 10));
    await expect(inclusionFromTiles(read, 10n, 10n)).rejects.toThrow(withCode('NOT_FOUND'));
    await expect(inclusionFromTiles(read, -1n, 10n)).rejects.toThrow(withCode('NOT_FOUND'));
    await expect(consistencyFromTiles(read, 0n, 10n)).rejects.toThrow(withCode('NOT_FOUND'));
    await expect(consistencyFromTiles(read, 11n, 10n)).rejects.toThrow(withCode('NOT_FOUND'));
    const short: ReadTile = () => Promise.resolve(new Uint8Array(32));
    await expect(rootFromTiles(short, 10n)).rejects.toThrow(withCode('PROOF_MALFORMED'));
    expect(toHex(await rootFromTiles(short, 0n))).toBe(toHex(emptyRoot()));
  });
});
