import { temporaryFolder } from '../../../test/support/temporary-folder';
import { IdempotencyKeys } from './idempotency-keys';
import { prefixes } from './keys';
import { Store } from './store';

const conflict = { code: 'IDEMPOTENCY_CONFLICT' };

describe('idempotency keys', () => {
  let folder: string;
  let store: Store;

  beforeEach(async () => {
    folder = temporaryFolder('keys');
    store = await Store.open(folder);
  });
  afterEach(async () => {
    await store.close();
  });

  it('are bound to their first content, also after a restart', async () => {
    const keys = await IdempotencyKeys.open(store);
    await keys.bind('party a', '1');
    await keys.bind('party a', '1');
    await expect(keys.bind('party a', '2')).rejects.toMatchObject(conflict);
    const again = await IdempotencyKeys.open(store);
    await again.bind('party a', '1');
    await expect(again.bind('party a', '2')).rejects.toMatchObject(conflict);
    expect(await store.range({ prefix: prefixes.idempotency, limit: 10 })).toHaveLength(1);
  });

  it('are forgotten when newer ones take their room, in memory and in the store, before and after a restart', async () => {
    const keys = await IdempotencyKeys.open(store, 3);
    for (const name of ['a', 'b', 'c', 'd']) await keys.bind(name, 'of the first');
    const again = await IdempotencyKeys.open(store, 3);
    for (const name of ['b', 'c', 'd']) await expect(again.bind(name, 'other')).rejects.toMatchObject(conflict);
    await again.bind('a', 'other');
    await again.bind('b', 'other');
    await expect(again.bind('d', 'other')).rejects.toMatchObject(conflict);
    expect(await store.range({ prefix: prefixes.idempotency, limit: 10 })).toHaveLength(3);
  });
});
