import type { ClientIdentity, EmbeddedPeer, EmbeddedPeerOptions } from '@carbon-ledger/embedded-peer';
import type { LedgerPort, WatchedCertificate } from '@carbon-ledger/gateway-api';
import { LedgerError } from '@carbon-ledger/core';
import { ownFolder } from './own-folder';
import {
  serveChannel,
  startOrUndo,
  type Channel,
  type RunningService,
  type ServingOptions,
  type Started,
} from './serving';

/**
 * For `keepHeapSmall` of the process that serves: a peer makes much short-lived garbage, for which V8 would let the heap grow to
 * several times what is in use.
 */
export const SERVING_HEAP_PERCENT = 40;

export interface EmbeddedOptions extends ServingOptions {
  /** Peer and gateway on one thread: less memory, but they share a core. Otherwise the peer gets a thread of its own. */
  readonly oneThread: boolean;
  readonly peer?: PeerNames;
}

/** Where the embedded peer listens, and the names that a new ledger gets; a ledger keeps those that it was founded with. */
export interface PeerNames {
  /** On loopback; 0 (default) takes a free one. */
  readonly port?: number | undefined;
  readonly channel?: string | undefined;
  readonly chaincode?: string | undefined;
  /** The one organisation of a ledger on one machine; default `EmbeddedMSP`. */
  readonly msp?: string | undefined;
}

/** There is one operator, and it acts as the one organisation. */
function identityOf({ identities }: EmbeddedPeer): ClientIdentity {
  const [identity] = identities.values();
  if (identity === undefined) throw new LedgerError('STORE_CORRUPT', 'the folder has no identity of an organisation');
  return identity;
}

async function connectTo(peer: EmbeddedPeer): Promise<LedgerPort> {
  const { createFabricGatewayLedger } = await import('@carbon-ledger/gateway-api');
  const identity = identityOf(peer);
  const { endpoint, tls, channel, chaincodeName } = peer;
  return createFabricGatewayLedger({ endpoint, tls, identity, channel, chaincodeName });
}

interface EmbeddedChannel extends Channel {
  readonly peer: EmbeddedPeer;
  readonly failed: EmbeddedPeer['failed'];
}

/** The channel of a folder, made where there is none. @throws LedgerError FOLDER_LOCKED, STORE_CORRUPT */
export async function openEmbeddedChannel(
  { dataDir, oneThread, peer: names = {} }: Pick<EmbeddedOptions, 'dataDir' | 'oneThread' | 'peer'>,
  started: Started,
): Promise<EmbeddedChannel> {
  await ownFolder(dataDir);
  const options = peerOptions(dataDir, names);
  const peer = started.add(await (oneThread ? startOnThisThread(options) : startOnItsOwn(options)));
  const ledger = started.add(await connectTo(peer));
  const certificates = (): readonly WatchedCertificate[] => [
    { name: 'identity', certificate: identityOf(peer).certificate },
    { name: 'peer-client', certificate: peer.tls.clientCert },
  ];
  const facts = { ledgerId: peer.genesisHash, deployment: 'embedded' as const, failed: peer.failed };
  return { ...facts, ledger, certificates, reloadables: [], peer };
}

type PeerOptions = Pick<EmbeddedPeerOptions, 'dataDir' | 'organisations' | 'channel' | 'chaincodeName' | 'listen'>;

function peerOptions(dataDir: string, { port, channel, chaincode, msp }: PeerNames): PeerOptions {
  return {
    dataDir,
    ...(port === undefined ? {} : { listen: { port } }),
    ...(channel === undefined ? {} : { channel }),
    ...(chaincode === undefined ? {} : { chaincodeName: chaincode }),
    ...(msp === undefined ? {} : { organisations: [msp] }),
  };
}

async function startOnThisThread(options: PeerOptions): Promise<EmbeddedPeer> {
  const { startEmbeddedPeer } = await import('@carbon-ledger/embedded-peer');
  return startEmbeddedPeer(options);
}

/** What the peer is made of is loaded on its thread alone. */
async function startOnItsOwn(options: PeerOptions): Promise<EmbeddedPeer> {
  const { startEmbeddedPeerThread } = await import('@carbon-ledger/embedded-peer/thread');
  return startEmbeddedPeerThread(options);
}

async function start(options: EmbeddedOptions, started: Started): Promise<RunningService> {
  const { failed, peer, ...channel } = await openEmbeddedChannel(options, started);
  const { endpoint, channel: name, chaincodeName, profileFile } = peer;
  const { mspId } = identityOf(peer);
  const shown = { endpoint, channel: name, chaincode: chaincodeName, msp: mspId, profile: profileFile };
  return { ...(await serveChannel(channel, options, started)), peer: shown, failed };
}

/**
 * Starts the embedded ledger and the gateway on one folder and one port, founding the ledger where there is none.
 * @throws LedgerError USAGE (other names than the ledger's), PORT_TAKEN, FOLDER_LOCKED, STORE_CORRUPT, ROLLED_BACK,
 * INTERRUPTED; whatever the founder throws
 */
export async function startEmbeddedService(options: EmbeddedOptions): Promise<RunningService> {
  return startOrUndo((started) => start(options, started));
}
