import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPeer, type EmbeddedPeer } from '@carbon-ledger/embedded-peer';
import { canonicalBytes, signSubmission } from '@carbon-ledger/core';
import { trialSigner } from '@carbon-ledger/plant-year/trial';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { createFabricGatewayLedger, type LedgerBlock, type LedgerCall, type LedgerPort } from '.';
import { openFabricLedger, readPeerProfile } from '../profile';
import { TcpProxy } from '../testing/tcp-proxy';
import { foundingArguments, lab, national, marketRequest, sampleReceipt } from '../testing/trial-world';

const MSP = 'EmbeddedMSP';
const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

const drivers: Record<string, (peer: EmbeddedPeer, endpoint: string) => Promise<LedgerPort>> = {
  'fabric-gateway': (peer, endpoint) =>
    Promise.resolve(
      createFabricGatewayLedger({
        endpoint,
        tls: peer.tls,
        identity: peer.identities.get(MSP)!,
        channel: peer.channel,
        chaincodeName: peer.chaincodeName,
      }),
    ),
  'fabric-network': async (peer, endpoint) => openFabricLedger(await readPeerProfile(commonProfile(peer, endpoint))),
};

/** The peer as a common connection profile, as the second driver wants it. */
function commonProfile(peer: EmbeddedPeer, endpoint: string): string {
  const identity = peer.identities.get(MSP)!;
  const pem = (bytes: Uint8Array): { pem: string } => ({ pem: Buffer.from(bytes).toString() });
  const node = {
    url: `grpcs://${endpoint}`,
    tlsCACerts: pem(peer.tls.rootCert),
    grpcOptions: { 'ssl-target-name-override': peer.tls.serverName },
  };
  const profile = {
    name: 'embedded',
    version: '1.0.0',
    client: {
      organization: 'Embedded',
      tlsCerts: { client: { cert: pem(peer.tls.clientCert), key: pem(peer.tls.clientKey) } },
    },
    organizations: {
      Embedded: {
        mspid: MSP,
        peers: ['peer'],
        signedCert: pem(identity.certificate),
        adminPrivateKey: pem(identity.privateKey),
      },
    },
    peers: { peer: node },
    orderers: { orderer: node },
    channels: { [peer.channel]: { orderers: ['orderer'], peers: { peer: {} } } },
    'x-carbon-ledger': { driver: 'fabric-network', chaincode: peer.chaincodeName },
  };
  const file = join(temporaryFolder('profile'), 'ccp.json');
  writeFileSync(file, JSON.stringify(profile));
  return file;
}

/** What every driver of the port promises, whichever client is behind it. */
describe.each(Object.keys(drivers))('a ledger behind %s', (name) => {
  let folder: string;
  let peer: EmbeddedPeer;
  let ledger: LedgerPort;
  let door: TcpProxy;

  beforeAll(async () => {
    folder = temporaryFolder('conformance');
    peer = await startEmbeddedPeer({ dataDir: folder });
    door = await TcpProxy.open(peer.endpoint);
    ledger = await drivers[name]!(peer, door.endpoint);
    await ledger.submit({ name: 'init', args: await foundingArguments(peer.genesisHash, MSP, now()) });
    const request = await marketRequest(MSP, peer.genesisHash, now());
    await ledger.submit({ name: 'submit', transient: { request } });
  });

  afterAll(async () => {
    await ledger.close();
    await door.shut();
    await peer.close();
  });

  async function submitCall(
    party: string,
    records: readonly { record: Parameters<typeof signSubmission>[0]['records'][number] }[],
  ): Promise<LedgerCall> {
    const body = { ledger: peer.genesisHash, party, records: records.map(({ record }) => record), signedAt: now() };
    const submission = await signSubmission(body, trialSigner(party));
    const request = { submissions: [submission], figures: {}, context: { records: [], figures: {} } };
    return { name: 'submit', transient: { request: canonicalBytes(request) } };
  }

  async function readBlocks(from: bigint, count: number): Promise<LedgerBlock[]> {
    const abort = new AbortController();
    const blocks: LedgerBlock[] = [];
    for await (const block of ledger.blocks(from, abort.signal)) {
      blocks.push(block);
      if (blocks.length === count) break;
    }
    abort.abort();
    return blocks;
  }

  it('tells who orders, as the channel’s configuration says', async () => {
    const { consensus, orderers } = await ledger.ordering();
    expect(consensus).toBe('solo');
    // The peer took any free port: its channel names no address, and a profile that names one is believed.
    const named = name === 'fabric-network' ? [door.endpoint] : [];
    expect(orderers.map(({ endpoint }) => endpoint)).toEqual(named);
    for (const { tlsRootCertificates } of orderers)
      expect(Buffer.from(tlsRootCertificates[0]!).toString()).toContain('BEGIN CERTIFICATE');
  });

  it('submits, and shows what is endorsed before it is sent', async () => {
    const seen: string[] = [];
    const committed = await ledger.submit(await submitCall(lab, [sampleReceipt('U1')]), ({ txId, result }) => {
      seen.push(txId, Buffer.from(result).toString());
      return Promise.resolve();
    });
    expect(seen[0]).toBe(committed.txId);
    expect(seen[1]).toContain('"accepted"');
    expect(await ledger.transaction(committed.txId)).toEqual({ txId: committed.txId, validation: 'VALID' });
    expect(await ledger.height()).toBe(committed.blockNumber + 1n);
  });

  it('sends nothing when it is stopped between endorsement and sending', async () => {
    const before = await ledger.height();
    let txId = '';
    const stopped = ledger.submit(await submitCall(lab, [sampleReceipt('U2')]), (endorsed) => {
      txId = endorsed.txId;
      return Promise.reject(new Error('stop'));
    });
    await expect(stopped).rejects.toThrow('stop');
    expect(await ledger.transaction(txId)).toBeUndefined();
    expect(await ledger.height()).toBe(before);
  });

  it("hands on the contract's own refusal with its faults, on submit and on evaluate", async () => {
    const call = await submitCall(lab, [sampleReceipt('U1')]);
    await expect(ledger.submit(call)).rejects.toMatchObject({
      code: expect.stringMatching(/KEY_TAKEN|ALREADY_ANCHORED/) as string,
      details: { refused: [{ index: 0, faults: { length: 1 } }] },
    });
    await expect(ledger.evaluate({ name: 'figures', args: ['no transaction id'] })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('tells a question that the peer refuses from a peer that is away', async () => {
    await expect(ledger.evaluate({ name: 'noSuchFunction' })).rejects.toMatchObject({
      code: 'INTERNAL',
      message: expect.stringContaining('noSuchFunction') as string,
    });
  });

  it('evaluates', async () => {
    expect(JSON.parse(Buffer.from(await ledger.evaluate({ name: 'info' })).toString())).toMatchObject({
      founder: national,
    });
  });

  it('gives every block in order from any point, and those that come later', async () => {
    const all = await readBlocks(0n, Number(await ledger.height()));
    expect(all.map(({ number }) => number)).toEqual(all.map((_, index) => BigInt(index)));
    expect(all.at(1)?.transactions[0]?.writes.some(({ key }) => key === 'ledger')).toBe(true);
    const later = readBlocks(BigInt(all.length), 1);
    const { txId } = await ledger.submit(await submitCall(lab, [sampleReceipt('U3')]));
    expect((await later)[0]?.transactions[0]).toMatchObject({ txId, validation: 'VALID' });
  });

  it('tells a lost race as committed invalid, with the code and the transaction id', async () => {
    const [one, two] = [
      await submitCall(lab, [sampleReceipt('U4', '2024-01')]),
      await submitCall(lab, [sampleReceipt('U4', '2024-02')]),
    ];
    let release: () => void = () => undefined;
    const both = new Promise<void>((resolve) => {
      release = resolve;
    });
    let endorsed = 0;
    const together = (): Promise<void> => {
      endorsed += 1;
      if (endorsed === 2) release();
      return both;
    };
    const outcomes = await Promise.allSettled([ledger.submit(one, together), ledger.submit(two, together)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = outcomes.find((outcome) => outcome.status === 'rejected')?.reason as { details: { txId: string } };
    expect(lost).toMatchObject({ code: 'COMMIT_INVALID', details: { validation: 'MVCC_READ_CONFLICT' } });
    expect(await ledger.transaction(lost.details.txId)).toMatchObject({ validation: 'MVCC_READ_CONFLICT' });
  });

  it('does not know a transaction that never was', async () => {
    expect(await ledger.transaction('0'.repeat(64))).toBeUndefined();
  });

  // The last one: nothing is asked through this door any more.
  it('says of every question that the peer is away when it is', async () => {
    await door.shut();
    const questions = [ledger.evaluate({ name: 'info' }), ledger.height(), ledger.transaction('0'.repeat(64))];
    for (const question of await Promise.allSettled(questions))
      expect(question).toMatchObject({ status: 'rejected', reason: { code: 'UNREACHABLE' } });
  });
});
