import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { LedgerError } from '@carbon-ledger/core';
import { AgendaDesk } from './agenda/agenda-desk';
import { Follower } from './follower';
import { DEFAULT_LIMITS, Grouper } from './grouping/grouper';
import { GroupSender } from './grouping/group-sender';
import { createHandlers, ledgerFacts } from './handlers';
import { createApp } from './http/app';
import { Limits } from './http/limits/limits';
import type { Gateway, GatewayOptions } from './gateway-options';
import { Listener } from './http/listener';
import { Metrics, type WatchedCertificate } from './http/metrics';
import { checkTlsPair } from './http/tls-pair';
import { homePage } from './http/pages';
import { readFacts } from './ledger-founding';
import { CertificateDesk } from './certificates/certificate-desk';
import { readOrCreateSecret } from '@carbon-ledger/auditor/stored';
import { openLogKeeping, type LogKeeping } from './log/open-log-keeping';
import { Projection } from './projection/projection';
import { reached } from './projection/reached';
import { ProofDesk } from './proofs/proof-desk';
import { ReceiptMaker } from './proofs/receipt-maker';
import { Readiness } from './readiness/readiness';
import { RecordViews } from './records/record-views';
import { RetentionDesk } from './retention/retention-desk';
import { ScreeningDesk } from './screening/screening-desk';
import { createLogger, later, soon } from './runtime';
import type { LedgerFacts, Services } from './services';
import { namesOfListener, namesOfUrl } from './sessions/service-names';
import { SessionDesk } from './sessions/session-desk';
import { SubmissionDesk } from './submissions/submission-desk';
import { ReadLog } from './reads/read-log';
import { SharedIdempotencyKeys } from './shared/shared-idempotency';
import { openWebhooks } from './webhooks/open-webhooks';

/**
 * Starts the service on a ledger that is founded already. Answers as soon as it listens; `/readyz` and `ready` tell when
 * it has caught up. @throws LedgerError BAD_REQUEST (a public URL), NOT_READY, UNREACHABLE, FOLDER_LOCKED,
 * STORE_CORRUPT
 */
export async function startGateway(options: Readonly<GatewayOptions>): Promise<Gateway> {
  // Before anything is opened: a name that is none is a fault of who starts it.
  const publicNames = options.publicUrls?.flatMap(namesOfUrl);
  if (options.tls !== undefined) checkTlsPair(options.tls, new Date());
  const logger = createLogger(options.logLevel ?? 'info');
  const facts = await readFacts(options);
  const projection = await Projection.open({
    location: join(options.dataDir, 'projection'),
    ledger: options.ledger,
    ledgerId: facts.ledgerId,
  });
  try {
    return await startOn(projection, facts, logger, { ...options, publicNames });
  } catch (error) {
    await projection.close();
    throw error;
  }
}

async function startOn(
  projection: Projection,
  facts: LedgerFacts,
  logger: Logger,
  options: Readonly<GatewayOptions & { publicNames: readonly string[] | undefined }>,
): Promise<Gateway> {
  const stopping = new AbortController();
  const keeping = await openLogKeeping(projection, facts, logger, options, later);
  // Nobody signs in before the listener has an address.
  let names = options.publicNames;
  let address = options.publicUrls?.[0];
  const shown = { tls: options.tls };
  const parts = {
    ...{ projection, facts, logger, keeping, names: () => names ?? [], site: () => address ?? '' },
    certificates: () => [
      ...(shown.tls === undefined ? [] : [{ name: 'tls', certificate: shown.tls.certificate }]),
      ...(options.certificates?.() ?? []),
    ],
  };
  const { services, follower } = assemble(parts, { ...options, stopping: stopping.signal });
  const isTrial = async (): Promise<boolean> => (await ledgerFacts(services)).trial;
  const app = createApp({
    handlers: createHandlers(services),
    sessions: services.sessions,
    reads: services.reads,
    clock: clockOf(options),
    home: () => home(services),
    isTrial,
    siteDir: options.siteDir,
    witness: services.outside?.router,
    logger,
    metrics: services.metrics,
    limits: services.limits,
    trustedProxies: options.trustedProxies ?? [],
    hasTls: options.tls !== undefined,
  });
  const listener = await Listener.open(app, options.host ?? '127.0.0.1', options.port ?? 8080, options.tls);
  names ??= namesOfListener(listener.url);
  address ??= listener.url;
  // A round with those outside may take long, and its troubles are told elsewhere: nobody waits for it.
  const ready = follower.start().then(() => {
    void services.outside?.proofs.start();
    startWebhooks(services);
    for (const desk of [services.certificates, services.proofs, services.screening]) desk.begin();
  });
  return {
    url: listener.url,
    ready,
    get policy() {
      return services.policies.policy;
    },
    get logLevel() {
      return logger.level;
    },
    set logLevel(level) {
      logger.level = level;
    },
    isTrial,
    renewTls: (pair) => {
      checkTlsPair(pair, new Date());
      listener.renew(pair);
      shown.tls = pair;
    },
    close: closeOnce({
      listener,
      follower,
      services,
      stopping,
      graceMs: options.graceMs ?? 5_000,
      drainMs: options.drainMs ?? 0,
    }),
  };
}

function clockOf({ clock }: Pick<GatewayOptions, 'clock'>): () => Date {
  return clock ?? (() => new Date());
}

interface Assembly {
  readonly projection: Projection;
  readonly facts: LedgerFacts;
  readonly logger: Logger;
  readonly keeping: LogKeeping;
  readonly names: () => readonly string[];
  /** Address of this service as others reach it. */
  readonly site: () => string;
  readonly certificates: () => readonly WatchedCertificate[];
}

function assemble(
  { projection, facts, logger, keeping, names, site, certificates }: Assembly,
  options: Readonly<GatewayOptions & { stopping: AbortSignal }>,
): { services: Services; follower: Follower } {
  const clock = clockOf(options);
  const { checkpoints, outside, cosigned, cosigning, policies } = keeping;
  const { ledger, sharedDir, peerWaitMs = 0 } = options;
  const follower = new Follower({ projection, ledger, checkpoints, cosigning, logger, schedule: later, peerWaitMs });
  const sender = new GroupSender(ledger, projection, projection.pending);
  const grouper = new Grouper((group) => sender.send(group), { ...DEFAULT_LIMITS, ...options.grouping }, soon);
  const limits = new Limits(options.limits);
  const views = new RecordViews(projection, limits.pacer);
  const services: Services = {
    facts,
    projection,
    checkpoints,
    cosigned,
    cosigning,
    policies,
    desk: new SubmissionDesk(grouper, projection, async () =>
      reached(projection, await ledger.height(), options.stopping),
    ),
    outside,
    certificates: new CertificateDesk({ folder: join(options.dataDir, 'certificates'), policies, site }),
    proofs: new ProofDesk(),
    receipts: new ReceiptMaker(projection, facts.ledgerId, () => policies.id),
    retention: new RetentionDesk({
      projection,
      ledger,
      parties: projection.parties,
      founder: facts.founder,
      ledgerId: facts.ledgerId,
      clock,
    }),
    sessions: new SessionDesk({
      parties: projection.parties,
      ledgerId: facts.ledgerId,
      secret: readOrCreateSecret(join(sharedDir ?? options.dataDir, 'keys', 'sessions.key')),
      sharedDir,
      clock,
      names,
    }),
    reads: ReadLog.open({
      folder: join(options.dataDir, 'reads'),
      headFile: join(options.guardDir ?? join(options.dataDir, 'guard'), 'last-read.json'),
      years: options.readLogYears,
      clock,
      schedule: later,
      logger,
    }),
    idempotency:
      sharedDir === undefined
        ? projection.idempotency
        : new SharedIdempotencyKeys(join(sharedDir, 'idempotency'), () => clock().getTime()),
    webhooks: openWebhooks({
      ...{ ...options.webhooks, projection, clock, logger, sharedDir },
      dataDir: options.dataDir,
      ledgerId: facts.ledgerId,
      schedule: later,
    }),
    limits,
    views,
    screening: new ScreeningDesk({ projection, views, pacer: limits.pacer }),
    agenda: new AgendaDesk({
      ...{ projection, pacer: limits.pacer, clock },
      groundless: (issuer) => views.marking.groundless(issuer),
    }),
    metrics: new Metrics({
      logSize: () => projection.log.size,
      height: () => projection.height,
      checkpointSize: () => checkpoints.current?.size ?? 0,
      waiting: () => grouper.waiting,
      isReady: () => (follower.problem ?? checkpoints.refusal) === undefined && checkpoints.current !== undefined,
      endorsersAway: () => ledger.endorsersAway,
      certificates,
    }),
    readiness: new Readiness({ ledger, asksOrderers: options.asksOrderers ?? false, clock: () => clock().getTime() }),
    health: () => follower.problem,
    stopping: options.stopping,
    schedule: later,
  };
  return { services, follower };
}

/** Only now: what is told is what the ledger holds as of its tip. */
function startWebhooks({ webhooks: { courier }, projection }: Services): void {
  projection.onBlock((records) => {
    if (records.length > 0) courier.nudge();
  });
  courier.start();
}

async function home(services: Services): Promise<string> {
  return homePage(await ledgerFacts(services));
}

interface Running {
  readonly listener: Listener;
  readonly follower: Follower;
  readonly services: Services;
  readonly stopping: AbortController;
  readonly graceMs: number;
  readonly drainMs: number;
}

/** Closing again while it drains ends the drain. */
function closeOnce(running: Running): () => Promise<void> {
  const hurry = new AbortController();
  let closed: Promise<void> | undefined;
  return () => {
    if (closed !== undefined) hurry.abort();
    return (closed ??= close(running, hurry.signal));
  };
}

/** While it drains nobody new is sent here. Then streams end, requests under way finish, then nothing is signed any more, then the store is closed. */
async function close(
  { listener, follower, services, stopping, graceMs, drainMs }: Running,
  hurry: AbortSignal,
): Promise<void> {
  if (drainMs > 0) {
    follower.drain();
    listener.part();
    await pause(drainMs, undefined, { signal: hurry }).catch(() => undefined);
  }
  stopping.abort();
  await listener.close(graceMs, () => {
    services.projection.pending.stop(new LedgerError('NOT_READY', 'The service is stopping.'));
  });
  await services.cosigning.stop();
  await services.checkpoints.stop();
  await follower.stop();
  await services.cosigning.settled();
  await services.webhooks.courier.stop();
  await services.reads.close();
  await services.outside?.stop();
  await services.certificates.close();
  await services.proofs.close();
  await services.screening.close();
  await services.projection.close();
}
