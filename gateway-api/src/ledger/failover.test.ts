import { canonicalBytes } from '@carbon-ledger/core';
import { startEmbeddedPeer, type EmbeddedPeer } from '@carbon-ledger/embedded-peer';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { createAuthority } from '../../../embedded-peer/src/identity/certificates';
import { createFabricGatewayLedger, type LedgerCall, type RenewableLedger } from '.';
import { PeerConnections } from './peer-connections';
import { TcpProxy } from '../testing/tcp-proxy';
import { foundingArguments, lab, marketRequest, sampleReceipt, signedBy } from '../testing/trial-world';

const MSP = 'EmbeddedMSP';
const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

describe('a driver with two peers of its organisation', () => {
  let folder: string;
  let peer: EmbeddedPeer;
  let doors: readonly [TcpProxy, TcpProxy];
  let ledger: RenewableLedger;

  beforeEach(async () => {
    folder = temporaryFolder('failover');
    peer = await startEmbeddedPeer({ dataDir: folder });
    doors = [await TcpProxy.open(peer.endpoint), await TcpProxy.open(peer.endpoint)];
    const [first, second] = doors;
    const { tls, channel, chaincodeName } = peer;
    ledger = createFabricGatewayLedger({
      endpoint: first.endpoint,
      tls,
      otherPeers: [{ endpoint: second.endpoint, tls }],
      identity: peer.identities.get(MSP)!,
      channel,
      chaincodeName,
    });
    await ledger.submit({ name: 'init', args: await foundingArguments(peer.genesisHash, MSP, now()) });
    const request = await marketRequest(MSP, peer.genesisHash, now());
    await ledger.submit({ name: 'submit', transient: { request } });
  });
  afterEach(async () => {
    await ledger.close();
    await Promise.all(doors.map((door) => door.shut()));
    await peer.close();
  });

  async function submitCall(...[party, records]: Parameters<typeof signedParts>): Promise<LedgerCall> {
    const { submission, figures } = await signedParts(party, records);
    const request = canonicalBytes({ submissions: [submission], figures, context: { records: [], figures: {} } });
    return { name: 'submit', transient: { request } };
  }
  const signedParts = (party: string, records: Parameters<typeof signedBy>[2]): ReturnType<typeof signedBy> =>
    signedBy(party, peer.genesisHash, records, now());
  const record = (unit: string): Promise<LedgerCall> => submitCall(lab, [sampleReceipt(unit)]);

  it('asks and submits at the second when the first is away', async () => {
    await doors[0].shut();
    expect(await ledger.height()).toBe(3n);
    expect(JSON.parse(Buffer.from(await ledger.evaluate({ name: 'info' })).toString())).toMatchObject({
      ledgerId: peer.genesisHash,
    });
    const { txId, blockNumber } = await ledger.submit(await record('U1'));
    expect(blockNumber).toBe(3n);
    expect(await ledger.transaction(txId)).toEqual({ txId, validation: 'VALID' });
  });

  it('goes on under a new certificate from one call to the next, and takes no other channel', async () => {
    const { tls, channel, chaincodeName, identities } = peer;
    const own = identities.get(MSP)!;
    const { pair } = await createAuthority({ commonName: 'nobody', organisation: 'nobody' }, new Date());
    const nobody = {
      mspId: MSP,
      certificate: Buffer.from(pair.certificate),
      privateKey: Buffer.from(pair.privateKey),
    };
    const way = { endpoint: doors[1].endpoint, tls, channel, chaincodeName };
    await ledger.submit(await record('U1'));
    ledger.renew({ ...way, identity: nobody });
    await expect(ledger.submit(await record('U2'))).rejects.toMatchObject({ code: 'ENDORSEMENT_FAILED' });
    ledger.renew({ ...way, identity: own });
    await doors[0].shut();
    expect((await ledger.submit(await record('U3'))).blockNumber).toBe(4n);
    expect(() => {
      ledger.renew({ ...way, identity: own, channel: 'other' });
    }).toThrow('other');
  });

  it('asks the second when it is told that the first is behind', async () => {
    ledger.leavePeer();
    await doors[0].shut();
    const leave = jest.spyOn(PeerConnections.prototype, 'leave');
    expect(await ledger.height()).toBe(3n);
    expect(leave).not.toHaveBeenCalled();
    leave.mockRestore();
  });

  it('sends the same transaction through the second when the first goes away after endorsing, and once', async () => {
    const { txId } = await ledger.submit(await record('U1'), () => doors[0].shut());
    const abort = new AbortController();
    const ids: string[] = [];
    for await (const block of ledger.blocks(0n, abort.signal)) {
      ids.push(...block.transactions.map((transaction) => transaction.txId));
      if (block.number === 3n) abort.abort();
    }
    expect(ids.filter((id) => id === txId)).toHaveLength(1);
  });

  it('goes on with the blocks where they broke off, without loss or doubling', async () => {
    const abort = new AbortController();
    const numbers: bigint[] = [];
    for await (const { number } of ledger.blocks(0n, abort.signal)) {
      numbers.push(number);
      if (number === 2n) {
        await doors[0].shut();
        await ledger.submit(await record('U1'));
      }
      if (number === 3n) abort.abort();
    }
    expect(numbers).toEqual([0n, 1n, 2n, 3n]);
  });

  it('leaves the peer that failed, not the one in use meanwhile', async () => {
    const leave = jest.spyOn(PeerConnections.prototype, 'leave');
    await ledger.submit(await record('U1'), async () => {
      await doors[0].shut();
      await ledger.height();
    });
    expect(new Set(leave.mock.calls.map(([connection]) => connection)).size).toBe(1);
    leave.mockRestore();
  });

  it('does not leave a peer because a block is long in coming', async () => {
    const { tls, channel, chaincodeName } = peer;
    const [first, second] = doors;
    const hasty = createFabricGatewayLedger({
      endpoint: first.endpoint,
      tls,
      otherPeers: [{ endpoint: second.endpoint, tls }],
      identity: peer.identities.get(MSP)!,
      channel,
      chaincodeName,
      timeouts: { commit: 0 },
    });
    const leave = jest.spyOn(PeerConnections.prototype, 'leave');
    await expect(hasty.submit(await record('U1'))).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(leave).not.toHaveBeenCalled();
    leave.mockRestore();
    await hasty.close();
  });

  it('keeps the outcomes apart when all are away', async () => {
    const call = await record('U1');
    const shutAll = async (): Promise<void> => {
      await Promise.all(doors.map((door) => door.shut()));
    };
    await expect(ledger.submit(call, shutAll)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    await expect(ledger.submit(call)).rejects.toMatchObject({ code: 'NOT_SENT' });
    await expect(ledger.evaluate({ name: 'info' })).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });
});
