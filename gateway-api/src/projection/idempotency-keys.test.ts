import { temporaryFolder } from '../../../test/support/temporary-folder';
import { IdempotencyKeys } from './idempotency-keys';
import { prefixes } from '@carbon-ledger/auditor/stored';
import { Store } from '@carbon-ledger/auditor/stored';

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

  const use = (keys: IdempotencyKeys, name: string, content: string): Promise<void> =>
    keys.reserve(name, content).settle(true);
  const expectConflict = (keys: IdempotencyKeys, name: string): void => {
    expect(() => keys.reserve(name, 'other')).toThrow(expect.objectContaining(conflict) as Error);
  };

  it('are bound to their first content, also after a restart', async () => {
    const keys = await IdempotencyKeys.open(store);
    await use(keys, 'party a', '1');
    await use(keys, 'party a', '1');
    expectConflict(keys, 'party a');
    const again = await IdempotencyKeys.open(store);
    await use(again, 'party a', '1');
    expectConflict(again, 'party a');
    expect(await store.range({ prefix: prefixes.idempotency, limit: 10 })).toHaveLength(1);
  });

  it('are held while their content is on its way, and free again when it was refused', async () => {
    const keys = await IdempotencyKeys.open(store);
    const first = keys.reserve('party a', '1');
    expect(() => keys.reserve('party a', '1')).toThrow(
      expect.objectContaining({ code: 'IDEMPOTENCY_IN_PROGRESS' }) as Error,
    );
    expectConflict(keys, 'party a');
    await first.settle(false);
    await use(keys, 'party a', 'other');
    expect(await store.range({ prefix: prefixes.idempotency, limit: 10 })).toHaveLength(1);
  });

  it('are forgotten when newer ones take their room, in memory and in the store, before and after a restart', async () => {
    const keys = await IdempotencyKeys.open(store, 3);
    for (const name of ['a', 'b', 'c', 'd']) await use(keys, name, 'of the first');
    const again = await IdempotencyKeys.open(store, 3);
    for (const name of ['b', 'c', 'd']) expectConflict(again, name);
    await use(again, 'a', 'other');
    await use(again, 'b', 'other');
    expectConflict(again, 'd');
    expect(await store.range({ prefix: prefixes.idempotency, limit: 10 })).toHaveLength(3);
  });

  it.each([
    ['no object', 'q/000000000001', 'null'],
    ['without content', 'q/000000000001', '{"name":"a"}'],
    ['no JSON', 'q/000000000001', '{'],
    ['not numbered', 'q/first', '{"content":"1","name":"a"}'],
  ])('that are damaged are named: %s', async (_, key, value) => {
    await store.write([{ type: 'put', key, value }]);
    await expect(IdempotencyKeys.open(store)).rejects.toMatchObject({
      code: 'STORE_CORRUPT',
      message: expect.stringContaining(key) as string,
    });
  });
});
