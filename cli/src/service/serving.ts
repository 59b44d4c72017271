import path from 'node:path';
import type {
  CosigningOptions,
  Gateway,
  GatewayOptions,
  LedgerPort,
  OutsideConfig,
  WatchedCertificate,
} from '@carbon-ledger/gateway-api';
import { canonicalize, LedgerError, type Policy } from '@carbon-ledger/core';
import { writeWhole } from '../files/write-file';
import { foundLedger, type Founder, type Founding } from './founding';
import { listeningError } from './listening';
import type { Reloadable } from './reloading';
import { siteDir } from './site';
import { readTlsPair, type TlsFiles } from './tls-files';
import { ownVersion } from './version';

export interface ServingOptions {
  /** Projection, keys and guard of the gateway lie here; with the embedded peer, the ledger too. One process at a time. */
  readonly dataDir: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Asked only where there is no ledger yet, with the organisation that will submit for the founder, and when it signs. */
  readonly founder: (msp: string, signedAt: string) => Promise<Founder>;
  /** pino level of the gateway's log on stderr. */
  readonly logLevel: string;
  /** Witnesses, time-stamping authority, outside chain: read from the file of `--outside` when the gateway starts. */
  readonly outsideFile?: string | undefined;
  /** Cosigning in this organisation's name; undefined where it does not. */
  readonly cosigning?: CosigningOptions | undefined;
  /** Organisations that must have cosigned, as the policy asks of receipts. */
  readonly quorum?: number | undefined;
  /** How long a peer that is behind what was read before is waited for, in milliseconds; not at all without it. */
  readonly peerWaitMs?: number | undefined;
  /** Names, proxies, limits, where webhooks may go and how long reads are remembered, as the gateway takes them. */
  readonly access?:
    | Pick<GatewayOptions, 'publicUrls' | 'trustedProxies' | 'limits' | 'webhooks' | 'readLogYears' | 'sharedDir'>
    | undefined;
  /** Its own certificate, to be reached by https; without it, a proxy in front has one. */
  readonly tls?: TlsFiles | undefined;
  /** How long it goes on answering once it is told to stop, in milliseconds. */
  readonly drainMs?: number | undefined;
  /** RFC 3339 in whole seconds. */
  readonly now: () => string;
  /** Ctrl-C or SIGTERM: gives up a start that takes long, and ends the wait of `untilStopped`. */
  readonly signal: AbortSignal;
}

export interface RunningService {
  readonly url: string;
  readonly founding: Founding;
  readonly policy: Policy;
  /** Where the policy is written, to be pinned by those who verify receipts: at once, or when enough organisations have registered. */
  readonly policyFile: string;
  /** How other programs reach the embedded peer; absent where the peer is a process of its own. */
  readonly peer?: ServedPeer;
  /** Resolves when the service had to stop by itself; absent where only its peer can tell. */
  readonly failed?: Promise<LedgerError>;
  /** Whether its founder is a party of the trial. */
  isTrial(): Promise<boolean>;
  /** What it has read from files and may read again while it runs. */
  readonly reloadables: readonly Reloadable[];
  /** Switches its log to `debug`, and the next time back; returns the level. */
  switchLog(): string;
  close(): Promise<void>;
}

export interface ServedPeer {
  /** `host:port` */
  readonly endpoint: string;
  readonly channel: string;
  readonly chaincode: string;
  readonly msp: string;
  /** A common connection profile, with the names of the files that a client needs. */
  readonly profile: string;
}

/** Things that were started, to be stopped in the opposite order, whatever happens on the way. */
export class Started {
  readonly #stops: (() => Promise<void>)[] = [];
  #isClosed = false;

  /** A part that comes after the end, because its start was not waited for, is stopped at once. */
  add<Part extends { close(): Promise<void> }>(part: Part): Part {
    if (this.#isClosed) void part.close();
    else this.#stops.push(() => part.close());
    return part;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
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

/** Waits no longer once the signal aborts. @throws LedgerError INTERRUPTED */
export async function orAborted<T>(ready: Promise<T>, signal: AbortSignal): Promise<T> {
  const stopped = aborted(signal).then((): never => {
    throw new LedgerError('INTERRUPTED', 'stopped before the service was ready');
  });
  // Where the service was ready first, the later stop must not end the process as an unhandled rejection.
  stopped.catch(() => undefined);
  return Promise.race([ready, stopped]);
}

/** A channel of a peer, whichever peer it is. */
export interface Channel {
  readonly ledger: LedgerPort;
  /** Hex hash of the genesis block. */
  readonly ledgerId: string;
  readonly deployment: 'embedded' | 'fabric';
  /** Certificates that are shown to its peers. */
  readonly certificates: () => readonly WatchedCertificate[];
  readonly reloadables: readonly Reloadable[];
}

/** Tells of a port that is in use, or a host that is none, in words that help. */
function withPort(host: string, port: number): (error: unknown) => never {
  return (error) => {
    throw listeningError(host, port, error) ?? error;
  };
}

/** Founds the channel's ledger where there is none, and starts the gateway on it. */
export async function serveChannel(
  channel: Channel,
  options: ServingOptions,
  started: Started,
): Promise<RunningService> {
  // Loaded here, because only serving needs it and it is most of what there is to load.
  const { readOutsideConfig, startGateway } = await import('@carbon-ledger/gateway-api');
  const { ledger, ledgerId, deployment, certificates } = channel;
  const { dataDir, host, port, logLevel, signal, outsideFile, cosigning, quorum, peerWaitMs, drainMs } = options;
  const tls = options.tls === undefined ? undefined : await readTlsPair(options.tls);
  const policyFile = path.join(dataDir, 'policy.json');
  const outside: OutsideConfig | undefined =
    outsideFile === undefined ? undefined : await readOutsideConfig(outsideFile);
  const founding = await foundLedger(ledger, ledgerId, options.now, (signedAt) =>
    options.founder(ledger.mspId, signedAt),
  );
  // One after the other: of two policies the later one stays.
  let written = Promise.resolve();
  const onPolicy = (policy: Policy): void => {
    written = written.then(() => writeWhole(policyFile, canonicalize(policy)));
    written.catch(() => undefined);
  };
  const isFabric = deployment === 'fabric';
  const own = {
    asksOrderers: isFabric,
    // A network lets a transaction wait for its block: others are better on their way meanwhile.
    grouping: isFabric ? { mostCrowd: 32 } : {},
    certificates,
    tls,
    version: ownVersion(),
    deployment,
    siteDir: siteDir(),
    outside,
    cosigning,
    quorum,
    onPolicy,
    peerWaitMs,
    drainMs,
    ...options.access,
  };
  const starting = startGateway({ ledger, dataDir, host, port, logLevel, ...own });
  const gateway = started.add(await starting.catch(withPort(host, port)));
  await orAborted(gateway.ready, signal);
  await written;
  const { url, policy } = gateway;
  return {
    url,
    founding,
    policy,
    policyFile,
    isTrial: () => gateway.isTrial(),
    reloadables: [...tlsReloadable(gateway, options.tls), ...channel.reloadables],
    switchLog: () => switchLog(gateway, logLevel),
    close: () => started.close(),
  };
}

function tlsReloadable(gateway: Pick<Gateway, 'renewTls'>, files: TlsFiles | undefined): Reloadable[] {
  if (files === undefined) return [];
  const reload = async (): Promise<void> => {
    gateway.renewTls(await readTlsPair(files));
  };
  return [{ name: 'the TLS certificate', files: [files.certificate, files.privateKey], reload }];
}

/** To `debug`, or back to the level that it was started with. */
function switchLog(gateway: { logLevel: string }, usual: string): string {
  gateway.logLevel = gateway.logLevel === 'debug' ? usual : 'debug';
  return gateway.logLevel;
}

/** Resolves on Ctrl-C or SIGTERM; rejects when the service fails by itself. */
export async function untilStopped(service: RunningService, signal: AbortSignal): Promise<void> {
  const ends = [aborted(signal), ...(service.failed === undefined ? [] : [service.failed])];
  const failure = await Promise.race(ends);
  if (failure !== undefined) throw failure;
}

/** Runs `start`; where it fails, stops what it had started. */
export async function startOrUndo(start: (started: Started) => Promise<RunningService>): Promise<RunningService> {
  const started = new Started();
  try {
    return await start(started);
  } catch (error) {
    await started.close();
    throw error;
  }
}
