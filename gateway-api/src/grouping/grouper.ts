import { LedgerError } from '@carbon-ledger/core';
import type { PreparedSubmission } from '../submissions/prepared';
import type { Outcome } from './outcome';
import { Locks, touchedBy, type Touched } from './touched';

export interface GroupLimits {
  /** Records in one transaction. */
  readonly maxRecords: number;
  /** Bytes of submissions in one transaction. */
  readonly maxBytes: number;
  /** In a crowd, a submission waits until nobody has come for so long; 0 to 5 ms. A lone one never waits. */
  readonly lingerMs: number;
  /** However many keep coming, nobody waits longer than so many times `lingerMs`. */
  readonly maxLingers: number;
  /** Transactions on their way at one time. */
  readonly maxInFlight: number;
  /**
   * So many go at once, even while others are on their way, so that gateway and peer work side by side; fewer wait, being
   * cheaper together.
   */
  readonly crowd: number;
  /**
   * While more than a crowd are on their way, as many must wait as these before others go, but not more than so many: the
   * more come, the larger groups may be. On a network, where a transaction waits for its block and not for work, no larger
   * than a crowd.
   */
  readonly mostCrowd: number;
  /** Submissions that may wait; more are turned away. */
  readonly maxWaiting: number;
}

export const DEFAULT_LIMITS: GroupLimits = {
  maxRecords: 1_000,
  maxBytes: 4 * 1024 * 1024,
  lingerMs: 2,
  maxLingers: 10,
  maxInFlight: 4,
  crowd: 32,
  mostCrowd: 128,
  maxWaiting: 10_000,
};

/** A group of so many is taken as the sign of a crowd. */
const A_FEW = 4;

export type SendGroup = (group: readonly PreparedSubmission[]) => Promise<ReadonlyMap<string, Outcome>>;
export type Schedule = (task: () => void, ms: number) => void;

interface Waiting {
  readonly prepared: PreparedSubmission;
  readonly touched: Touched;
  readonly resolve: (outcome: Outcome) => void;
}

/**
 * Collects submissions into transactions, because a transaction costs far more than a submission. A lone submission
 * goes at once; under load each transaction takes what arrived while the one before was on its way. Submissions that
 * touch what is in flight wait, and everything behind them that touches the same waits too, so that the order of
 * arrival holds for each key.
 */
export class Grouper {
  readonly #send: SendGroup;
  readonly #limits: GroupLimits;
  readonly #schedule: Schedule;
  readonly #locks = new Locks();
  #queue: Waiting[] = [];
  #inFlight = 0;
  /** Submissions of the transactions that are on their way. */
  #underWay = 0;
  #lastGroup = 0;
  #scheduled = false;
  /** What came after the last look at the queue. */
  #fresh = new Load();

  constructor(send: SendGroup, limits: GroupLimits, schedule: Schedule) {
    this.#send = send;
    this.#limits = limits;
    this.#schedule = schedule;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /** @throws LedgerError NOT_READY when too many wait already */
  submit(prepared: PreparedSubmission): Promise<Outcome> {
    if (this.#queue.length >= this.#limits.maxWaiting) {
      return Promise.reject(new LedgerError('NOT_READY', 'Too many submissions are waiting; try again in a moment.'));
    }
    return new Promise((resolve) => {
      this.#queue.push({ prepared, touched: touchedBy(prepared.submission), resolve });
      this.#fresh.add(prepared);
      if (this.#fresh.isCrowd(this.#crowd, this.#limits)) this.#dispatch();
      this.#wake();
    });
  }

  #wake(): void {
    if (this.#scheduled || !this.#mayDispatch()) return;
    this.#scheduled = true;
    // A lone submission waits for no more than the rest of this turn of the event loop.
    const isCrowded = this.#lastGroup >= A_FEW;
    if (isCrowded) this.#linger(this.#queue.length, 1);
    else
      this.#schedule(() => {
        this.#dispatchScheduled();
      }, 0);
  }

  /** Waits as long as each short while brings somebody else. */
  #linger(seen: number, lingers: number): void {
    this.#schedule(() => {
      const hasGrown = this.#queue.length > seen;
      if (hasGrown && lingers < this.#limits.maxLingers) this.#linger(this.#queue.length, lingers + 1);
      else this.#dispatchScheduled();
    }, this.#limits.lingerMs);
  }

  #dispatchScheduled(): void {
    this.#scheduled = false;
    this.#dispatch();
  }

  get #crowd(): number {
    const { crowd, mostCrowd } = this.#limits;
    return Math.max(crowd, Math.min(mostCrowd, this.#underWay));
  }

  #mayDispatch(): boolean {
    if (this.#inFlight === 0) return true;
    if (this.#inFlight >= this.#limits.maxInFlight) return false;
    return this.#queue.length >= this.#crowd || this.#fresh.isCrowd(this.#crowd, this.#limits);
  }

  #dispatch(): void {
    if (!this.#mayDispatch()) return;
    const group = this.#take();
    if (group.length === 0) return;
    this.#inFlight += 1;
    this.#underWay += group.length;
    this.#lastGroup = group.length;
    void this.#run(group);
    if (this.#queue.length > 0) this.#wake();
  }

  async #run(group: readonly Waiting[]): Promise<void> {
    const outcomes = await this.#send(group.map(({ prepared }) => prepared));
    this.#inFlight -= 1;
    this.#underWay -= group.length;
    for (const { touched } of group) this.#locks.release(touched);
    if (this.#queue.length > 0) this.#wake();
    for (const { prepared, resolve } of group) {
      resolve(outcomes.get(prepared.id) ?? { state: 'failed', error: new LedgerError('INTERNAL') });
    }
  }

  /** The longest run of the queue that fits into one transaction and meets nobody in flight or passed over. */
  #take(): Waiting[] {
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    const passed = new Locks();
    const room = new Room(this.#limits);
    for (const item of this.#queue) {
      const blocked = this.#locks.conflictsWith(item.touched) || passed.conflictsWith(item.touched);
      if (!blocked && room.admits(item.prepared)) taken.push(item);
      else {
        left.push(item);
        passed.take(item.touched);
      }
    }
    for (const { touched } of taken) this.#locks.take(touched);
    this.#queue = left;
    this.#fresh = new Load();
    return taken;
  }
}

/** How much has come: many small submissions, or a few large ones. */
class Load {
  #submissions = 0;
  #records = 0;

  add({ recordIds }: PreparedSubmission): void {
    this.#submissions += 1;
    this.#records += recordIds.length;
  }

  /** Worth a transaction of its own while others are on their way. */
  isCrowd(crowd: number, { maxRecords }: GroupLimits): boolean {
    return this.#submissions >= crowd || this.#records * 2 >= maxRecords;
  }
}

/** What still fits into a transaction. The first submission always does; after the first that does not, none does. */
class Room {
  readonly #limits: GroupLimits;
  #records = 0;
  #bytes = 0;
  #full = false;

  constructor(limits: GroupLimits) {
    this.#limits = limits;
  }

  admits({ length, recordIds }: PreparedSubmission): boolean {
    const records = this.#records + recordIds.length;
    const bytes = this.#bytes + length;
    const fits = records <= this.#limits.maxRecords && bytes <= this.#limits.maxBytes;
    this.#full ||= this.#records > 0 && !fits;
    if (this.#full) return false;
    this.#records = records;
    this.#bytes = bytes;
    return true;
  }
}
