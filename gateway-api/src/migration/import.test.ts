import { join } from 'node:path';
import { openLedgerReader } from '@carbon-ledger/embedded-peer';
import {
  type BuiltRecord,
  canonicalBytes,
  canonicalize,
  hexPath,
  type Policy,
  verifyFigureProof,
  verifyReceipt,
} from '@carbon-ledger/core';
import { trialSigner } from '@carbon-ledger/plant-year/trial';
import { LedgerClient } from '@carbon-ledger/client-sdk';
import { headerOf, transactionsOf } from '../../../test/support/earlier-export';
import { earlierId, EarlierWorld, founder } from '../../../test/support/earlier-ledger';
import { LedgerFolder } from '../../../test/support/ledger-folder';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { build, enterprise, lab, sign, TrialWorld } from '../../../test/support/trial-world';
import { fsck } from '@carbon-ledger/auditor';
import type { LedgerCall, LedgerPort } from '../ledger';
import { ProjectionReader } from '@carbon-ledger/auditor';
import type { Gateway } from '../gateway-options';
import { startGateway } from '../start';
import { importLedger, type ImportOptions } from './import-ledger';
import { checkExport } from './read-export';
import { writeExport } from './write-export';

const file = join(temporaryFolder('import'), 'pilot.jsonl');
const now = (): string => `${new Date().toISOString().slice(0, 19)}Z`;
let earlier: EarlierWorld;
beforeAll(async () => {
  earlier = await EarlierWorld.open();
  await writeExport(file, headerOf(earlier), transactionsOf(earlier));
});

/** The next month of the same unit, on the plan and rules that came over. */
function february(world: TrialWorld): [BuiltRecord, BuiltRecord, BuiltRecord] {
  const receipt = world.receipt('2024-02', '2024-03-04');
  const days = { received: '2024-03-04', testStart: '2024-03-06', testEnd: '2024-03-08', issued: '2024-03-14' };
  const report = world.report(receipt, days);
  const due = '2024-04-09';
  const january = earlier.records.at(-1)!;
  const inputs = january.figures.filter(({ formula }) => formula === undefined).map(({ name, value }) => [name, value]);
  const evidence = build({
    type: 'monthly-evidence',
    issuer: enterprise.uscc,
    subject: { uscc: enterprise.uscc, unit: 'U1', period: '2024-02' },
    cites: { ...world.rules, 'quality-control-plan': [world.plan()], 'test-report': [report] },
    content: { carbonBasis: 'measured', dailyRecords: false, due, claimedSubmission: due },
    figures: { ...(Object.fromEntries(inputs) as Record<string, string>), operatingHours_h: '600.00' },
  });
  return [receipt, report, evidence];
}

describe('an import into a new ledger', () => {
  let target: LedgerFolder;
  let serving: Gateway | undefined;
  beforeAll(async () => {
    target = await LedgerFolder.open();
  });
  afterEach(() => serving?.close());

  async function bring(options: Partial<ImportOptions> = {}): ReturnType<typeof importLedger> {
    const check = await checkExport(file);
    try {
      return await importLedger({
        ...{ ledger: target.ledger, ledgerId: target.id, file, check, organisations: {}, now },
        signer: () => Promise.resolve(trialSigner(founder)),
        limits: { records: 1 },
        ...options,
      });
    } finally {
      await check.close();
    }
  }

  async function serve(): Promise<Gateway> {
    const { ledger, dataDir } = target;
    const gateway = await startGateway({ ledger, dataDir, port: 0, version: '0', logLevel: 'silent' });
    serving = gateway;
    await gateway.ready;
    return gateway;
  }

  async function submitNatively(): Promise<unknown> {
    const receipt = february(new TrialWorld())[0];
    const submissions = [await sign([receipt], { ledger: target.id, signedAt: now() })];
    const request = canonicalBytes({ submissions, figures: {}, context: { records: [], figures: {} } });
    return target.ledger.submit({ name: 'submit', transient: { request } });
  }

  it('is opened by the founder alone', async () => {
    const signer = (): Promise<ReturnType<typeof trialSigner>> => Promise.resolve(trialSigner(lab.uscc));
    await expect(bring({ signer })).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
    const ledger = { mspId: 'OtherMSP', evaluate: (call: LedgerCall) => target.ledger.evaluate(call) } as LedgerPort;
    await expect(bring({ ledger })).rejects.toMatchObject({
      code: 'WRONG_MSP',
      message: expect.stringContaining('--organisation EmbeddedMSP=OtherMSP') as string,
    });
  });

  it('can be stopped, lets nothing in between, and goes on where it stopped', async () => {
    const stop = new AbortController();
    const onProgress = (records: number): void => {
      if (records >= 5) stop.abort();
    };
    await expect(bring({ signal: stop.signal, onProgress })).rejects.toMatchObject({ code: 'INTERRUPTED' });
    await expect(submitNatively()).rejects.toMatchObject({ code: 'IMPORT_OPEN' });
    expect(await bring()).toEqual({ from: earlierId, imported: 7, already: 6, transactions: 5 });
    expect(await bring()).toEqual({ from: earlierId, imported: 0, already: 13, transactions: 5 });
    const late = {
      request: canonicalBytes({
        transactions: earlier.transactions.slice(0, 1),
        figures: {},
        context: { records: [], figures: {} },
      }),
    };
    const proof = canonicalize({
      records: hexPath(earlier.proof(1).records),
      transactions: hexPath(earlier.proof(1).transactions),
    });
    await expect(
      target.ledger.submit({ name: 'importBatch', args: ['0', proof], transient: late }),
    ).rejects.toMatchObject({ code: 'IMPORT_CLOSED' });
    await submitNatively();
  });

  it('is refused where another ledger stands, or another export was begun with', async () => {
    await expect(target.found()).rejects.toMatchObject({ code: 'KEY_TAKEN' });
    const check = await checkExport(file);
    const other = { ...check.header, checkpoint: `${check.header.checkpoint}— witness.example/x AAAAAAAAAAA=\n` };
    Object.assign(check, { header: other });
    await expect(bring({ check })).rejects.toMatchObject({ code: 'IMPORT_MISMATCH' });
    await check.close();
  });

  it('is shown for what it is, and given back whole', async () => {
    const gateway = await serve();
    const client = new LedgerClient({ baseUrl: gateway.url, party: founder, signer: trialSigner(founder) });
    const facts = await client.ledger();
    expect(facts).toMatchObject({ logSize: 14, founder, earlier: { ledger: earlierId, size: 13, complete: true } });
    const evidence = earlier.records.at(-1)!;
    const view = await client.record(evidence.id, { figures: true });
    expect(view).toMatchObject({
      logIndex: 12,
      earlier: { ledger: earlierId, anchoredAt: '2025-03-01T08:04:00Z', blockNumber: '5' },
    });
    expect(view.figures).toHaveLength(evidence.figures.length);
    const trace = await client.trace(`${evidence.key}#emission_tCO2`);
    expect(trace.status).toBe('intact');
    const { items } = await client.call('listSubmissions', { query: { include: 'figures', limit: 500 } });
    expect(items.map(({ submission }) => submission).slice(0, 8)).toEqual(
      earlier.transactions.flatMap(({ submissions }) => submissions),
    );
    expect(items.flatMap(({ hidden }) => hidden)).toEqual([]);
  });

  it('goes on: new records cite those that came over, and both are proved under one policy', async () => {
    const gateway = await serve();
    const as = (party: string): LedgerClient =>
      new LedgerClient({ baseUrl: gateway.url, party, signer: trialSigner(party) });
    const [receipt, report, evidence] = february(new TrialWorld());
    await as(lab.uscc).anchor({ records: [report.record], figures: { [report.id]: report.figures } });
    await as(enterprise.uscc).anchor({ records: [evidence.record], figures: { [evidence.id]: evidence.figures } });
    const client = as(founder);
    const ids = [earlier.records[0]!.id, earlier.records[12]!.id, receipt.id, evidence.id];
    const { policy } = gateway;
    expect(policy).toMatchObject({ schema: 'carbon-ledger/policy/v2', earlier: { ledgerId: earlierId, size: '13' } });
    const first: Policy = {
      ...headerOf(earlier).policy,
      ledgerId: policy.ledgerId,
      origin: policy.origin,
      logKey: policy.logKey,
    };
    const results = (given: Policy, receipts: readonly unknown[]): unknown[] =>
      receipts.map((one) => verifyReceipt({ receipt: one, policy: given })).map(({ result, code }) => code ?? result);
    const receipts = await client.receipts(ids);
    expect(results(policy, receipts)).toEqual(['PASS', 'PASS', 'PASS', 'PASS']);
    expect(results(first, receipts)).toEqual(['WRONG_LEDGER', 'WRONG_LEDGER', 'PASS', 'PASS']);
    const original = await client.call('getReceipt', { params: { id: ids[1]! }, query: { log: 'earlier' } });
    expect(results(headerOf(earlier).policy, [original, receipts[1]])).toEqual(['PASS', 'CHECKPOINT_ORIGIN_MISMATCH']);
    const own = client.call('getReceipt', { params: { id: evidence.id }, query: { log: 'earlier' } });
    await expect(own).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const proof = await client.prove(`${evidence.key}#emission_tCO2`);
    expect(verifyFigureProof({ proof, policy })).toMatchObject({ result: 'PASS' });
    expect(verifyFigureProof({ proof, policy: first })).toMatchObject({ result: 'FAIL', code: 'SIGNATURE_INVALID' });
  });

  it('is rebuilt and found in order from its blocks, with and without figures', async () => {
    await target.close();
    const reader = await openLedgerReader(target.dataDir);
    const source = {
      name: 'test',
      height: () => Promise.resolve(undefined),
      blocks: (from: number) => reader.blocks(from),
    };
    const projection = await ProjectionReader.open(join(target.dataDir, 'projection'));
    const whole = await fsck({ source, figures: reader, threads: 0, projection, peerState: reader });
    expect(whole.findings).toEqual([]);
    expect(whole).toMatchObject({ result: 'ok', counts: { records: 16, submissions: 11, figures: 44 } });
    const blind = await fsck({ source, threads: 0 });
    expect(blind).toMatchObject({ result: 'ok', findings: [], counts: { recordsWithoutFigures: 4 } });
    await projection.close();
    await reader.close();
  });
});
