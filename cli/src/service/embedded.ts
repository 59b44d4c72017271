import { setFlagsFromString } from 'node:v8';
import type { EmbeddedPeer, EmbeddedPeerOptions } from '@carbon-ledger/embedded-peer';
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

/** The organisation of a ledger on one machine: there is one operator, and it says so. */
const embeddedMsp = 'EmbeddedMSP';

export interface EmbeddedOptions extends ServingOptions {
  /** Peer and gateway on one thread: less memory, but they share a core. Otherwise the peer gets a thread of its own. */
  readonly oneThread: boolean;
}

async function connectTo(peer: EmbeddedPeer): Promise<LedgerPort> {
  const { createFabricGatewayLedger } = await import('@carbon-ledger/gateway-api');
  const identity = peer.identities.get(embeddedMsp);
  if (identity === undefined) throw new LedgerError('STORE_CORRUPT', `the folder has no identity of ${embeddedMsp}`);
  const { endpoint, tls, channel, chaincodeName } = peer;
  return createFabricGatewayLedger({ endpoint, tls, identity, channel, chaincodeName });
}

interface EmbeddedChannel extends Channel {
  readonly failed: EmbeddedPeer['failed'];
}

/** The channel of a folder, made where there is none. @throws LedgerError FOLDER_LOCKED, STORE_CORRUPT */
export async function openEmbeddedChannel(
  { dataDir, oneThread }: Pick<EmbeddedOptions, 'dataDir' | 'oneThread'>,
  started: Started,
): Promise<EmbeddedChannel> {
  await ownFolder(dataDir);
  setFlagsFromString(SMALL_HEAP);
  const options = { dataDir, organisations: [embeddedMsp] };
  const peer = started.add(await (oneThread ? startOnThisThread(options) : startOnItsOwn(options)));
  const ledger = started.add(await connectTo(peer));
  const certificates = (): readonly WatchedCertificate[] => [
    { name: 'identity', certificate: peer.identities.get(embeddedMsp)?.certificate ?? peer.tls.clientCert },
    { name: 'peer-client', certificate: peer.tls.clientCert },
  ];
  const facts = { ledgerId: peer.genesisHash, deployment: 'embedded' as const, failed: peer.failed };
  return { ...facts, ledger, certificates, reloadables: [] };
}

type PeerOptions = Pick<EmbeddedPeerOptions, 'dataDir' | 'organisations'>;

async function startOnThisThread(options: PeerOptions): Promise<EmbeddedPeer> {
  const { startEmbeddedPeer } = await import('@carbon-ledger/embedded-peer');
  return startEmbeddedPeer(options);
}

/** What the peer is made of is loaded on its thread alone. */
async function startOnItsOwn(options: PeerOptions): Promise<EmbeddedPeer> {
  const { startEmbeddedPeerThread } = await import('@carbon-ledger/embedded-peer/thread');
  return startEmbeddedPeerThread(options);
}

/** Much short-lived garbage, for which V8 would let the heap grow to several times what is in use. */
const SMALL_HEAP = '--heap-growing-percent=40';

async function start(options: EmbeddedOptions, started: Started): Promise<RunningService> {
  const { failed, ...channel } = await openEmbeddedChannel(options, started);
  return { ...(await serveChannel(channel, options, started)), failed };
}

/**
 * Starts the embedded ledger and the gateway on one folder and one port, founding the ledger where there is none.
 * @throws LedgerError FOLDER_LOCKED, STORE_CORRUPT, ROLLED_BACK, INTERRUPTED; whatever the founder throws
 */
export async function startEmbeddedService(options: EmbeddedOptions): Promise<RunningService> {
  return startOrUndo((started) => start(options, started));
}
