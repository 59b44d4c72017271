import { LedgerClient } from '@carbon-ledger/client-sdk';
import { LedgerError } from '@carbon-ledger/core';
import { trialSigner } from '@carbon-ledger/plant-year/trial';
import { FakeGateway } from '../testing/fake-gateway';
import type { FakeLedger } from '../testing/fake-ledger';
import { lab, sampleReceipt, testReport } from '../testing/trial-world';

/** Another organisation's gateway on the same ledger: it sent nothing itself, so it depends on its peer's private data. */
describe("private figures that another organisation's gateway sent", () => {
  const receipt = sampleReceipt('U1');
  const report = testReport(receipt);
  let sender: FakeGateway;
  let member: FakeGateway;

  beforeEach(async () => {
    sender = await FakeGateway.start();
  });
  afterEach(async () => {
    await member.gateway.close();
    await sender.stop();
  });

  async function anchorWhile(figuresAt: FakeLedger['figuresAt']): Promise<LedgerClient> {
    sender.ledger.figuresAt = figuresAt;
    await sender.client().submit([await sender.signed(lab, [receipt, report])]);
    member = await FakeGateway.on(`${sender.folder}/member`, sender.ledger);
    return new LedgerClient({ baseUrl: member.url, party: lab, signer: trialSigner(lab) });
  }
  const access = async (client: LedgerClient): Promise<string> =>
    (await client.record(report.id, { figures: true })).figuresAccess;
  const codeOf = async (asked: Promise<unknown>): Promise<unknown> => {
    const error = await asked.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return (error as { code?: string } | undefined)?.code;
  };
  const figure = `${report.key}#Cad_pct`;

  it('are shown where they are', async () => {
    const client = await anchorWhile('here');
    expect(await access(client)).toBe('shown');
  });

  it('are told as not here yet, and shown once they have come', async () => {
    const client = await anchorWhile('late');
    expect(await access(client)).toBe('awaited');
    expect(await codeOf(client.trace(figure))).toBe('FIGURES_AWAITED');
    expect(await codeOf(client.prove(figure, 'full'))).toBe('FIGURES_AWAITED');
    sender.ledger.figuresAt = 'here';
    // The first round comes after a second.
    while ((await access(client)) === 'awaited') await client.call('livez');
    expect(await client.record(report.id, { figures: true })).toMatchObject({
      figuresAccess: 'shown',
      figures: report.figures,
    });
  });

  it('are awaited over a restart', async () => {
    await anchorWhile('late');
    await member.gateway.close();
    sender.ledger.figuresAt = 'here';
    member = await FakeGateway.on(`${sender.folder}/member`, sender.ledger);
    const client = new LedgerClient({ baseUrl: member.url, party: lab, signer: trialSigner(lab) });
    while ((await access(client)) === 'awaited') await client.call('livez');
    expect(await access(client)).toBe('shown');
  });

  it('are told as elsewhere by an organisation that never gets them, and hidden from whom they are not for', async () => {
    const client = await anchorWhile('elsewhere');
    expect(await access(client)).toBe('elsewhere');
    expect(await codeOf(client.trace(figure))).toBe('FIGURES_ELSEWHERE');
    expect((await member.client().record(report.id)).figuresAccess).toBe('hidden');
    expect(await codeOf(member.client().trace(figure))).toBe('FIGURE_NOT_FOUND');
  });

  it('do not stop a gateway whose peer is away for a moment when their block comes', async () => {
    const client = await anchorWhile('away');
    expect(await access(client)).toBe('awaited');
    sender.ledger.figuresAt = 'here';
    while ((await access(client)) === 'awaited') await client.call('livez');
    expect(await access(client)).toBe('shown');
    expect((await fetch(`${member.url}/readyz`)).status).toBe(200);
  });

  it('are awaited no longer once the peer says that they are not for it', async () => {
    const client = await anchorWhile('away');
    sender.ledger.figuresAt = 'elsewhere';
    while ((await access(client)) === 'awaited') await client.call('livez');
    expect(await access(client)).toBe('elsewhere');
  });

  it('are read on where the blocks break off because the peer is away', async () => {
    jest.spyOn(sender.ledger, 'blocks').mockImplementationOnce(() => {
      throw new LedgerError('UNREACHABLE');
    });
    const client = await anchorWhile('here');
    expect(await access(client)).toBe('shown');
    while (!(await fetch(`${member.url}/readyz`)).ok) await client.call('livez');
  });

  it('come even where those of another transaction cannot be taken', async () => {
    sender.ledger.figuresAt = 'late';
    const others = ['U2', 'U3', 'U4'].map((unit) => testReport(sampleReceipt(unit)));
    for (const [index, unit] of ['U2', 'U3', 'U4'].entries()) {
      await sender.client().submit([await sender.signed(lab, [sampleReceipt(unit), others[index]!])]);
    }
    const client = await anchorWhile('late');
    const all = [report, ...others];
    const views = await Promise.all(all.map(({ id }) => client.record(id)));
    // The list is in the order of transaction ids: the first of it is the one that goes wrong.
    const [wrong] = views.map(({ txId }) => txId).sort();
    const answer = sender.ledger.evaluate.bind(sender.ledger);
    jest
      .spyOn(sender.ledger, 'evaluate')
      .mockImplementation((call) =>
        call.name === 'figures' && call.args?.[0] === wrong
          ? Promise.resolve(Buffer.from('{"figures":{}}'))
          : answer(call),
      );
    sender.ledger.figuresAt = 'here';
    const accesses = async (): Promise<string[]> =>
      Promise.all(all.map(async ({ id }) => (await client.record(id)).figuresAccess));
    while ((await accesses()).filter((each) => each === 'awaited').length > 1) await client.call('livez');
    expect(await accesses()).toContain('awaited');
  });
});
