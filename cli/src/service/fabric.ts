import { mkdir } from 'node:fs/promises';
import { isLedgerError, LedgerError } from '@carbon-ledger/core';
import type { FabricProfile, PeerEndpoint, ProfileAdditions } from '@carbon-ledger/gateway-api';
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
  const { openPeerSource, readGenesisHash } = await import('@carbon-ledger/gateway-api');
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
): Promise<Channel> {
  const { openFabricLedger, readPeerProfile } = await import('@carbon-ledger/gateway-api');
  const profile = await readPeerProfile(file, additions);
  const ledgerId = await ledgerIdOf(profile);
  const ledger = started.add(await openFabricLedger(profile));
  return { ledger, ledgerId, deployment: 'fabric' };
}

async function start(file: string, options: FabricOptions, started: Started): Promise<RunningService> {
  return serveChannel(await openFabricChannel(file, options.profile, started), options, started);
}

export interface FabricOptions extends ServingOptions {
  /** What is said beside the profile's file. */
  readonly profile?: ProfileAdditions;
}

/**
 * Starts a gateway of one organisation on its own peer of a Fabric network, founding the ledger where the channel has none.
 * @throws LedgerError UNREACHABLE, BAD_FILE, FILE_UNREADABLE, FOLDER_LOCKED, ROLLED_BACK, INTERRUPTED
 */
export async function startFabricService(file: string, options: FabricOptions): Promise<RunningService> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    throw new LedgerError('FILE_UNREADABLE', `${options.dataDir} cannot be made`, { cause });
  });
  // A peer that takes connections and answers nothing would hold the start for as long as its calls may last.
  return startOrUndo((started) => orAborted(start(file, options, started), options.signal));
}
