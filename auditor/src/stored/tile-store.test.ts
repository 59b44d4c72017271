import { leafHash } from '@carbon-ledger/core';
import { temporaryFolder } from '../../../test/support/temporary-folder';
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
});
