import { cosignerName, LedgerError, parseNote } from '@carbon-ledger/core';
import { FakeGateway } from '../testing/fake-gateway';
import { lab, sampleReceipt } from '../testing/trial-world';

describe('a gateway that cosigns', () => {
  let fake: FakeGateway;

  beforeAll(async () => {
    fake = await FakeGateway.start({ cosigning: { intervalMs: 0 }, quorum: 1 });
  });
  afterAll(() => fake.stop());

  const cosigned = (): number => fake.ledger.calls.filter((name) => name === 'cosign').length;

  async function cosignedSize(): Promise<number> {
    const answer = await fetch(`${fake.url}/v1/log/checkpoint/cosigned`);
    return answer.ok ? Number((await answer.text()).split('\n')[1]) : 0;
  }

  async function untilCosigned(): Promise<void> {
    const { logSize } = await fake.client().call('getLedger');
    while ((await cosignedSize()) < logSize) await fake.client().call('livez');
  }

  it('cosigns when the log has grown, and not because somebody cosigned', async () => {
    await untilCosigned();
    for (const unit of ['U1', 'U2', 'U3']) {
      const before = cosigned();
      await fake.client().submit([await fake.signed(lab, [sampleReceipt(unit)])]);
      await untilCosigned();
      expect(cosigned()).toBe(before + 1);
    }
  });

  it('serves its own line with every checkpoint that it cosigned', async () => {
    await untilCosigned();
    const names = parseNote(await fake.client().call('getCheckpoint')).signatures.map(({ name }) => name);
    expect(names).toEqual([expect.stringMatching(/^carbon-audit-ledger\//), cosignerName(fake.ledger.mspId)]);
  });

  it('tries again after a transaction that was not sent', async () => {
    // The first fault meets the record's own transaction unless it is spent: the record goes first.
    fake.ledger.faults.push(undefined, 'not-sent');
    await fake.client().submit([await fake.signed(lab, [sampleReceipt('U4')])]);
    await untilCosigned();
  });

  it('takes no other key by itself when its folder was lost, and does on purpose', async () => {
    await untilCosigned();
    const other = await FakeGateway.on(`${fake.folder}/other`, fake.ledger, { cosigning: { intervalMs: 0 } });
    const before = fake.ledger.blocksCut.length;
    await fake.client().submit([await fake.signed(lab, [sampleReceipt('U5')])]);
    await untilCosigned();
    const key = async (): Promise<string | undefined> => (await fake.client().call('getCosigners')).cosigners[0]?.key;
    const registered = await key();
    expect(fake.ledger.blocksCut.length).toBeGreaterThan(before);
    await other.gateway.close();
    const again = await FakeGateway.on(`${fake.folder}/other`, fake.ledger, {
      cosigning: { intervalMs: 0, replaceKey: true },
    });
    while ((await key()) === registered) await fake.client().call('livez');
    await again.gateway.close();
    expect(await key()).toContain(cosignerName(fake.ledger.mspId));
  });

  it('names no policy before enough organisations have registered', async () => {
    const asked = await FakeGateway.on(`${fake.folder}/asked`, fake.ledger, { quorum: 2 });
    const refusal = await asked
      .client()
      .policy()
      .catch((error: unknown) => error);
    await asked.gateway.close();
    expect(refusal).toBeInstanceOf(LedgerError);
    expect(refusal).toMatchObject({ code: 'NOT_READY' });
  });
});
