import { join } from 'node:path';
import pino from 'pino';
import { cosignedNote, cosignerName, formatCheckpoint, formatVkey, noteSigner, originOf } from '@carbon-ledger/core';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import type { Committed, LedgerCall } from '../ledger';
import { RollbackGuard } from '../log/rollback-guard';
import { Cosigners } from '../projection/cosigners';
import { Cosigner } from './cosigner';

const INTERVAL_MS = 60_000;
const NOW = 1_800_000_000_000;
const ledgerId = 'ab'.repeat(32);
const origin = originOf(ledgerId);
const rootHash = new Uint8Array(32);

describe('when a gateway cosigns again', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder('pace');
  });

  /** Pauses that are asked for, and the sizes that are cosigned, while another organisation said this of a log of 5. */
  async function paces(size: bigint, root: Uint8Array): Promise<{ pauses: number[]; sizes: string[] }> {
    const signer = noteSigner(cosignerName('OtherMSP'), 'cosignature-v1', new Uint8Array(32).fill(1));
    const note = cosignedNote(formatCheckpoint({ origin, size, rootHash: root }), signer, 1n);
    const cosigners = new Cosigners();
    cosigners.take([{ mspId: 'OtherMSP', key: formatVkey(signer.key), note }]);
    const pauses: number[] = [];
    const sizes: string[] = [];
    const tasks: (() => void)[] = [];
    const submit = ({ args: [own = ''] = [] }: LedgerCall): Promise<Committed> => {
      sizes.push(own.split('\n')[1] ?? '');
      return Promise.resolve({ txId: String(sizes.length), result: new Uint8Array(), blockNumber: 1n });
    };
    const cosigner = new Cosigner({
      ledger: { mspId: 'OwnMSP', submit },
      log: { size: 5, rootAt: () => Promise.resolve(rootHash) },
      cosigners,
      ledgerId,
      seed: new Uint8Array(32).fill(2),
      guard: RollbackGuard.open(join(folder, 'guard.jsonl')),
      logger: pino({ level: 'silent' }),
      clock: () => new Date(NOW),
      schedule: (task, ms) => {
        pauses.push(ms);
        tasks.push(task);
        return () => undefined;
      },
      intervalMs: INTERVAL_MS,
    });
    await cosigner.start();
    for (let round = 0; round < 3; round++) {
      const task = tasks.shift();
      if (task === undefined) break;
      task();
      // `stop` waits for the round that runs; turns of the loop let it go on instead.
      while (sizes.length <= round && tasks.length === 0) await new Promise(setImmediate);
      await new Promise(setImmediate);
    }
    await cosigner.stop();
    return { pauses, sizes };
  }

  it('is not sooner for a size that its own blocks have not reached', async () => {
    expect(await paces((1n << 64n) - 1n, rootHash)).toEqual({ pauses: [0], sizes: ['5'] });
  });

  it('is not again for a root that its own blocks do not bear out', async () => {
    expect(await paces(4n, rootHash.slice().fill(9))).toEqual({ pauses: [0], sizes: ['5'] });
  });

  it('is for the size that another one said, then for its own', async () => {
    expect(await paces(4n, rootHash)).toEqual({ pauses: [0, INTERVAL_MS], sizes: ['4', '5'] });
  });
});
