import { SignedMonth } from '../../../../test/support/signed-month';
import type { PeerState, PrivateSource } from '../sources';
import { readGuard } from './guard';

let month: SignedMonth;
beforeAll(async () => {
  month = await SignedMonth.make();
});
afterAll(() => month.close());

describe('what is signed or stored', () => {
  it('notices a root that was signed for other records', async () => {
    const probes = [{ source: 'note', size: 5, root: '00'.repeat(32) }];
    expect((await month.fsck(month.blocks, { probes })).findings).toMatchObject([
      { code: 'CHECKPOINT_MISMATCH', field: 'note' },
    ]);
  });

  it('notices that the blocks were rolled back behind a signature', async () => {
    const { probes } = await readGuard(month.dataDir);
    const report = await month.fsck(month.blocks.slice(0, month.last), { probes });
    expect(report.findings).toMatchObject([{ code: 'ROLLED_BACK' }]);
  });

  it('notices private figures that are not those of the block', async () => {
    const figures: PrivateSource = {
      value: async (...place) => {
        const value = await month.reader.value(...place);
        return value && Buffer.from(Buffer.from(value).toString().replace('115272.04', '115272.05'));
      },
    };
    const report = await month.fsck(month.blocks, { figures });
    expect(report.findings).toContainEqual(
      expect.objectContaining({ code: 'PRIVATE_DATA_MISMATCH', block: month.last, field: 'figures' }),
    );
  });

  it('names the key of the peer’s state that is wrong, missing or too much', async () => {
    const state = (change: Partial<PeerState>): PeerState => ({
      tip: () => month.reader.tip(),
      values: () => month.reader.values(),
      hashes: () => month.reader.hashes(),
      privateKeys: () => month.reader.privateKeys(),
      privateValues: () => month.reader.privateValues(),
      transactions: () => month.reader.transactions(),
      blockHashes: () => month.reader.blockHashes(),
      history: () => month.reader.history(),
      ...change,
    });
    const altered = state({
      values: async function* () {
        for await (const entry of month.reader.values())
          yield entry.key === 'ledger' ? { ...entry, value: Buffer.from('{}') } : entry;
      },
    });
    expect((await month.fsck(month.blocks, { peerState: altered })).findings).toMatchObject([
      { code: 'PEER_STORE_MISMATCH', field: 'carbon-audit-ledger/ledger' },
    ]);
    const shorter = state({
      transactions: async function* () {
        let seen = 0;
        for await (const entry of month.reader.transactions()) if (seen++ > 0) yield entry;
      },
    });
    expect((await month.fsck(month.blocks, { peerState: shorter })).findings).toMatchObject([
      { field: expect.stringMatching(/^transactions [0-9a-f]{64}$/) as string, message: 'it is missing' },
    ]);
  });
});
