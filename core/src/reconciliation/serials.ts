import { isLedgerError, LedgerError } from '../errors';
import { normaliseIdentifier, parseSerialRange, type SerialRange } from '../identifiers';

/** What stands before the digits at the end, and these. */
function split(serial: string): readonly [prefix: string, digits: string] {
  let at = serial.length;
  while (at > 0 && /[0-9]/.test(serial.charAt(at - 1))) at -= 1;
  return [serial.slice(0, at), serial.slice(at)];
}

/** Reads ranges fast where millions are of few blocks: a block's text is folded once. */
export class SerialReader {
  readonly #blocks = new Map<string, string>();

  /** Undefined for what is no range of serial numbers. */
  read(from: string, to: string): SerialRange | undefined {
    const [prefix, first] = split(from);
    const [otherPrefix, last] = split(to);
    const block = prefix === otherPrefix && first.length === last.length ? this.#blocks.get(prefix) : undefined;
    if (block === undefined) return this.#slowly(from, to);
    const range = { block, from: BigInt(first), to: BigInt(last) };
    return range.to < range.from ? undefined : range;
  }

  #slowly(from: string, to: string): SerialRange | undefined {
    try {
      const range = parseSerialRange(from, to);
      const [prefix] = split(from);
      if (this.#blocks.size < 100_000) this.#blocks.set(prefix, normaliseIdentifier(prefix));
      return range;
    } catch (error) {
      if (isLedgerError(error)) return undefined;
      throw error;
    }
  }
}

interface Entry<Item> {
  readonly range: SerialRange;
  readonly item: Item;
  /** Greatest end up to here, so that a search can stop. */
  reach: bigint;
}

/** Which ranges overlap a given one, over all that were put in: O(log n + answers) unless ranges lie inside each other. */
export class SerialIndex<Item> {
  readonly #blocks = new Map<string, Entry<Item>[]>();
  #isSorted = true;

  add(range: SerialRange, item: Item): void {
    const entries = this.#blocks.get(range.block) ?? [];
    entries.push({ range, item, reach: range.to });
    this.#blocks.set(range.block, entries);
    this.#isSorted = false;
  }

  overlapping(range: SerialRange): { readonly item: Item; readonly tonnes: bigint }[] {
    this.#sort();
    const entries = this.#blocks.get(range.block) ?? [];
    const found: { item: Item; tonnes: bigint }[] = [];
    for (let at = lastAtOrBefore(entries, range.to); at >= 0; at -= 1) {
      const entry = entries[at];
      if (entry === undefined || entry.reach < range.from) break;
      if (entry.range.to >= range.from) found.push({ item: entry.item, tonnes: common(entry.range, range) });
    }
    return found.reverse();
  }

  #sort(): void {
    if (this.#isSorted) return;
    for (const entries of this.#blocks.values()) {
      entries.sort((one, other) =>
        one.range.from < other.range.from ? -1 : Number(one.range.from > other.range.from),
      );
      let reach = -1n;
      for (const entry of entries) {
        if (entry.range.to > reach) reach = entry.range.to;
        entry.reach = reach;
      }
    }
    this.#isSorted = true;
  }
}

function common(one: SerialRange, other: SerialRange): bigint {
  const from = one.from > other.from ? one.from : other.from;
  const to = one.to < other.to ? one.to : other.to;
  return to - from + 1n;
}

/** Index of the last entry that begins at or before a number; -1 for none. */
function lastAtOrBefore<Item>(entries: readonly Entry<Item>[], number: bigint): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.range.from ?? 0n) <= number) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** @throws LedgerError BAD_RECORD where the quantity is no whole number */
export function tonnesOf(text: string): bigint {
  if (!/^[0-9]{1,18}$/.test(text)) throw new LedgerError('BAD_RECORD', `${text} is not a whole number of tonnes`);
  return BigInt(text);
}
