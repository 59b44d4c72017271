import { startEmbeddedPeer, type EmbeddedPeer } from '@carbon-ledger/embedded-peer';
import { fsck, type FsckReport } from '../../auditor/src/fsck';
import { connectClient, type TestClient } from '../../embedded-peer/src/testing/client';
import { createFabricGatewayLedger, type LedgerPort } from '../../gateway-api/src/ledger';
import { openPeerSource } from '../../gateway-api/src/ledger/peer-source';
import { Market } from '../fabric/recorder/market';
import { temporaryFolder } from '../support/temporary-folder';
import { takeClock } from './clock';
import { playPurge } from './purge-story';

const organisations = ['RegulatorMSP', 'EnterpriseMSP', 'LabMSP', 'VerifierMSP'];
const dataDir = temporaryFolder('purge');
let peer: EmbeddedPeer;
const ports: LedgerPort[] = [];
const clients: TestClient[] = [];

function optionsOf(msp: string): Parameters<typeof createFabricGatewayLedger>[0] {
  const identity = peer.identities.get(msp);
  if (identity === undefined) throw new Error(`${msp} has no identity`);
  const { endpoint, tls, channel, chaincodeName } = peer;
  return { endpoint, tls, identity, channel, chaincodeName };
}

async function looked(): Promise<FsckReport> {
  const source = openPeerSource(optionsOf('RegulatorMSP'));
  try {
    return await fsck({ source, figures: source, threads: 0 });
  } finally {
    source.close();
  }
}

beforeAll(async () => {
  takeClock();
  peer = await startEmbeddedPeer({ dataDir, organisations });
  ports.push(...organisations.map((msp) => createFabricGatewayLedger(optionsOf(msp))));
  clients.push(...organisations.map((msp) => connectClient(peer, msp)));
});
afterAll(async () => {
  jest.useRealTimers();
  for (const client of clients) client.close();
  for (const port of ports) await port.close();
  await peer.close();
});

test('a purge as the founder ordered it, and none else, on the embedded peer', async () => {
  const market = new Market(peer.genesisHash);
  const founder = ports[0]!;
  await founder.submit({ name: 'init', args: await market.initArguments() });
  await founder.submit({ name: 'submit', ...(await market.parties()) });
  const members = ports.map((port, index) => ({ port, network: clients[index]!.network }));
  await playPurge({ ledger: peer.genesisHash, market, founder, members, fsck: looked }, 'U1');
});
