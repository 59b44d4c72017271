import { join } from 'node:path';
import { LedgerClient } from '@carbon-ledger/client-sdk';
import { isLedgerError, verifyReceipt } from '@carbon-ledger/core';
import { trialSigner } from '@carbon-ledger/plant-year/trial';
import { openLedgerReader, startEmbeddedPeer, type EmbeddedPeer } from '@carbon-ledger/embedded-peer';
import { letPass, takeClock } from '../../../test/retention/clock';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { createFabricGatewayLedger, startGateway, type Gateway, type LedgerPort } from '..';
import { fsck, ProjectionReader } from '@carbon-ledger/auditor';
import { foundingArguments, lab, national, marketDrafts, sampleReceipt, testReport } from '../testing/trial-world';

const [first, other] = ['RegulatorMSP', 'LabMSP'] as const;
const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

describe('private figures whose retention is over', () => {
  let folder: string;
  let peer: EmbeddedPeer;
  const ledgers: LedgerPort[] = [];
  const gateways: Gateway[] = [];
  const receipt = sampleReceipt('U1');
  const report = testReport(receipt);
  let txId: string;

  async function serve(msp: string, init?: string[]): Promise<Gateway> {
    const { endpoint, tls, channel, chaincodeName } = peer;
    const identity = peer.identities.get(msp)!;
    const ledger = createFabricGatewayLedger({ endpoint, tls, identity, channel, chaincodeName });
    if (init !== undefined) await ledger.submit({ name: 'init', args: init });
    const dataDir = join(folder, msp);
    const gateway = await startGateway({ ledger, dataDir, version: '0.0.0-test', port: 0, logLevel: 'silent' });
    await gateway.ready;
    ledgers.push(ledger);
    gateways.push(gateway);
    return gateway;
  }
  const clientOf = (index: number, party?: string): LedgerClient => {
    const identity = party === undefined ? {} : { party, signer: trialSigner(party) };
    return new LedgerClient({ baseUrl: gateways[index]!.url, ...identity, clock: () => new Date() });
  };
  const codeOf = async (asked: Promise<unknown>): Promise<string | undefined> => {
    const error = await asked.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return isLedgerError(error) ? error.code : (error as { code?: string } | undefined)?.code;
  };
  const purge = (index: number, party: string, years = 5): Promise<unknown> =>
    clientOf(index, party).purge({ years, transactions: [txId] });

  beforeAll(async () => {
    takeClock();
    folder = temporaryFolder('retention');
    peer = await startEmbeddedPeer({ dataDir: folder, organisations: [first, other] });
    await serve(first, await foundingArguments(peer.genesisHash, first, now()));
    await serve(other);
    await clientOf(0).submit(await marketDrafts(first, peer.genesisHash, now()));
    const anchored = await clientOf(0, lab).anchor({
      records: [receipt.record, report.record],
      figures: { [report.id]: report.figures },
    });
    txId = anchored.txId!;
  });

  afterAll(() => {
    jest.useRealTimers();
  });

  it('are not due while the law keeps them', async () => {
    letPass(5, 29);
    expect(await clientOf(0, national).call('getRetention')).toEqual({ years: 5, transactions: [] });
    expect(await codeOf(purge(0, national))).toBe('RETENTION_RUNNING');
  });

  it('are purged for the founding authority alone, through its own organisation', async () => {
    letPass(0, 2);
    expect(await codeOf(clientOf(0, lab).call('getRetention'))).toBe('FORBIDDEN');
    expect(await codeOf(purge(0, lab))).toBe('FORBIDDEN');
    expect(await codeOf(purge(1, national))).toBe('WRONG_MSP');
    expect(await codeOf(purge(0, national, 6))).toBe('RETENTION_RUNNING');
    const due = await clientOf(0, national).call('getRetention');
    expect(due.transactions).toEqual([{ txId, anchoredAt: expect.any(String) as string, records: 1 }]);
    expect(await clientOf(1, lab).record(report.id, { figures: true })).toMatchObject({ figuresAccess: 'shown' });
    expect(await purge(0, national)).toMatchObject({ txId: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    expect(await codeOf(purge(0, national))).toBe('NOT_FOUND');
    expect(await clientOf(0, national).call('getRetention')).toMatchObject({ transactions: [] });
  });

  it('are gone at every gateway, which say so, while record and receipt stay', async () => {
    for (const index of [0, 1]) {
      const client = clientOf(index, lab);
      while ((await client.record(report.id)).figuresAccess !== 'purged') await client.call('livez');
      const record = await client.record(report.id, { figures: true });
      expect(record).toMatchObject({ figuresAccess: 'purged', figuresPurged: { years: 5 }, record: report.record });
      expect(record.figures).toBeUndefined();
      expect(await codeOf(client.trace(`${report.key}#Cad_pct`))).toBe('FIGURES_PURGED');
      const held = await client.receipt(report.id);
      expect(verifyReceipt({ receipt: held, policy: gateways[index]!.policy }).result).toBe('PASS');
    }
    const answer = await ledgers[0]!.evaluate({ name: 'figures', args: [txId] });
    expect(Buffer.from(answer).toString()).toBe('null');
  });

  it('leave blocks, state and projection that agree, the figures alone missing', async () => {
    for (const gateway of gateways) await gateway.close();
    for (const ledger of ledgers) await ledger.close();
    await peer.close();
    const reader = await openLedgerReader(folder);
    const projection = await ProjectionReader.open(join(folder, other, 'projection'));
    const held: string[] = [];
    for await (const [key] of projection.entries()) held.push(key.slice(0, 2));
    const run = await fsck({ source: reader, figures: reader, projection, peerState: reader, threads: 0 });
    await projection.close();
    await reader.close();
    expect(held).not.toContain('f/');
    expect(held).toContain('z/');
    expect(run.findings).toEqual([]);
    expect(run).toMatchObject({ result: 'ok', counts: { recordsWithoutFigures: 1 } });
  });
});
