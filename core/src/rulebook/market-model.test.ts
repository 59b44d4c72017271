import type { LedgerRecord } from '../records';
import { balanceOf, emptyView, OverlayView, overlappingSpan, rowsOf, sumOf, takeSpans } from '../state';
import { offsetFaults } from './ccer';
import { applyEffect, effectFaults, type Effect } from './effects';
import { noOffset, offsetStanding } from './offset-account';
import { recordTypes } from './registry';
import type { ConditionInput } from './spec';
import { citedRecord } from './testing/bench';
import type { CcerCancellationContent } from './types/ccer-cancellation';

const OPERATIONS = 100_000;
/** Accounts and numbers are set up anew after so many, as enterprises and lots follow on each other. */
const ROUND = 20;
const accounts = ['a', 'b', 'c'] as const;
const NUMBERS = 30;

/** xorshift32: the same operations on every machine, by seed. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const record = { subject: { uscc: 'a' } } as LedgerRecord;

/** The ledger's rules over a state in memory, beside a model that counts every tonne and every number one by one. */
class Round {
  readonly view = new OverlayView(emptyView);
  readonly held = new Map<string, number>(accounts.map((account) => [account, 0]));
  readonly owner = new Map<number, string>();
  #count = 0;

  async move(from: string, to: string, qty: number): Promise<void> {
    const place = (name: string): { account: string; pool: 'issued' | 'held' } => ({
      ...{ account: name === 'issued' ? 'a' : name, pool: name === 'issued' ? 'issued' : 'held' },
    });
    const shared = { do: 'move', vintage: '2024', line: 0, how: 'listed', on: '2025-01-01' } as const;
    const effect: Effect = { ...shared, qty: String(qty), from: place(from), to: place(to) };
    const isLawful = from === 'issued' || (this.held.get(from) ?? 0) >= qty;
    await this.#judged(effect, isLawful);
    if (!isLawful) return;
    this.held.set(from, (this.held.get(from) ?? 0) - qty);
    this.held.set(to, (this.held.get(to) ?? 0) + qty);
  }

  async use(first: number, last: number): Promise<void> {
    const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    const isFree = numbers.every((number) => !this.owner.has(number));
    const serials = {
      serialFrom: `X-${String(first).padStart(3, '0')}`,
      serialTo: `X-${String(last).padStart(3, '0')}`,
    };
    await this.#judged({ do: 'add-serials', space: 'used', ...serials }, isFree);
    if (isFree) for (const number of numbers) this.owner.set(number, `r${String(this.#count)}`);
  }

  /** Numbers leave whatever spans hold them. */
  async free(first: number, last: number): Promise<void> {
    await takeSpans(this.view, 'used', { block: 'X', from: BigInt(first), to: BigInt(last) });
    for (let number = first; number <= last; number += 1) this.owner.delete(number);
  }

  async agree(): Promise<void> {
    for (const account of accounts) {
      const held = await balanceOf(this.view, { account, pool: 'held' }, '2024');
      expect(held).toBe(BigInt(this.held.get(account) ?? 0));
    }
    const rows = await Promise.all(accounts.map((account) => rowsOf(this.view, account)));
    expect(sumOf(rows.flat())).toBe(0n);
    const holders: (string | undefined)[] = [];
    for (let number = 1; number <= NUMBERS; number += 1) {
      const at = BigInt(number);
      holders.push((await overlappingSpan(this.view, 'used', { block: 'X', from: at, to: at }))?.key);
    }
    expect(holders).toEqual(Array.from({ length: NUMBERS }, (_, index) => this.owner.get(index + 1)));
  }

  /** Without `expect`: a hundred thousand of them were a third of the whole test. */
  async #judged(effect: Effect, isLawful: boolean): Promise<void> {
    if ((await this.#take(effect)) === isLawful) return;
    throw new Error(`the model says ${isLawful ? 'yes' : 'no'} to ${JSON.stringify(effect)}, and the rules do not`);
  }

  async #take(effect: Effect): Promise<boolean> {
    this.#count += 1;
    const id = `r${String(this.#count)}`;
    const source = { id, key: id, record, time: '2025-01-01T00:00:00Z' };
    const isLawful = (await effectFaults(effect, this.view, source)).length === 0;
    if (isLawful) await applyEffect(effect, this.view, source);
    return isLawful;
  }
}

const projects = ['P1', 'P2'] as const;
type Project = (typeof projects)[number];
const rate = { value: '0.05', unit: '1', source: 'x' };
const cancelling = citedRecord('ccer-cancellation', { content: { cancelledOn: '2025-03-01' } });
const booking = citedRecord('offset-booking', {
  cited: {
    parameters: [citedRecord('parameter', { content: { values: { ccerCapRate: rate } } })],
    'ccer-cancellation': [cancelling],
  },
});

/** One enterprise's offsets of a year beside a model that holds every tonne as a thing of its own. */
class Offsets {
  readonly #view = new OverlayView(emptyView);
  readonly #rows = new Map<Project, number>();
  /** The project of each tonne that was cancelled, and the booking of each that was booked, in their order. */
  readonly #cancelled: Project[] = [];
  readonly #booked: string[] = [];
  #due: number | undefined;
  #count = 0;

  async verify(due: number | undefined): Promise<void> {
    this.#due = due;
    await this.#apply({ do: 'verified', uscc: 'a', year: '2024', tonnes: due === undefined ? null : String(due) });
  }

  /** The province confirms the rows of an application anew. */
  async confirm(first: number, second: number): Promise<void> {
    this.#rows.set('P1', first).set('P2', second);
    const rows = { P1: String(first), P2: String(second) };
    await this.#apply({ ...this.#change, confirmed: String(first + second), rows, rate: rate.value });
  }

  /** It takes its confirmation back: its rules let it where nothing was cancelled. */
  async refuse(): Promise<void> {
    if (this.#cancelled.length > 0) return;
    this.#rows.clear();
    await this.#apply({ do: 'unconfirm', uscc: 'a', year: '2024' });
  }

  async cancel(project: Project, qty: number): Promise<void> {
    const ofProject = this.#cancelled.filter((one) => one === project).length;
    const confirmed = [...this.#rows.values()].reduce((sum, one) => sum + one, 0);
    const isLawful = this.#cancelled.length + qty <= confirmed && ofProject + qty <= (this.#rows.get(project) ?? 0);
    const content = { ...cancelling.record.content, projectRef: project, qty: String(qty) } as CcerCancellationContent;
    expect((await offsetFaults(this.#input(cancelling, content))).length === 0).toBe(isLawful);
    if (!isLawful) return;
    await this.#apply({ ...this.#change, cancelled: { project, qty: String(qty) } });
    for (let tonne = 0; tonne < qty; tonne += 1) this.#cancelled.push(project);
  }

  async book(qty: number): Promise<void> {
    const confirmed = [...this.#rows.values()].reduce((sum, one) => sum + one, 0);
    const most = Math.min(confirmed, this.#cancelled.length, this.#cap);
    const isLawful = this.#booked.length + qty <= most;
    const faults = await recordTypes['offset-booking'].conditions?.(this.#input(booking, { qty: String(qty) }));
    expect(faults?.length === 0).toBe(isLawful);
    if (!isLawful) return;
    const key = await this.#apply({ ...this.#change, booked: String(qty), rate: rate.value });
    for (let tonne = 0; tonne < qty; tonne += 1) this.#booked.push(key);
  }

  /** What is booked, and which bookings reach beyond the cap: the last tonnes do. */
  async agree(): Promise<void> {
    const account = (await this.#view.get('offset', 'a/2024')) ?? noOffset;
    const { booked, overshoot, hits } = offsetStanding(account);
    const isKnown = this.#due !== undefined && account.rate !== undefined;
    const beyond = isKnown ? this.#booked.slice(this.#cap) : [];
    expect([booked, overshoot]).toEqual([BigInt(this.#booked.length), BigInt(beyond.length)]);
    const byBooking = new Map<string, number>();
    for (const key of [...beyond].reverse()) byBooking.set(key, (byBooking.get(key) ?? 0) + 1);
    expect(hits.map(({ key, over }) => [key, Number(over)])).toEqual([...byBooking]);
    for (const project of projects)
      expect(Number(account.projects[project] ?? 0)).toBe(this.#cancelled.filter((one) => one === project).length);
  }

  readonly #change = { do: 'offset', uscc: 'a', year: '2024' } as const;

  /** Five tonnes of a hundred, whole ones. */
  get #cap(): number {
    return Math.floor(((this.#due ?? 0) * 5) / 100);
  }

  #input<Content>(scope: typeof booking, content: Content): ConditionInput<Content> {
    const own = { ...scope.record, subject: { uscc: 'a', unit: 'PLANT', period: '2024' } };
    const issuer = { uscc: 'r', kind: 'allowance-registry', region: '420000', qualifications: [] } as const;
    return { record: own, id: 'x', content, scope, issuer, time: '2025-12-01T00:00:00Z', state: this.#view };
  }

  async #apply(effect: Effect): Promise<string> {
    this.#count += 1;
    const key = `b${String(this.#count)}`;
    await applyEffect(effect, this.#view, { id: key, key, record, time: '2025-01-01T00:00:00Z' });
    return key;
  }
}

async function offset(offsets: Offsets, below: (most: number) => number): Promise<void> {
  const kind = below(9);
  if (kind === 8) return offsets.refuse();
  if (kind === 0) return offsets.verify(below(4) === 0 ? undefined : 200 + below(400));
  if (kind === 1) return offsets.confirm(below(16), below(16));
  if (kind < 5) return offsets.cancel(projects[below(2)] ?? 'P1', 1 + below(6));
  return offsets.book(1 + below(6));
}

async function operate(round: Round, offsets: Offsets, below: (most: number) => number): Promise<void> {
  if (below(3) === 0) return offset(offsets, below);
  const first = 1 + below(NUMBERS - 10);
  const last = first + below(9);
  const [from = 'a', to = 'b'] = [accounts[below(3)], accounts[below(3)]];
  const kind = below(4);
  if (kind === 0) return round.use(first, last);
  if (kind === 1) return round.free(first, last);
  return round.move(below(5) === 0 || from === to ? 'issued' : from, to, 1 + below(20));
}

// A hundred thousand judgements: a bound against hanging on a busy machine.
jest.setTimeout(300_000);

describe('accounts, offsets and serial numbers', () => {
  it(`come to what a model counts one by one, in ${String(OPERATIONS)} operations by seed`, async () => {
    const below = random(20_241_231);
    for (let done = 0; done < OPERATIONS; done += ROUND) {
      const round = new Round();
      const offsets = new Offsets();
      for (let index = 0; index < ROUND; index += 1) await operate(round, offsets, below);
      await round.agree();
      await offsets.agree();
    }
  });

  it('let one of two overlapping ranges through, whichever comes first', async () => {
    const low = { first: 1, last: 9 };
    const high = { first: 9, last: 12 };
    for (const order of [
      [low, high],
      [high, low],
    ]) {
      const round = new Round();
      for (const { first, last } of order) await round.use(first, last);
      const [winner = low] = order;
      expect(round.owner.size).toBe(winner.last - winner.first + 1);
    }
  });
});
