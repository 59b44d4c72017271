import { serialKey, type SerialRange } from '../identifiers';
import type { SerialSpan } from './kinds';
import type { OverlayView } from './overlay';
import type { LedgerView } from './view';

/**
 * `lot`: numbers that exist. `frozen`: numbers kept for one use. `used`: numbers that were used up. Spans of one space never
 * overlap.
 */
export type SerialSpace = 'lot' | 'frozen' | 'used';

/** Spans stand under their last number: one range read from a number on finds any span that reaches it. */
export function spanKey(block: string, to: bigint): string {
  return `${block}/${serialKey(to)}`;
}

/**
 * The span that shares numbers with a range, if any.
 * A block is the part of a serial number before its digits, as normalised; `0` is the character after `/`.
 */
export async function overlappingSpan(
  view: LedgerView,
  space: SerialSpace,
  { block, from, to }: SerialRange,
): Promise<SerialSpan | undefined> {
  const found = await view.first(space, spanKey(block, from), `${block}0`);
  return found !== undefined && BigInt(found.value.from) <= to ? found.value : undefined;
}

export function addSpan(view: OverlayView, space: SerialSpace, range: SerialRange, key: string): void {
  const { block, from, to } = range;
  view.put(space, spanKey(block, to), { from: from.toString(), to: to.toString(), key });
}

export function removeSpan(view: OverlayView, space: SerialSpace, { block, to }: SerialRange): void {
  view.remove(space, spanKey(block, to));
}

/** All spans that share numbers with a range, in the order of their numbers. */
export async function overlappingSpans(
  view: LedgerView,
  space: SerialSpace,
  { block, from, to }: SerialRange,
): Promise<SerialSpan[]> {
  const spans: SerialSpan[] = [];
  for (let next = from; next <= to;) {
    const span = await overlappingSpan(view, space, { block, from: next, to });
    if (span === undefined) return spans;
    spans.push(span);
    next = BigInt(span.to) + 1n;
  }
  return spans;
}

/** Takes numbers out of spans: what lies before and behind them stays with the span's holder. */
export async function takeSpans(view: OverlayView, space: SerialSpace, range: SerialRange): Promise<void> {
  const { block } = range;
  for (const { from, to, key } of await overlappingSpans(view, space, range)) {
    const [first, last] = [BigInt(from), BigInt(to)];
    removeSpan(view, space, { block, from: first, to: last });
    if (first < range.from) addSpan(view, space, { block, from: first, to: range.from - 1n }, key);
    if (last > range.to) addSpan(view, space, { block, from: range.to + 1n, to: last }, key);
  }
}
