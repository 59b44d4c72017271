import type { AnchoredEntry } from '@carbon-ledger/auditor/stored';
import { listRecords, type RecordFilter } from './record-list';
import type { ListSource } from './record-rows';

/** Records of one key each, in the index of the keys. */
const rows = Array.from({ length: 1_500 }, (_, at): [string, string] => {
  const key = `A/U1/2024/sample-receipt.${String(at).padStart(4, '0')}`;
  return [`v/${key}/00001`, `rec:${String(at)}`];
});

/** Lists with a filter; tells what was read of records. */
async function listed(filter: RecordFilter): Promise<{ found: string[]; read: string[]; next: string | undefined }> {
  const read: string[] = [];
  const entryOf = (id: string): Partial<AnchoredEntry> => ({ id, record: { type: 'x' } as never, status: 'current' });
  const source = {
    store: {
      range: ({ after = '', limit }: { after?: string; limit: number }) =>
        Promise.resolve(rows.filter(([key]) => key > after).slice(0, limit)),
    },
    reader: {
      records: (ids: readonly string[]) => {
        read.push(...ids);
        return Promise.resolve(ids.map((id) => ({ ...entryOf(id), record: { type: 'x', subject: {} } })));
      },
    },
    log: { size: rows.length },
  } as unknown as ListSource;
  const { items, next } = await listRecords(source, filter, { limit: 50 });
  return { found: items.map(({ id }) => id), read, next };
}

describe('a list of records', () => {
  it('reads no record of which its key tells that it is not asked for', async () => {
    const asked: string[] = [];
    const { found, read } = await listed({
      asked: ({ id }) => Promise.resolve(id !== 'rec:7'),
      askedOfKey: (key) => {
        asked.push(key);
        return Promise.resolve(/[27]$/.test(key) && key < 'A/U1/2024/sample-receipt.01');
      },
    });
    expect(asked[0]).toBe('A/U1/2024/sample-receipt.0000');
    expect(read).toHaveLength(20);
    expect(found).toHaveLength(19);
    expect(found).not.toContain('rec:7');
  });

  it('looks at a thousand for a page, and goes on behind them', async () => {
    const { found, read, next = '' } = await listed({ asked: ({ id }) => Promise.resolve(id === 'rec:7') });
    expect([found, read.length]).toEqual([['rec:7'], 1_000]);
    expect(Buffer.from(next, 'base64url').toString()).toBe(rows[999]?.[0]);
  });
});
