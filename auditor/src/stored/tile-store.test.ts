import { leafHash } from '@carbon-ledger/core';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { ExpandedTile } from './expanded-tile';
import { LogTree } from './log-tree';
import { Store } from './store';
import { TileStore } from './tile-store';

describe('tiles of the log', () => {
  let store: Store;
  beforeEach(async () => {
    store = await Store.open(temporaryFolder('tiles'));
    const tree = await LogTree.open(store);
    await store.write(tree.append(Array.from({ length: 600 }, (_, at) => leafHash(Buffer.from(String(at))))));
  });
  afterEach(() => store.close());

  it('are read once, however many ask at one time', async () => {
    const tiles = new TileStore(store);
    await tiles.open(600n);
    const read = jest.spyOn(store, 'bytes');
    const [first, ...others] = await Promise.all(Array.from({ length: 50 }, () => tiles.tile(0, 1)));
    expect(others.every((tile) => tile === first)).toBe(true);
    expect(await tiles.tile(0, 1)).toBe(first);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('are told each time where they are missing', async () => {
    const tiles = new TileStore(store);
    await tiles.open(600n);
    for (let time = 0; time < 2; time += 1)
      await expect(tiles.tile(0, 9)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });

  it('give the entries of a far one without its inner nodes, as they give those of one at hand', async () => {
    const tiles = new TileStore(store);
    await tiles.open(600n);
    const parse = jest.spyOn(ExpandedTile, 'parse');
    const far = await tiles.entries(0, 1, 256);
    expect(parse).not.toHaveBeenCalled();
    await tiles.tile(0, 1);
    const asked = await Promise.all([tiles.entries(0, 1, 256), tiles.entries(0, 1, 3), tiles.entries(0, 2, 88)]);
    expect(asked.map(({ length }) => length / 32)).toEqual([256, 3, 88]);
    expect(asked[0]).toEqual(far);
    expect(asked[1]).toEqual(far.subarray(0, 96));
    await expect(tiles.entries(0, 9, 256)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });
});
