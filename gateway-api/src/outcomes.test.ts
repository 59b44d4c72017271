import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { verifyReceipt } from '@carbon-ledger/core';
import type { Gateway } from './gateway-options';
import { DEFAULT_LIMITS } from './grouping/grouper';
import { startGateway } from './start';
import { FakeGateway } from './testing/fake-gateway';
import { FakeLedger } from './testing/fake-ledger';
import { foundingArguments, lab, sampleReceipt, submissionIdOf } from './testing/trial-world';

const settle = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    (value) => value,
    (error: unknown) => error,
  );

describe('the three outcomes of a transaction', () => {
  let fake: FakeGateway;

  beforeEach(async () => {
    fake = await FakeGateway.start();
  });
  afterEach(() => fake.stop());

  it('not sent: says so, and the same submission may be sent again', async () => {
    const draft = await fake.signed(lab, [sampleReceipt('A')]);
    fake.ledger.faults.push('not-sent');
    expect(await settle(fake.client().submit([draft]))).toMatchObject({ code: 'NOT_SENT' });
    expect(await fake.client().submit([draft])).toMatchObject({ submissions: [{ state: 'committed' }] });
  });

  it('sent, outcome unknown: 202 with the transaction id, resolved when the block arrives', async () => {
    const draft = await fake.signed(lab, [sampleReceipt('B')]);
    fake.ledger.faults.push('outcome-unknown');
    const { submissions } = await fake.client().submit([draft]);
    expect(submissions[0]).toMatchObject({ state: 'unknown', txId: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    expect(await fake.client().submit([draft])).toMatchObject({
      submissions: [{ submission: submissions[0]!.submission }],
    });
    const { heads } = await fake.client().heads([submissions[0]!.records[0]!.key]);
    expect(heads).toMatchObject([{ record: submissions[0]!.records[0]!.record }]);
    expect(await fake.client().submission(submissionIdOf(draft.submission))).toMatchObject({ state: 'committed' });
  });

  it('sent, and then the service stops: the outcome is unknown, never refused', async () => {
    const draft = await fake.signed(lab, [sampleReceipt('S')]);
    fake.ledger.holdBlocks = true;
    const cut = new Promise<void>((resolve) => {
      fake.ledger.onCut = resolve;
    });
    const answer = settle(fake.client().submit([draft]));
    await cut;
    await Promise.all([fake.gateway.close(), answer]);
    expect(await answer).toMatchObject({ submissions: [{ state: 'unknown' }] });
  });

  it('committed invalid: a lost race is run again under a new transaction id, and anchors once', async () => {
    const draft = await fake.signed(lab, [sampleReceipt('C')]);
    fake.ledger.faults.push('lost-race', 'lost-race');
    const before = fake.ledger.blocksCut.length;
    expect(await fake.client().submit([draft])).toMatchObject({ submissions: [{ state: 'committed' }] });
    const codes = fake.ledger.blocksCut
      .slice(before)
      .flatMap(({ transactions }) => transactions.map((one) => one.validation));
    expect(codes).toEqual(['MVCC_READ_CONFLICT', 'MVCC_READ_CONFLICT', 'VALID']);
  });

  it('committed invalid for good: says so with the code of the ledger', async () => {
    const draft = await fake.signed(lab, [sampleReceipt('D')]);
    fake.ledger.faults.push(...Array.from({ length: 20 }, () => 'lost-race' as const));
    expect(await settle(fake.client().submit([draft]))).toMatchObject({
      code: 'COMMIT_INVALID',
      details: { validation: 'MVCC_READ_CONFLICT' },
    });
  });

  it('gathers what arrives while a transaction is on its way into the next one', async () => {
    const drafts = await Promise.all(
      Array.from({ length: DEFAULT_LIMITS.crowd + 8 }, (_, index) =>
        fake.signed(lab, [sampleReceipt(`E${String(index)}`)]),
      ),
    );
    const sent = (): number => fake.ledger.calls.filter((name) => name === 'submit').length;
    const before = sent();
    let open: () => void = () => undefined;
    fake.ledger.gate = new Promise((resolve) => {
      open = resolve;
    });
    const first = fake.client().submit([drafts[0]!]);
    const rest = drafts.slice(1).map((draft) => fake.client().submit([draft]));
    // A crowd of those that wait goes together, even while the first is on its way.
    while (sent() < before + 2) await new Promise(setImmediate);
    open();
    const answers = await Promise.all([first, ...rest]);
    expect(answers.every(({ submissions }) => submissions[0]!.state === 'committed')).toBe(true);
    const transactions = new Set(answers.map(({ submissions }) => submissions[0]!.txId));
    expect(transactions.size).toBeLessThan(drafts.length);
  });
});

describe('a restart', () => {
  it('goes on with the same log, and a rebuilt projection has the very same one', async () => {
    const fake = await FakeGateway.start();
    const record = sampleReceipt('F');
    await fake.client(lab).anchor({ records: [record.record], figures: {} }, 'proven');
    const { logSize, checkpoint } = await fake.client().ledger();
    await fake.gateway.close();
    rmSync(join(fake.folder, 'projection'), { recursive: true });
    const again = await FakeGateway.on(fake.folder, fake.ledger);
    const rebuilt = await again.client().ledger();
    expect(rebuilt.logSize).toBe(logSize);
    expect(rebuilt.checkpoint!.split('\n').slice(0, 3)).toEqual(checkpoint!.split('\n').slice(0, 3));
    const receipt = await again.client().receipt(record.id);
    expect(verifyReceipt({ receipt, policy: fake.gateway.policy })).toMatchObject({ result: 'PASS' });
    await again.stop();
  });

  it('on a ledger that lost records which were signed for refuses to sign, says why, and still reads', async () => {
    const fake = await FakeGateway.start();
    await fake.client(lab).anchor({ records: [sampleReceipt('G').record], figures: {} }, 'proven');
    await fake.gateway.close();
    rmSync(join(fake.folder, 'projection'), { recursive: true });
    fake.ledger.blocksCut.pop();
    const behind = await FakeGateway.on(fake.folder, fake.ledger);
    expect(await settle(behind.client().checkpoint())).toMatchObject({ code: 'ROLLED_BACK' });
    expect((await fetch(`${behind.url}/readyz`)).status).toBe(503);
    expect((await behind.client().ledger()).logSize).toBe(9);
    await behind.stop();
  });

  it('drains: says that it will stop, and answers as before until it does', async () => {
    const fake = await FakeGateway.start({ drainMs: 600_000 });
    const before = await fetch(`${fake.url}/readyz`);
    expect([before.status, before.headers.get('connection')]).toEqual([200, 'keep-alive']);
    expect(await (await fetch(`${fake.url}/metrics`)).text()).toContain('\ncarbon_ledger_ready 1\n');
    const closing = fake.gateway.close();
    // Each answer is the last of its connection, so that none is cut under a request at the end.
    const meanwhile = await fetch(`${fake.url}/readyz`);
    expect([meanwhile.status, meanwhile.headers.get('connection')]).toEqual([503, 'close']);
    expect(await (await fetch(`${fake.url}/metrics`)).text()).toContain('\ncarbon_ledger_ready 0\n');
    const { records } = await fake.client(lab).anchor({ records: [sampleReceipt('I').record], figures: {} });
    expect(records).toHaveLength(1);
    // Told a second time, it drains no longer.
    await fake.gateway.close();
    await closing;
    await expect(fetch(`${fake.url}/livez`)).rejects.toThrow();
    await fake.stop();
  });

  it('changes the level of its log while it runs', async () => {
    const fake = await FakeGateway.start({ logLevel: 'fatal' });
    fake.gateway.logLevel = 'silent';
    expect(fake.gateway.logLevel).toBe('silent');
    await fake.stop();
  });

  /** A gateway that is stopped, and its peer without the last block, which comes back by `catchUp`. */
  async function behindByOne(): Promise<{ fake: FakeGateway; catchUp: () => void }> {
    const fake = await FakeGateway.start();
    await fake.client(lab).anchor({ records: [sampleReceipt('H').record], figures: {} }, 'proven');
    await fake.gateway.close();
    const last = fake.ledger.blocksCut.pop()!;
    return { fake, catchUp: () => fake.ledger.blocksCut.push(last) };
  }
  const startOn = (fake: FakeGateway, peerWaitMs: number): Promise<Gateway> =>
    startGateway({ ledger: fake.ledger, dataDir: fake.folder, version: '0', port: 0, logLevel: 'silent', peerWaitMs });

  it('waits for a peer that is behind, asks another meanwhile, and says what it waits for', async () => {
    const { fake, catchUp } = await behindByOne();
    const gateway = await startOn(fake, 60_000);
    while (!fake.ledger.calls.includes('leavePeer')) await new Promise(setImmediate);
    const answer = await fetch(`${gateway.url}/readyz`);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toMatch(/NOT_READY.*The peer is behind: it holds 2 blocks, but 3 were read before/s);
    catchUp();
    await gateway.ready;
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
    await gateway.close();
    rmSync(fake.folder, { recursive: true });
  });

  it('refuses a peer that stays behind, and at once one whose history differs', async () => {
    const { fake, catchUp } = await behindByOne();
    const gateway = await startOn(fake, 1);
    await expect(gateway.ready).rejects.toMatchObject({
      code: 'ROLLED_BACK',
      message:
        'The peer holds 2 blocks, but 3 were read before and has not caught up in 0.001 s: it is behind, or was set back.',
    });
    await gateway.close();
    catchUp();
    fake.ledger.blocksCut.push({ ...fake.ledger.blocksCut.pop()!, hash: 'ff'.repeat(32) });
    const other = await startOn(fake, 60_000);
    await expect(other.ready).rejects.toMatchObject({
      code: 'ROLLED_BACK',
      message: 'Block 2 of the peer is another one than was read before.',
    });
    await other.close();
    rmSync(fake.folder, { recursive: true });
  });

  it('stops when it is told to while it waits', async () => {
    const { fake } = await behindByOne();
    const gateway = await startOn(fake, 60_000);
    while (!fake.ledger.calls.includes('leavePeer')) await new Promise(setImmediate);
    await gateway.close();
    await gateway.ready;
    rmSync(fake.folder, { recursive: true });
  });

  it('on another ledger refuses the folder', async () => {
    const fake = await FakeGateway.start();
    await fake.gateway.close();
    const ledgerId = 'cd'.repeat(32);
    const ledger = new FakeLedger({ ledgerId, mspId: 'TestMSP', clock: () => new Date() });
    await ledger.submit({
      name: 'init',
      args: await foundingArguments(ledgerId, 'TestMSP', new Date().toISOString().replace(/\.[0-9]+Z$/, 'Z')),
    });
    await expect(FakeGateway.on(fake.folder, ledger)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    rmSync(fake.folder, { recursive: true });
  });
});
