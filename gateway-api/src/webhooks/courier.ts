import type { Logger } from 'pino';
import type { RecordEvent } from '@carbon-ledger/client-sdk';
import { RENEW_MS, type Lease } from '../shared/lease';
import type { Outcome, Post } from './post';
import type { WebhookShelf } from './shelf';
import { isWanted, type Progress, type Webhook } from './webhook';

/**
 * Seconds from a failure to the next attempt, as Standard Webhooks proposes: three days in all. After the last of them the
 * webhook is disabled.
 */
export const RETRY_SECONDS: readonly number[] = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
/** Connections at once, to all receivers together: a slow one holds one of them, and no memory but its event. */
export const MOST_AT_ONCE = 8;
/** Records that are looked at in one read. */
const PAGE = 100;

/** The log as a courier reads it. */
interface EventLog {
  readonly size: number;
  /** No more than `most` events, from a log index on. */
  from(index: number, most: number): Promise<readonly RecordEvent[]>;
}

export interface CourierParts {
  readonly shelf: WebhookShelf;
  readonly log: EventLog;
  readonly post: Post;
  /** Hex: events of two ledgers have different ids. */
  readonly ledgerId: string;
  readonly clock: () => Date;
  /** Runs something once after a time in milliseconds, and returns how to call it off. */
  readonly schedule: (task: () => void, ms: number) => () => void;
  readonly logger: Pick<Logger, 'warn' | 'error'>;
  /** Of several gateways whose shelf is one folder, its holder delivers; without it, this one does. */
  readonly lease?: Lease | undefined;
}

/**
 * Tells records to those who asked: each webhook in the order of the log, at least once, the next record only when the one
 * before was taken. It reads behind the projection and holds nobody up; a receiver that is away costs one timer.
 */
export class Courier {
  readonly #parts: CourierParts;
  readonly #stopping = new AbortController();
  readonly #under = new Map<string, Promise<void>>();
  /** How to call off the next attempt. */
  readonly #waiting = new Map<string, () => void>();

  #isHolder: boolean;
  #cancelBeat: (() => void) | undefined;

  constructor(parts: CourierParts) {
    this.#parts = parts;
    this.#isHolder = parts.lease === undefined;
  }

  /** Call once the log has caught up with the ledger. */
  start(): void {
    if (this.#parts.lease === undefined) this.nudge();
    else this.#beat(this.#parts.lease);
  }

  /** Reads what other gateways wrote, where there are any. @throws LedgerError STORE_CORRUPT */
  refresh(): void {
    if (this.#parts.lease !== undefined) this.#parts.shelf.reload(this.#isHolder);
  }

  /** Call when the log has grown, and when a party has ordered something. */
  nudge(): void {
    if (this.#stopping.signal.aborted || !this.#isHolder) return;
    for (const { definition, progress } of this.#parts.shelf.all) {
      if (this.#under.size >= MOST_AT_ONCE) return;
      if (this.#isDue(definition.id, progress)) this.#begin(definition.id);
    }
  }

  /** Call when a party has ordered something of a webhook: what was waited for counts no more. */
  ordered(id: string): void {
    this.#callOff(id);
    this.nudge();
  }

  /** Nothing is sent or written any more once this resolves. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#cancelBeat?.();
    for (const id of [...this.#waiting.keys()]) this.#callOff(id);
    await this.settled();
    await this.#parts.shelf.close();
    if (this.#isHolder) this.#parts.lease?.release();
  }

  /** Nothing is on its way once this resolves; what waits for its next attempt still does. */
  async settled(): Promise<void> {
    while (this.#under.size > 0) await Promise.all(this.#under.values());
  }

  /** Says that it is there, takes the place of one that is not, and reads what parties ordered elsewhere. */
  #beat(lease: Lease): void {
    const { schedule, logger } = this.#parts;
    try {
      this.#isHolder = lease.hold();
      this.refresh();
      this.nudge();
    } catch (error) {
      logger.error({ err: error }, 'webhooks cannot be read');
    }
    this.#cancelBeat = schedule(() => {
      this.#beat(lease);
    }, RENEW_MS);
  }

  #isDue(id: string, { position, disabledAt, nextAttemptAt }: Progress): boolean {
    if (disabledAt !== undefined || position >= this.#parts.log.size || this.#under.has(id)) return false;
    if (nextAttemptAt === undefined) return true;
    const wait = Date.parse(nextAttemptAt) - this.#parts.clock().getTime();
    if (wait <= 0) return true;
    if (!this.#waiting.has(id)) this.#waiting.set(id, this.#later(id, wait));
    return false;
  }

  #later(id: string, wait: number): () => void {
    return this.#parts.schedule(() => {
      this.#again(id);
    }, wait);
  }

  #again(id: string): void {
    this.#waiting.delete(id);
    this.nudge();
  }

  #callOff(id: string): void {
    this.#waiting.get(id)?.();
    this.#waiting.delete(id);
  }

  #begin(id: string): void {
    const run = this.#run(id)
      .catch((error: unknown) => {
        this.#parts.logger.error({ err: error, webhook: id }, 'a webhook cannot be delivered');
      })
      .finally(() => {
        this.#under.delete(id);
        this.nudge();
      });
    this.#under.set(id, run);
  }

  /** One page at a time, so that those who wait for a connection get their turn. */
  async #run(id: string): Promise<void> {
    const { shelf, log } = this.#parts;
    const begun = shelf.get(id);
    if (begun === undefined) return;
    const events = await log.from(begun.progress.position, PAGE);
    for (const event of events) {
      const webhook = this.#current(id, begun);
      if (webhook === undefined) return;
      if (!isWanted(webhook.definition, event)) shelf.pass(id, passed(webhook.progress, event));
      else if (!(await this.#tell(webhook, event))) return;
    }
    // Otherwise it is kept in memory alone: what is passed over is no delivery, and is soon passed over again.
    if (events.length === PAGE) await shelf.keep(id);
  }

  /** Undefined once another order was given, or the service stops. */
  #current(id: string, { definition }: Webhook): Webhook | undefined {
    const webhook = this.#parts.shelf.get(id);
    const isSame = webhook?.definition.order.digest === definition.order.digest;
    return isSame && !this.#stopping.signal.aborted ? webhook : undefined;
  }

  /** Whether to go on with the next one. */
  async #tell(webhook: Webhook, event: RecordEvent): Promise<boolean> {
    const { shelf } = this.#parts;
    const { id } = webhook.definition;
    const outcome = await this.#send(webhook, event);
    const isTaken = outcome.kind === 'taken';
    // What was cut off by the end of the service is told again, and is no failure of the receiver.
    if (!isTaken && this.#stopping.signal.aborted) return false;
    const taken = passed(webhook.progress, event);
    shelf.pass(id, isTaken ? { ...taken, delivered: taken.delivered + 1 } : this.#failed(webhook, outcome));
    await shelf.keep(id);
    return isTaken;
  }

  #send({ definition: { url, secret } }: Webhook, event: RecordEvent): Promise<Outcome> {
    const { post, clock, ledgerId } = this.#parts;
    const id = `evt_${ledgerId.slice(0, 16)}_${String(event.logIndex)}`;
    const body = JSON.stringify({ type: 'record.committed', timestamp: event.anchoredAt, data: event });
    const timestamp = Math.floor(clock().getTime() / 1000);
    return post({ id, url, secret, body, timestamp }, this.#stopping.signal);
  }

  #failed({ definition, progress }: Webhook, outcome: Exclude<Outcome, { kind: 'taken' }>): Progress {
    const { clock, logger } = this.#parts;
    const now = clock();
    const at = now.toISOString();
    const isGone = outcome.kind === 'gone';
    const reason = isGone ? 'HTTP 410: the receiver wants no more' : outcome.reason;
    const seconds = isGone ? undefined : RETRY_SECONDS[progress.failures];
    const failed = { ...calm(progress), failures: progress.failures + 1, lastFailure: { at, reason } };
    if (seconds !== undefined)
      return { ...failed, nextAttemptAt: new Date(now.getTime() + seconds * 1000).toISOString() };
    logger.warn({ webhook: definition.id, party: definition.party, reason }, 'a webhook was disabled');
    return { ...failed, disabledAt: at };
  }
}

/** Without what was said of attempts that failed. */
function calm({ order, position, delivered }: Progress): Progress {
  return { order, position, delivered, failures: 0 };
}

function passed(progress: Progress, { logIndex }: RecordEvent): Progress {
  return { ...calm(progress), position: logIndex + 1 };
}
