import { mkdir } from 'node:fs/promises';
import { LedgerError } from '@carbon-ledger/core';
import { serveChannel, startOrUndo, type RunningService, type ServingOptions, type Started } from './serving';

async function start(profile: string, options: ServingOptions, started: Started): Promise<RunningService> {
  const { createFabricGatewayLedger, openPeerSource, readGenesisHash, readPeerProfile } =
    await import('@carbon-ledger/gateway-api');
  const connection = await readPeerProfile(profile);
  const source = openPeerSource(connection);
  const ledgerId = await readGenesisHash(source).finally(() => {
    source.close();
  });
  const ledger = started.add(createFabricGatewayLedger(connection));
  return serveChannel({ ledger, ledgerId, deployment: 'fabric' }, options, started);
}

/**
 * Starts a gateway of one organisation on its own peer of a Fabric network, founding the ledger where the channel has none.
 * @throws LedgerError UNREACHABLE, BAD_FILE, FILE_UNREADABLE, FOLDER_LOCKED, ROLLED_BACK, INTERRUPTED
 */
export async function startFabricService(profile: string, options: ServingOptions): Promise<RunningService> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    throw new LedgerError('FILE_UNREADABLE', `${options.dataDir} cannot be made`, { cause });
  });
  return startOrUndo((started) => start(profile, options, started));
}
