import path from 'node:path';
import { mkdir } from 'node:fs/promises';
import type { EmbeddedPeer } from '@carbon-ledger/embedded-peer';
import type { Gateway, LedgerPort } from '@carbon-ledger/gateway-api';
import { canonicalize, LedgerError, type Policy } from '@carbon-ledger/core';
import { writeWhole } from '../files/write-file';
import { foundLedger, type Founder, type Founding } from './founding';
import { ownVersion } from './version';

/** The organisation of a ledger on one machine: there is one operator, and it says so. */
export const embeddedMsp = 'EmbeddedMSP';

export interface EmbeddedServiceOptions {
  /** Everything lies in this folder; one process at a time. */
  readonly dataDir: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Asked only where the folder holds no ledger yet. */
  readonly founder: () => Promise<Founder>;
  /** pino level of the gateway's log on stderr. */
  readonly logLevel: string;
  /** RFC 3339 in whole seconds. */
  readonly now: () => string;
  /** Ctrl-C or SIGTERM: gives up a start that takes long, and ends the wait of `untilStopped`. */
  readonly signal: AbortSignal;
}

export interface RunningService {
  readonly url: string;
  readonly founding: Founding;
  readonly policy: Policy;
  /** Where the policy was written, to be pinned by those who verify receipts. */
  readonly policyFile: string;
  /** Resolves when the service had to stop by itself. */
  readonly failed: Promise<LedgerError>;
  close(): Promise<void>;
}

/** Things that were started, to be stopped in the opposite order, whatever happens on the way. */
class Started {
  readonly #stops: (() => Promise<void>)[] = [];

  add<Part extends { close(): Promise<void> }>(part: Part): Part {
    this.#stops.push(() => part.close());
    return part;
  }

  async close(): Promise<void> {
    for (let stop = this.#stops.pop(); stop !== undefined; stop = this.#stops.pop()) await stop();
  }
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => {
      resolve(undefined);
    });
  });
}

/** @throws LedgerError INTERRUPTED */
async function orAborted(ready: Promise<void>, signal: AbortSignal): Promise<void> {
  const stopped = aborted(signal).then(() => {
    throw new LedgerError('INTERRUPTED', 'stopped before the service was ready');
  });
  await Promise.race([ready, stopped]);
  // Whichever loses must not end the process as an unhandled rejection later.
  stopped.catch(() => undefined);
}

async function connectTo(peer: EmbeddedPeer): Promise<LedgerPort> {
  const { createFabricGatewayLedger } = await import('@carbon-ledger/gateway-api');

  const identity = peer.identities.get(embeddedMsp);
  if (identity === undefined) throw new LedgerError('STORE_CORRUPT', `the folder has no identity of ${embeddedMsp}`);
  const { endpoint, tls, channel, chaincodeName } = peer;
  return createFabricGatewayLedger({ endpoint, tls, identity, channel, chaincodeName });
}

async function start(options: EmbeddedServiceOptions, started: Started): Promise<RunningService> {
  // Loaded here, because only serving needs them and they are most of what there is to load.
  const { startEmbeddedPeer } = await import('@carbon-ledger/embedded-peer');
  const { startGateway } = await import('@carbon-ledger/gateway-api');
  const { dataDir, host, port, logLevel, signal } = options;
  const peer = started.add(await startEmbeddedPeer({ dataDir, organisations: [embeddedMsp] }));
  const ledger = started.add(await connectTo(peer));
  const founding = await foundLedger(ledger, peer.genesisHash, options.now(), options.founder);
  const gateway: Gateway = started.add(
    await startGateway({ ledger, dataDir, host, port, logLevel, version: ownVersion(), deployment: 'embedded' }),
  );
  await orAborted(gateway.ready, signal);
  const policyFile = path.join(dataDir, 'policy.json');
  await writeWhole(policyFile, canonicalize(gateway.policy));
  const { url, policy } = gateway;
  return { url, founding, policy, policyFile, failed: peer.failed, close: () => started.close() };
}

/**
 * Starts the embedded ledger and the gateway on one folder and one port, founding the ledger where there is none.
 * @throws LedgerError FOLDER_LOCKED, STORE_CORRUPT, ROLLED_BACK; whatever the founder throws
 */
export async function startEmbeddedService(options: EmbeddedServiceOptions): Promise<RunningService> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const started = new Started();
  try {
    return await start(options, started);
  } catch (error) {
    await started.close();
    throw error;
  }
}

/** Resolves on Ctrl-C or SIGTERM; rejects when the service fails by itself. */
export async function untilStopped(service: RunningService, signal: AbortSignal): Promise<void> {
  const failure = await Promise.race([aborted(signal), service.failed]);
  if (failure !== undefined) throw failure;
}
