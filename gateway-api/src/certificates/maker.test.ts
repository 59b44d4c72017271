import { join } from 'node:path';
import { ThreadMaker } from './maker';
import type { PaperRequest } from './paper';

const program = join(__dirname, '../../dist/certificates/worker.js');
const statement = { language: 'zh', site: 'http://127.0.0.1:8080', anchoredAt: {} } as const;
const request = (...receipts: string[]): PaperRequest => ({ paper: 'certificate', of: { receipts, statement } });

describe('the thread that makes certificates', () => {
  it('tells what is wrong with a receipt as the caller would have been told', async () => {
    const maker = new ThreadMaker(program);
    await expect(maker.make(request())).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(maker.make(request('{}'))).rejects.toMatchObject({ code: 'PROOF_MALFORMED' });
    await maker.close();
  });

  it('is begun anew where it ended, and nobody waits for ever', async () => {
    const maker = new ThreadMaker(join(__dirname, 'no-such-program.js'));
    for (let time = 0; time < 2; time += 1)
      await expect(maker.make(request())).rejects.toMatchObject({ code: 'INTERNAL' });
    await maker.close();
  });
});
