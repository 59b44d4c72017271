import type { Store } from '@carbon-ledger/auditor/stored';
import { Parties } from './parties';

/** Parties of which every tenth is a laboratory, in a store that counts what it reads. */
function storeOf(count: number): { store: Store; read: () => number } {
  const rows = Array.from({ length: count }, (_, index): [string, string] => [
    `p/${String(index).padStart(18, '0')}`,
    JSON.stringify({
      content: {
        kind: index % 10 === 9 ? 'lab' : 'enterprise',
        name: 'N',
        region: '140000',
        status: 'active',
        keys: [],
      },
    }),
  ]);
  let read = 0;
  const range: Store['range'] = ({ after = '', limit }) => {
    const found = rows.filter(([key]) => key > after).slice(0, limit);
    read += found.length;
    return Promise.resolve(found);
  };
  return { store: { range } as Pick<Store, 'range'> as Store, read: () => read };
}

it('lists a page of one kind full where there is as much, and looks at so many parties at most', async () => {
  const { store, read } = storeOf(5_000);
  const parties = new Parties(store);
  const { items, next = '' } = await parties.list({ kind: 'lab', limit: 50 });
  expect(items.map((party) => Number(party.uscc))).toEqual(Array.from({ length: 50 }, (_, index) => 10 * index + 9));
  const second = await parties.list({ kind: 'lab', limit: 50, cursor: next });
  expect(Number(second.items[0]?.uscc)).toBe(509);
  const before = read();
  const none = await parties.list({ kind: 'verifier', limit: 50 });
  expect(none).toEqual({ items: [], next: String(read() - before - 1).padStart(18, '0') });
  expect(read() - before).toBe(2_000);
  const ids: string[] = [];
  for await (const party of parties.all({ kind: 'lab' })) ids.push(party.uscc);
  expect(ids).toHaveLength(500);
});

const uscc = '91140100MA0FAKE2XU';

it('remembers no party as it was before a block that came while it was read', async () => {
  const stand = (status: string): string =>
    JSON.stringify({ content: { status, name: 'N', region: '140000', keys: [] } });
  const stored = { text: stand('active') };
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const store: Pick<Store, 'text'> = {
    text: async () => {
      const { text } = stored;
      await held;
      return text;
    },
  };
  const parties = new Parties(store as Store);
  const before = parties.find(uscc);
  stored.text = stand('suspended');
  parties.forget(uscc);
  release();
  expect((await before)?.content.status).toBe('active');
  expect((await parties.find(uscc))?.content.status).toBe('suspended');
  // And then it is remembered.
  stored.text = stand('ended');
  expect((await parties.find(uscc))?.content.status).toBe('suspended');
});

it.each(['{"content":', '{}', '{"content":{"kmys":[],"name":"N","region":"140000"}}', '[]', 'null'])(
  'tells that an entry is damaged, and which: %s',
  async (text) => {
    const parties = new Parties({ text: () => Promise.resolve(text) } as unknown as Store);
    await expect(parties.find('91140000MA0FAKE01X')).rejects.toMatchObject({
      code: 'STORE_CORRUPT',
      message: expect.stringContaining('p/91140000MA0FAKE01X') as string,
    });
  },
);
