import { join } from 'node:path';
import { LedgerError } from '@carbon-ledger/core';
import type { LedgerPages } from './ledger-pages';
import { LocalScreener, type ScreeningJob } from './screener';
import { screener, ScreeningThread } from './thread';

const program = join(__dirname, '../../dist/screening/worker.js');
const scope = { of: 'all', year: '2024' } as const;
const screen: ScreeningJob = { do: 'screen', scope, party: 'A' };
const limit: ScreeningJob = { do: 'limit', rule: 'R-D19', name: 'days', year: '2024' };

async function* none(): AsyncGenerator<never[]> {
  yield* await Promise.resolve([]);
}

/** A ledger of enterprises without records, in pages; it notes what is asked of it. */
function ledgerOf(enterprises: readonly (readonly string[])[], asked: string[] = []): LedgerPages {
  return {
    async *enterprises() {
      asked.push('enterprises');
      yield* await Promise.resolve(enterprises);
    },
    records(uscc) {
      asked.push(uscc);
      return none();
    },
    current: none,
    ruleSets: none,
  };
}

describe('the thread that screens', () => {
  const thread = new ScreeningThread(program);
  afterAll(() => thread.close());

  it('comes to what the same work in the calling thread comes to, asking for pages', async () => {
    const local = new LocalScreener();
    const pages = [['B', 'C'], [], ['A']];
    const asked: string[] = [];
    const outcome = await thread.run(screen, ledgerOf(pages, asked));
    expect(outcome).toEqual(await local.run(screen, ledgerOf(pages)));
    expect(JSON.parse(outcome.json ?? '')).toMatchObject({ empty: 3, result: { enterprises: 3 } });
    expect(asked.slice(0, 2)).toEqual(['enterprises', 'A']);
    expect(await thread.run(limit, ledgerOf([]))).toEqual(await local.run(limit, ledgerOf([])));
  });

  it('does several at one time, each from its own ledger', async () => {
    const all = await Promise.all(
      [1, 2, 3].map((count) =>
        thread.run(screen, ledgerOf([Array.from({ length: count }, (_, at) => `P${String(at)}`)])),
      ),
    );
    const counted = all.map(({ json = '' }) => (JSON.parse(json) as { empty: number }).empty);
    expect(counted).toEqual([1, 2, 3]);
  });

  it('tells what screening says, and what reading says, as the caller would have been told', async () => {
    await expect(thread.run(screen, ledgerOf([]))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const stopping: LedgerPages = {
      ...ledgerOf([]),
      async *enterprises() {
        yield await Promise.resolve(['A']);
        throw new LedgerError('NOT_READY', 'gone', { details: { retryAfter: 1 } });
      },
    };
    await expect(thread.run(screen, stopping)).rejects.toMatchObject({
      ...{ code: 'NOT_READY', message: 'gone', details: { retryAfter: 1 } },
    });
  });

  it('is begun anew where it ended, and nobody waits for ever', async () => {
    const lost = new ScreeningThread(join(__dirname, 'no-such-program.js'));
    for (let time = 0; time < 2; time += 1)
      await expect(lost.run(screen, ledgerOf([]))).rejects.toMatchObject({ code: 'INTERNAL' });
    await lost.close();
  });
});

it('screens on a thread wherever there is a compiled program for one', () => {
  expect(screener(program)).toBeInstanceOf(ScreeningThread);
  expect(screener(join(__dirname, 'worker.js'))).toBeInstanceOf(LocalScreener);
});
