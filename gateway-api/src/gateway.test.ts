import { join } from 'node:path';
import { LedgerClient } from '@carbon-ledger/client-sdk';
import { verifyReceipt } from '@carbon-ledger/core';
import { trialSigner } from '@carbon-ledger/plant-year/trial';
import { startEmbeddedPeer, type EmbeddedPeer } from '@carbon-ledger/embedded-peer';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { createFabricGatewayLedger, startGateway, type Gateway, type LedgerPort } from '.';
import { foundingArguments, lab, marketDrafts, sampleReceipt, testReport } from './testing/trial-world';

const MSP = 'EmbeddedMSP';
const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

describe('the gateway on an embedded peer', () => {
  let folder: string;
  let peer: EmbeddedPeer;
  let ledger: LedgerPort;
  let gateway: Gateway;
  let client: LedgerClient;

  beforeAll(async () => {
    folder = temporaryFolder('gateway');
    peer = await startEmbeddedPeer({ dataDir: join(folder, 'peer') });
    const identity = peer.identities.get(MSP)!;
    ledger = createFabricGatewayLedger({
      endpoint: peer.endpoint,
      tls: peer.tls,
      identity,
      channel: peer.channel,
      chaincodeName: peer.chaincodeName,
    });
    await ledger.submit({ name: 'init', args: await foundingArguments(peer.genesisHash, MSP, now()) });
    gateway = await startGateway({ ledger, dataDir: folder, version: '0.1.0', port: 0, logLevel: 'warn' });
    await gateway.ready;
    client = new LedgerClient({ baseUrl: gateway.url, party: lab, signer: trialSigner(lab) });
  });

  afterAll(async () => {
    await gateway.close();
    await ledger.close();
    await peer.close();
  });

  it('anchors parties, then records of a lab, and proves them', async () => {
    const { submissions } = await client.submit(await marketDrafts(MSP, peer.genesisHash, now()));
    expect(submissions[0]).toMatchObject({ state: 'committed', records: { length: 5 } });
    const receipt = sampleReceipt('U1');
    const report = testReport(receipt);
    const answer = await client.anchor(
      { records: [receipt.record, report.record], figures: { [report.id]: report.figures } },
      'proven',
    );
    expect(answer).toMatchObject({ state: 'committed', receipts: { length: 2 } });
    for (const one of answer.receipts!) {
      expect(verifyReceipt({ receipt: one, policy: gateway.policy })).toMatchObject({ result: 'PASS' });
    }
    expect(await client.record(report.id, { figures: true })).toMatchObject({
      figuresAccess: 'shown',
      figures: { length: 6 },
    });
  });

  it('tells every fault of what the ledger refuses', async () => {
    const report = testReport(sampleReceipt('U7'));
    const problem = await client
      .anchor({ records: [report.record], figures: { [report.id]: report.figures } })
      .catch((error: unknown) => error);
    expect(problem).toMatchObject({
      code: 'CITATION_UNKNOWN',
      faults: [{ path: '/submissions/0/submission/records/0/cites/0' }],
    });
  });
});
