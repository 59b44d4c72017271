import { openLedgerReader, startEmbeddedPeer, type EmbeddedPeer } from '@carbon-ledger/embedded-peer';
import { fsck } from '../../auditor/src/fsck';
import { createFabricGatewayLedger, type LedgerPort } from '../../gateway-api/src/ledger';
import { readBlocks, sourceOf } from '../support/signed-month';
import { temporaryFolder } from '../support/temporary-folder';
import { Market } from './market';
import { overlapRace } from './overlap-race';
import { MemoryPort, PeerPort } from './port';
import { stories } from './stories';

describe('the market played, on the rules alone', () => {
  it.each(stories.map((story) => [story.title, story] as const))('%s', async (_, { tag, play }) => {
    await play(await Market.open(await MemoryPort.open(), tag));
  });
});

describe('the market played, on the embedded peer', () => {
  const dataDir = temporaryFolder('market');
  let peer: EmbeddedPeer;
  let port: PeerPort;
  let ledger: LedgerPort;
  beforeAll(async () => {
    peer = await startEmbeddedPeer({ dataDir });
    const [msp = ''] = peer.identities.keys();
    const identity = peer.identities.get(msp);
    if (identity === undefined) throw new Error(`${msp} has no identity`);
    const { endpoint, tls, channel, chaincodeName } = peer;
    ledger = createFabricGatewayLedger({ endpoint, tls, identity, channel, chaincodeName });
    port = new PeerPort(ledger, peer.genesisHash, [msp]);
    await port.found();
  });
  const close = async (): Promise<void> => {
    await ledger.close();
    await peer.close();
  };
  afterAll(close);

  it.each(stories.map((story) => [story.title, story] as const))('%s', async (_, { tag, play }) => {
    await play(await Market.open(port, tag));
  });

  it('lets exactly one of two overlapping ranges in one block win', async () => {
    await overlapRace(port, await Market.open(port, 'W9'));
  });

  it('leaves a peer of which everything follows from its blocks: versions, endings and cases included', async () => {
    await close();
    const reader = await openLedgerReader(dataDir);
    try {
      const source = sourceOf(await readBlocks(reader));
      const { result, findings } = await fsck({ source, figures: reader, peerState: reader, threads: 0 });
      expect({ result, findings }).toEqual({ result: 'ok', findings: [] });
    } finally {
      await reader.close();
    }
  });
});
