import { MOST_PURGED } from '@carbon-ledger/core';
import { RetentionDesk, type KeptRecords } from './retention-desk';

interface Row {
  readonly txId: string;
  readonly signedAt: string;
  readonly isPrivate: boolean;
}

const row = (txId: string, signedAt: string, isPrivate = true): Row => ({ txId, signedAt, isPrivate });
const OLD = '2020-01-01T00:00:00Z';
const YOUNG = '2025-12-31T00:00:00Z';

/** Each record a submission of its own. */
function deskOver(rows: readonly Row[]): RetentionDesk {
  const byId = (id: string): Row => rows[Number.parseInt(id.slice(4, 12), 16)]!;
  const projection: KeptRecords = {
    log: { size: rows.length, leaf: (index: number) => Promise.resolve(leafOf(index)) },
    reader: {
      record: (id: string) => {
        const { txId, isPrivate } = byId(id);
        const record = { figuresRoot: isPrivate ? 'root' : null };
        return Promise.resolve({ txId, anchoredAt: YOUNG, submission: id, record });
      },
      purged: (txId: string) => Promise.resolve(txId === 'purged' ? { at: YOUNG } : undefined),
      submission: (id: string) => Promise.resolve({ signedAt: byId(id).signedAt }),
    },
  };
  const clock = (): Date => new Date('2026-03-01T00:00:00Z');
  const ledger = { submit: () => Promise.reject(new Error('nothing is purged here')) };
  const parties = { find: () => Promise.resolve(undefined) };
  return new RetentionDesk({ projection, ledger, clock, parties, founder: 'founder', ledgerId: '00'.repeat(32) });
}

function leafOf(index: number): Uint8Array {
  const leaf = Buffer.alloc(32);
  leaf.writeUInt32BE(index);
  return leaf;
}

const due = async (rows: readonly Row[], from = 0): Promise<{ ids: string[]; next: number | undefined }> => {
  const { transactions, next } = await deskOver(rows).due(from, 5);
  return { ids: transactions.map(({ txId, records }) => `${txId}:${String(records)}`), next };
};

describe('transactions that may be purged', () => {
  it('are judged by all of their submissions, also by those without private figures', async () => {
    expect(await due([row('a', OLD), row('b', OLD), row('b', YOUNG)])).toEqual({ ids: ['a:1'], next: undefined });
    expect(await due([row('a', OLD), row('b', OLD), row('b', YOUNG, false)])).toEqual({
      ids: ['a:1'],
      next: undefined,
    });
  });

  it('are counted whole, and not again once they are purged', async () => {
    const rows = [row('purged', OLD), row('a', OLD), row('a', OLD), row('a', OLD, false), row('b', OLD, false)];
    expect(await due(rows)).toEqual({ ids: ['a:2'], next: undefined });
  });

  it('stand on one page as far as one purge takes them, and go on behind it', async () => {
    const rows = Array.from({ length: MOST_PURGED + 1 }, (_, index) => row(`t${String(index)}`, OLD));
    const first = await due(rows);
    expect(first.ids).toHaveLength(MOST_PURGED);
    expect(first.next).toBe(MOST_PURGED);
    expect(await due(rows, first.next)).toEqual({ ids: [`t${String(MOST_PURGED)}:1`], next: undefined });
  });

  it('are not cut where a page ends', async () => {
    const rows = Array.from({ length: 2_001 }, (_, index) => row('long', index === 2_000 ? YOUNG : OLD));
    expect(await due(rows)).toEqual({ ids: [], next: undefined });
  });
});
