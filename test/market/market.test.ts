import { openLedgerReader, startEmbeddedPeer, type EmbeddedPeer } from '@carbon-ledger/embedded-peer';
import { fsck } from '../../auditor/src/fsck';
import { createFabricGatewayLedger, type LedgerPort } from '../../gateway-api/src/ledger';
import { readBlocks, sourceOf } from '../support/signed-month';
import { temporaryFolder } from '../support/temporary-folder';
import { partyKinds, recordTypeNames, type PartyKind, type RecordType } from '@carbon-ledger/core';
import { Answered } from './answered';
import { Market } from './market';
import { overlapRace } from './overlap-race';
import { MemoryPort, PeerPort } from './port';
import { stories } from './stories';

/** Types that move nothing between parties, and are in no story; core asks for what rests on an example of each. */
const unplayed: ReadonlySet<RecordType> = new Set<RecordType>([
  ...(['benchmark', 'device-batch', 'disclosure', 'reconciliation', 'rule-edition', 'rule-set'] as const),
  ...(['screening-result', 'self-inspection', 'verifier-assessment'] as const),
]);
/** Kinds that file nothing in the stories. */
const absent: ReadonlySet<PartyKind> = new Set<PartyKind>(['device', 'preparer']);

describe('the market played, on the rules alone', () => {
  const answered = new Answered();

  it.each(stories.map((story) => [story.title, story] as const))('%s', async (_, { tag, play }) => {
    const port = await MemoryPort.open();
    await play(await Market.open(port, tag));
    await answered.ask(port.ledger);
  });

  it('has what rests on a record of every type that is filed about a plant, and an inbox for every kind of party', () => {
    expect([...answered.types].sort()).toEqual(recordTypeNames.filter((type) => !unplayed.has(type)).sort());
    expect([...answered.kinds].sort()).toEqual(partyKinds.filter((kind) => !absent.has(kind)).sort());
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
    // The stories above ask after every step; here the same steps meet a peer.
    port = new PeerPort(ledger, peer.genesisHash, [msp], false);
    await port.found();
  });
  const close = async (): Promise<void> => {
    await ledger.close();
    await peer.close();
  };
  afterAll(close);

  it.each(stories.map((story) => [story.title, story] as const))('%s', async (_, { tag, play }) => {
    const market = await Market.open(port, tag);
    await play(market);
    await market.hold();
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
