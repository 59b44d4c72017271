import { openMigration, parseEarlierTransaction, takeBatch } from '..';
import {
  earlierId,
  EarlierWorld,
  founder,
  newId,
  then,
  type RawTransaction,
} from '../../../test/support/earlier-ledger';
import { msp } from '../../../test/support/trial-world';
import { emptyView, OverlayView } from '../state';
import { judgeBatch } from './judge-batch';

const now = '2026-11-21T08:00:10Z';

function emptyState(): OverlayView {
  return new OverlayView(emptyView);
}

describe('an import of transactions that say to be later than it', () => {
  let earlier: EarlierWorld;
  beforeAll(async () => {
    earlier = await EarlierWorld.open();
  });

  /** What is said of the times where the whole earlier ledger comes in at this one. */
  async function lateAt(at: string, change: Partial<RawTransaction> = {}): Promise<unknown> {
    const transactions = earlier.transactions.map((one, index) => (index === 2 ? { ...one, ...change } : one));
    const { figures, context } = earlier;
    const batch = { transactions: transactions.map(parseEarlierTransaction), figures, context, now: at };
    return (await judgeBatch(batch, emptyState(), { ledger: earlierId, founder }, true)).late;
  }

  // The transactions are of the minutes 0 to 4.
  const before = (seconds: number): string => new Date(Date.parse(then(4)) - seconds * 1000).toISOString();

  it('leaves clocks ten minutes', async () => {
    expect(await lateAt(now)).toEqual([]);
    expect(await lateAt(before(600))).toEqual([]);
  });

  it('names the record of each that is later still', async () => {
    expect(await lateAt(before(601))).toEqual([
      {
        path: '/transactions/4/time',
        code: 'IMPORT_TIME_OUT_OF_RANGE',
        message: expect.stringContaining(`${earlier.records.at(-1)!.id} (`) as string,
      },
    ]);
  });

  it('takes no time that no calendar has', async () => {
    await expect(lateAt(now, { time: '2025-13-41T08:00:00Z' })).rejects.toMatchObject({ faults: [{ path: '/time' }] });
  });

  it('is refused whole', async () => {
    const facts = { ledger: newId, msp, time: now };
    const ledger = openMigration(facts, await earlier.statement(), earlier.founderProof());
    const { parsed: transactions, figures, context } = earlier;
    const batch = { transactions, figures, context, now: then(-60) };
    await expect(takeBatch(ledger, 0, batch, earlier.proof(5), emptyState())).rejects.toMatchObject({
      code: 'IMPORT_TIME_OUT_OF_RANGE',
      faults: { length: 5 },
    });
  });
});
