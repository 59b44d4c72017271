import { join } from 'node:path';
import { LedgerError } from '@carbon-ledger/core';
import { temporaryFolder } from '../../../../test/support/temporary-folder';
import { localChecker, threadedChecker, type CheckerPool } from './pool';

const settings = { names: { chaincode: 'carbon', collection: 'figures' }, secret: new Uint8Array(32) };
const place = join(temporaryFolder('pool'), 'no-such-store');

async function refusalOf(checker: CheckerPool): Promise<unknown> {
  try {
    return await checker.sums(place, ['log']).catch((error: unknown) => error);
  } finally {
    await checker.close();
  }
}

it('tells on a thread what it tells in the thread of who asks', async () => {
  const here = await refusalOf(localChecker(settings));
  const there = await refusalOf(threadedChecker(settings, 1, join(__dirname, '../../../dist/fsck/rules/worker.js')));
  expect(here).toBeInstanceOf(LedgerError);
  expect(there).toBeInstanceOf(LedgerError);
  const { code, message } = here as LedgerError;
  expect(there).toMatchObject({ code, message });
});
