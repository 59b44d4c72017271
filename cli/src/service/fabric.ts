import { isLedgerError, LedgerError } from '@carbon-ledger/core';
import type { FabricProfile, PeerEndpoint, ProfileAdditions, WatchedCertificate } from '@carbon-ledger/gateway-api';
import { ownFolder } from './own-folder';
import {
  orAborted,
  serveChannel,
  startOrUndo,
  type Channel,
  type RunningService,
  type ServingOptions,
  type Started,
} from './serving';

/** The preferred peer that answers says which channel this is. */
async function ledgerIdOf(profile: FabricProfile): Promise<string> {
  const { openPeerSource } = await import('@carbon-ledger/gateway-api');
  const { readGenesisHash } = await import('@carbon-ledger/auditor');
  const ask = (peer: PeerEndpoint): Promise<string> => {
    const source = openPeerSource({ ...profile, ...peer });
    return readGenesisHash(source).finally(() => {
      source.close();
    });
  };
  const others = profile.otherPeers ?? [];
  let answer = ask(profile);
  for (const peer of others) {
    answer = answer.catch((error: unknown) => {
      if (isLedgerError(error) && error.code === 'UNREACHABLE') return ask(peer);
      throw error;
    });
  }
  return answer;
}

/**
 * The channel of an organisation's own peer.
 * @throws LedgerError UNREACHABLE, BAD_FILE, FILE_UNREADABLE
 */
export async function openFabricChannel(
  file: string,
  additions: ProfileAdditions | undefined,
  started: Started,
  onSilence: (text: string) => void = () => undefined,
): Promise<Channel> {
  const { openFabricLedger, readPeerProfile } = await import('@carbon-ledger/gateway-api');
  const profile = await readPeerProfile(file, additions);
  const ledgerId = await tellingSilence(ledgerIdOf(profile), profile, onSilence);
  const ledger = started.add(await openFabricLedger(profile));
  let shown = profile;
  const reload = async (): Promise<void> => {
    const next = await readPeerProfile(file, additions);
    if (ledger.renew === undefined)
      throw new LedgerError('USAGE', `the driver ${next.driver} cannot: start the service again`);
    ledger.renew(next);
    shown = next;
  };
  return {
    ledger,
    ledgerId,
    deployment: 'fabric',
    certificates: () => certificatesOf(shown),
    reloadables: [{ name: 'the profile and its certificates', files: profile.files, reload }],
  };
}

function certificatesOf({ identity, tls }: FabricProfile): readonly WatchedCertificate[] {
  const { clientCert } = tls;
  return [
    { name: 'identity', certificate: identity.certificate },
    ...(clientCert === undefined ? [] : [{ name: 'peer-client', certificate: clientCert }]),
  ];
}

/** A peer is not called silent before. */
const SILENT_MS = 2_500;

/** Somebody who waits at a terminal is told for whom. */
async function tellingSilence<T>(
  answer: Promise<T>,
  { endpoint, otherPeers = [] }: FabricProfile,
  onSilence: (text: string) => void,
): Promise<T> {
  const peers = [endpoint, ...otherPeers.map((peer) => peer.endpoint)].join(', ');
  const timer = setTimeout(() => {
    onSilence(`Waiting for the peer ${peers}: no answer yet. Each gets 30 s; Ctrl-C stops.`);
  }, SILENT_MS);
  return answer.finally(() => {
    clearTimeout(timer);
  });
}

async function start(file: string, options: FabricOptions, started: Started): Promise<RunningService> {
  const channel = await openFabricChannel(file, options.profile, started, options.onSilence);
  return serveChannel(channel, options, started);
}

export interface FabricOptions extends ServingOptions {
  /** What is said beside the profile's file. */
  readonly profile?: ProfileAdditions;
  /** Told, for people, when a peer has not answered for some seconds. */
  readonly onSilence?: (text: string) => void;
}

/**
 * Starts a gateway of one organisation on its own peer of a Fabric network, founding the ledger where the channel has none.
 * @throws LedgerError UNREACHABLE, BAD_FILE, FILE_UNREADABLE, FOLDER_LOCKED, ROLLED_BACK, INTERRUPTED
 */
export async function startFabricService(file: string, options: FabricOptions): Promise<RunningService> {
  await ownFolder(options.dataDir);
  // A peer that takes connections and answers nothing would hold the start for as long as its calls may last.
  return startOrUndo((started) => orAborted(start(file, options, started), options.signal));
}
