import { join } from 'node:path';
import { MOST_FAULTS } from '@carbon-ledger/core';
import { ThreadMaker } from './maker';
import type { PaperRequest } from './paper';

const program = join(__dirname, '../../dist/certificates/worker.js');
const statement = { language: 'zh', site: 'http://127.0.0.1:8080', anchoredAt: {} } as const;
const request = (...receipts: string[]): PaperRequest => ({ paper: 'certificate', of: { receipts, statement } });

describe('the thread that makes certificates', () => {
  it('tells what is wrong with a receipt as the caller would have been told', async () => {
    const maker = new ThreadMaker('pdf', program);
    await expect(maker.make(request())).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(maker.make(request('{}'))).rejects.toMatchObject({ code: 'PROOF_MALFORMED' });
    await maker.close();
  });

  it.each(['reconciliation', 'inspection'] as const)(
    'reads a %s that was sent itself, and tells each fault',
    async (paper) => {
      const maker = new ThreadMaker('pdf', program);
      const rows = Array.from({ length: 20_000 }, (_, index) => ({ kind: 'MATCHED', index }));
      const of = JSON.stringify({ schema: `carbon-ledger/${paper}/v1`, rows });
      const error: unknown = await maker
        .make({ paper, of, language: 'zh', isTrial: false })
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: expect.stringMatching(/^(?:BAD_FILE|PROOF_MALFORMED)$/) as string });
      const { faults } = error as { faults: object[] };
      if (paper === 'reconciliation') expect(faults.length).toBeGreaterThan(0);
      // So many are told, however many there are: each is handed over by the thread that everybody waits for.
      expect(faults.length).toBeLessThanOrEqual(MOST_FAULTS);
      await maker.close();
    },
  );

  it('loads before anybody asks, and harms nobody where it cannot', async () => {
    const good = new ThreadMaker('pdf', program);
    good.begin();
    await expect(good.make(request('{}'))).rejects.toMatchObject({ code: 'PROOF_MALFORMED' });
    await good.close();
    const bad = new ThreadMaker('proof', join(__dirname, 'no-such-program.js'));
    bad.begin();
    // Its end is told to nobody: an error without a listener would end the whole service.
    await new Promise((resolve) => setImmediate(resolve));
    await expect(bad.make(request())).rejects.toMatchObject({ code: 'INTERNAL' });
    await bad.close();
  });

  it('is begun anew where it ended, and nobody waits for ever', async () => {
    const maker = new ThreadMaker('pdf', join(__dirname, 'no-such-program.js'));
    for (let time = 0; time < 2; time += 1)
      await expect(maker.make(request())).rejects.toMatchObject({ code: 'INTERNAL' });
    await maker.close();
  });
});
