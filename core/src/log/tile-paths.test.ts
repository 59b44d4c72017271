import fc from 'fast-check';
import { codeOf } from '../../../test/support/code-of';
import { toHex } from '../bytes';
import {
  decodeEntries,
  encodeEntries,
  MAX_ENTRY_BYTES,
  parseTilePath,
  TILE_WIDTH,
  tilePath,
  tileWidth,
  type TileId,
} from './tiles';

const tile: fc.Arbitrary<TileId> = fc.record({
  level: fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 63 })),
  index: fc.bigInt({ min: 0n, max: 10n ** 18n }),
  width: fc.integer({ min: 1, max: TILE_WIDTH }),
});

describe('the path of a tile', () => {
  it('is read back, and is the only spelling of its tile', () => {
    fc.assert(
      fc.property(tile, (one) => {
        expect(parseTilePath(tilePath(one))).toEqual(one);
      }),
    );
  });

  it('has three digits in each part, all but the last behind an x (C2SP tlog-tiles)', () => {
    fc.assert(
      fc.property(tile, (one) => {
        const [, , ...parts] = tilePath(one)
          .replace(/\.p\/.*$/, '')
          .split('/');
        expect(
          parts
            .join('')
            .replaceAll('x', '')
            .replace(/^0+(?=.)/, ''),
        ).toBe(one.index.toString());
        expect(parts.slice(0, -1).every((part) => /^x[0-9]{3}$/.test(part))).toBe(true);
        expect(parts.at(-1)).toMatch(/^[0-9]{3}$/);
      }),
    );
    expect(tilePath({ level: 0, index: 1_234_067n, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(tilePath({ level: 'entries', index: 0n, width: 7 })).toBe('tile/entries/000.p/7');
  });

  it.each([
    '',
    'tile/0/0',
    'tile/0/0000',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/x000/000',
    'tile/0/001/002',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/257',
    'tile/0/000.p/01',
    'tile/0/000/',
    '/tile/0/000',
    'tile/entry/000',
    'tile/0/../000',
    'tile/0/000\n',
    'TILE/0/000',
  ])('is not %j', (path) => {
    expect(parseTilePath(path)).toBeUndefined();
  });
});

describe('the width of a tile', () => {
  it('is how many hashes of its level lie in it', () => {
    const small = fc.record({
      level: fc.integer({ min: 0, max: 2 }),
      index: fc.bigInt({ min: 0n, max: 5n }),
      size: fc.bigInt({ min: 0n, max: 400_000n }),
    });
    fc.assert(
      fc.property(small, ({ level, index, size }) => {
        const hashes = Number(size / 256n ** BigInt(level));
        const first = Number(index) * 256;
        expect(tileWidth(level, index, size)).toBe(Math.max(0, Math.min(256, hashes - first)));
        if (level === 0) expect(tileWidth('entries', index, size)).toBe(tileWidth(0, index, size));
      }),
    );
  });
});

describe('a bundle of entries', () => {
  const entries = fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 8 });

  it('is read back, each with its length before it', () => {
    fc.assert(
      fc.property(entries, (some) => {
        const bytes = encodeEntries(some);
        expect(bytes.length).toBe(some.reduce((sum, { length }) => sum + 2 + length, 0));
        expect(decodeEntries(bytes, some.length).map(toHex)).toEqual(some.map(toHex));
      }),
    );
  });

  it('holds an entry of 65535 bytes, and no longer one', () => {
    const longest = new Uint8Array(MAX_ENTRY_BYTES).fill(1);
    expect(decodeEntries(encodeEntries([longest]), 1)[0]).toHaveLength(MAX_ENTRY_BYTES);
    expect(codeOf(() => encodeEntries([new Uint8Array(MAX_ENTRY_BYTES + 1)]))).toBe('TOO_LARGE');
  });

  it('is refused when it is cut, has more behind it, or another number of entries', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 5 }),
        fc.nat(),
        (some, at) => {
          const bytes = encodeEntries(some);
          const isRefused = (of: Uint8Array, count: number): boolean =>
            codeOf(() => decodeEntries(of, count)) !== 'none';
          expect(isRefused(bytes.subarray(0, at % bytes.length), some.length)).toBe(true);
          expect(isRefused(Uint8Array.of(...bytes, 0), some.length)).toBe(true);
          expect(isRefused(bytes, some.length + 1)).toBe(true);
          expect(isRefused(bytes, some.length - 1)).toBe(true);
        },
      ),
    );
  });
});
