import { isLedgerError, noOffset, offsetStanding, parseSerialRange, type SerialRange } from '@carbon-ledger/core';
import { nothing, type Broken, type HeldRecord, type Invariant, type StandingKey, type WholeLedger } from './view';

interface Used extends SerialRange {
  readonly id: string;
  readonly key: string;
}

function rangeOf({ record }: HeldRecord): SerialRange | undefined {
  const { serialFrom, serialTo } = record.content as Readonly<Record<string, string>>;
  try {
    return parseSerialRange(serialFrom ?? '', serialTo ?? '');
  } catch (error) {
    if (isLedgerError(error)) return undefined;
    throw error;
  }
}

function byNumber(one: Used, other: Used): number {
  if (one.block !== other.block) return one.block < other.block ? -1 : 1;
  return one.from === other.from ? 0 : Number(one.from > other.from) - Number(one.from < other.from);
}

/** Every CCER number is used at most once, over all enterprises, years and versions. Memory: one range a cancellation. */
export class SerialsOnce implements Invariant {
  readonly #used: Used[] = [];
  readonly #reversed = new Set<string>();

  take({ key, versions }: StandingKey): readonly Broken[] {
    return versions.flatMap((held) => this.#remember(key, held));
  }

  end(): readonly Broken[] {
    const standing = this.#used.filter(({ id }) => !this.#reversed.has(id)).sort(byNumber);
    const broken: Broken[] = [];
    let last: Used | undefined;
    for (const one of standing) {
      if (last?.block === one.block && one.from <= last.to)
        broken.push({ record: one.id, message: `${one.key} uses numbers that ${last.key} uses` });
      // The one that reaches furthest: a short range may lie inside a long one.
      if (last?.block !== one.block || one.to > last.to) last = one;
    }
    return broken;
  }

  #remember(key: string, held: HeldRecord): Broken[] {
    const { type } = held.record;
    if (type === 'ccer-reversal') for (const { record } of held.record.cites) this.#reversed.add(record);
    if (type !== 'ccer-cancellation') return [];
    const range = rangeOf(held);
    if (range === undefined) return [{ record: held.id, message: `${key} names no range of numbers` }];
    this.#used.push({ ...range, id: held.id, key });
    return [];
  }
}

const offsetTypes: ReadonlySet<string> = new Set(['offset-confirmation', 'offset-booking', 'ccer-cancellation']);

/**
 * Of every compliance year: booked ≤ cancelled ≤ confirmed, and what is booked beyond the cap of what is verified now is
 * named, booking by booking.
 */
export class WithinCap implements Invariant {
  readonly #ledger: WholeLedger;
  readonly #years = new Set<string>();

  constructor(ledger: WholeLedger) {
    this.#ledger = ledger;
  }

  take({ versions }: StandingKey): readonly Broken[] {
    for (const { record } of versions)
      if (offsetTypes.has(record.type)) this.#years.add(`${record.subject.uscc}/${record.subject.period}`);
    return nothing;
  }

  async end(): Promise<readonly Broken[]> {
    const broken: Broken[] = [];
    for (const year of this.#years) broken.push(...(await this.#yearFaults(year)));
    return broken;
  }

  async #yearFaults(year: string): Promise<Broken[]> {
    const account = (await this.#ledger.get('offset', year)) ?? noOffset;
    const { cancelled, confirmed } = account;
    const { booked, cap = booked, overshoot, hits } = offsetStanding(account);
    const named = hits.reduce((total, { over }) => total + BigInt(over), 0n);
    const sums = `${booked.toString()} t booked, ${cancelled} t cancelled, ${confirmed} t confirmed`;
    const isOrdered = booked <= BigInt(cancelled) && BigInt(cancelled) <= BigInt(confirmed);
    const isCapped = booked - overshoot <= cap && named === overshoot;
    return [
      ...(isOrdered ? [] : [{ message: `${year}: ${sums}` }]),
      ...(isCapped ? [] : [{ message: `${year}: ${sums}, over a cap of ${cap.toString()} t` }]),
    ];
  }
}
