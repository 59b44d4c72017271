import type { RecordEvent } from '@carbon-ledger/client-sdk';
import { Courier } from '../courier';
import type { Message, Outcome } from '../post';
import { WebhookShelf } from '../shelf';
import { viewOf, type Definition } from '../webhook';

const START = Date.parse('2026-03-01T00:00:00Z');
export const taken: Outcome = { kind: 'taken' };
export const failed: Outcome = { kind: 'failed', reason: 'HTTP 500' };

export function event(logIndex: number, more: Partial<RecordEvent> = {}): RecordEvent {
  return {
    logIndex,
    record: `rec:${String(logIndex)}`,
    key: 'k',
    type: 'test-report',
    issuer: 'i',
    subject: 's',
    txId: 't',
    blockNumber: '1',
    anchoredAt: '2026-03-01T00:00:00Z',
    changes: [{ record: `rec:${String(logIndex)}`, key: 'k', state: 'FILED', status: 'current' }],
    ...more,
  };
}

export const idOf = (number: number): string => `whk_${String(number).padStart(32, '0')}`;

export function definition(number: number, more: Partial<Definition> = {}): Definition {
  return {
    id: idOf(number),
    party: 'p',
    url: `http://${String(number)}.example/`,
    secret: 'whsec_AAAA',
    createdAt: '2026-03-01T00:00:00.000Z',
    order: { digest: 'first', at: '2026-03-01T00:00:00Z', from: 0 },
    ...more,
  };
}

/** A courier over a log in memory, with a clock that a test turns and receivers that answer as told. */
export class Desk {
  readonly folder: string;
  readonly sent: number[] = [];
  readonly warned: object[] = [];
  readonly events: RecordEvent[];
  /** Messages on their way. */
  open = 0;
  mostOpen = 0;
  answer: (message: Message) => Outcome | Promise<Outcome> = () => taken;
  readonly #timers = new Map<() => void, number>();
  #now = START;
  shelf!: WebhookShelf;
  courier!: Courier;

  constructor(folder: string, size: number, kinds: (index: number) => Partial<RecordEvent> = () => ({})) {
    this.folder = folder;
    this.events = Array.from({ length: size }, (_, index) => event(index, kinds(index)));
    this.restart();
  }

  restart(): void {
    this.#timers.clear();
    this.shelf = WebhookShelf.open(this.folder);
    const { events } = this;
    this.courier = new Courier({
      shelf: this.shelf,
      ledgerId: 'ab'.repeat(32),
      log: {
        get size() {
          return events.length;
        },
        from: (index, most) => Promise.resolve(events.slice(index, index + most)),
      },
      post: (message) => this.#post(message),
      clock: () => new Date(this.#now),
      schedule: (task, ms) => {
        this.#timers.set(task, this.#now + ms);
        return () => this.#timers.delete(task);
      },
      logger: {
        warn: (facts: object) => this.warned.push(facts),
        error: (facts: object) => this.warned.push(facts),
      } as never,
    });
  }

  async #post(message: Message): Promise<Outcome> {
    this.open += 1;
    this.mostOpen = Math.max(this.open, this.mostOpen);
    const outcome = await this.answer(message);
    this.open -= 1;
    this.sent.push(Number(message.id.split('_')[2]));
    return outcome;
  }

  view(number = 1): ReturnType<typeof viewOf> {
    const webhook = this.shelf.get(idOf(number));
    if (webhook === undefined) throw new Error('no such webhook');
    return viewOf(webhook);
  }

  /** Until all that can be told now is. */
  async rest(): Promise<void> {
    this.courier.nudge();
    await this.courier.settled();
  }

  get waits(): number[] {
    return [...this.#timers.values()].map((at) => (at - this.#now) / 1000);
  }

  /** Turns the clock to the next timer. */
  async next(): Promise<void> {
    const [first] = [...this.#timers].sort(([, one], [, other]) => one - other);
    if (first === undefined) throw new Error('nobody waits');
    this.#timers.delete(first[0]);
    this.#now = Math.max(this.#now, first[1]);
    first[0]();
    await this.rest();
  }
}
