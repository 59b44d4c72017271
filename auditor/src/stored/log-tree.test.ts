import { consistencyPath, inclusionPath, leafHash, rootOf, toHex } from '@carbon-ledger/core';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { Store } from './store';
import { LogTree } from './log-tree';

const leaf = (index: number): Uint8Array => leafHash(Buffer.from(`leaf ${String(index)}`));
const leaves = (from: number, to: number): Uint8Array[] => Array.from({ length: to - from }, (_, i) => leaf(from + i));
const hex = (hashes: readonly Uint8Array[]): string[] => hashes.map((hash) => toHex(Uint8Array.from(hash)));

describe('LogTree', () => {
  let folder: string;
  let store: Store;

  beforeEach(async () => {
    folder = temporaryFolder('log-tree');
    store = await Store.open(folder);
  });
  afterEach(async () => {
    await store.close();
  });

  async function grow(tree: LogTree, to: number): Promise<void> {
    await store.write(tree.append(leaves(tree.size, to)));
  }

  it('gives the proofs of RFC 9162 for every leaf and size of a small log', async () => {
    const tree = await LogTree.open(store);
    await grow(tree, 37);
    for (let size = 1; size <= 37; size++) {
      const all = leaves(0, size);
      expect(toHex(Uint8Array.from(await tree.rootAt(size)))).toBe(toHex(rootOf(all)));
      for (let index = 0; index < size; index++) {
        expect(hex(await tree.inclusion(index, size))).toEqual(hex(inclusionPath(all, index)));
        expect(hex(await tree.consistency(index + 1, size))).toEqual(hex(consistencyPath(all, index + 1)));
      }
    }
  });

  it.each([255, 256, 257, 511, 512, 700, 65_536, 66_000])(
    'agrees with the tree recursion at %i leaves',
    async (size) => {
      const tree = await LogTree.open(store);
      await grow(tree, size);
      const all = leaves(0, size);
      expect(toHex(tree.root())).toBe(toHex(rootOf(all)));
      for (const index of [0, 1, 254, size - 1]) {
        expect(hex(await tree.inclusion(index, size))).toEqual(hex(inclusionPath(all, index)));
      }
      const half = Math.floor(size / 2);
      expect(hex(await tree.consistency(half, size))).toEqual(hex(consistencyPath(all, half)));
    },
  );

  it.each([1, 255, 256, 600])('goes on after a restart at %i leaves as if there had been none', async (size) => {
    await grow(await LogTree.open(store), size);
    const reopened = await LogTree.open(store);
    expect(reopened.size).toBe(size);
    await grow(reopened, size + 300);
    expect(toHex(reopened.root())).toBe(toHex(rootOf(leaves(0, size + 300))));
    expect(hex(await reopened.inclusion(size - 1, size + 300))).toEqual(
      hex(inclusionPath(leaves(0, size + 300), size - 1)),
    );
  });

  it('serves full and partial tiles, and none that do not exist yet', async () => {
    const tree = await LogTree.open(store);
    await grow(tree, 300);
    expect(await tree.tile(0, 0, 256)).toEqual(Buffer.concat(leaves(0, 256)));
    expect(await tree.tile(0, 1, 44)).toEqual(Buffer.concat(leaves(256, 300)));
    expect(Buffer.from(rootOf(leaves(0, 256)))).toEqual(await tree.tile(1, 0, 1));
    await expect(tree.tile(0, 1, 45)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(tree.inclusion(300, 300)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(tree.consistency(0, 300)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('refuses a store whose tiles are missing', async () => {
    await grow(await LogTree.open(store), 10);
    await store.write([{ type: 'put', key: 't/0/000000000000', value: Buffer.alloc(32) }]);
    await expect(LogTree.open(store)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });
});
