import { LedgerError, type Fault } from '../errors';
import { parseSerialRange, type SerialRange } from '../identifiers';
import type { LedgerRecord } from '../records/record';
import { addSpan, overlappingSpan, overlappingSpans, removeSpan, takeSpans, type SerialSpace } from '../state/serials';
import type { Claim, Engagement } from '../state/kinds';
import type { LedgerView } from '../state/view';
import type { OverlayView } from '../state/overlay';
import { holdingAppliers, moveFaults, type HoldingEffect } from './holding-effects';
import { offsetAppliers, type OffsetEffect } from './offset-account';
import { freezeEntry } from '../state/heads';
import { unitAppliers, unitEffectFaults, type UnitEffect } from './unit-effects';
import { unitsInForce } from './units';
import type { PartyContent } from './types/party';

/** Serial numbers as a record states them. */
interface SerialsOf {
  readonly serialFrom: string;
  readonly serialTo: string;
}

/**
 * What a record can change, beside the head of its own key and the cases that it acts on. A closed set: a record type names
 * its effects, and never a key.
 */
export type Effect =
  | HoldingEffect
  | OffsetEffect
  | UnitEffect
  | { readonly do: 'register-party'; readonly content: PartyContent }
  | { readonly do: 'end-party'; readonly uscc: string }
  /**
   * An identity that nobody else may have: `field` is where the record states it. With `by`, several parties may come to hold
   * it, each once: who is not the first names the first one's record (`besides`), so that both are known.
   */
  | {
      readonly do: 'claim';
      readonly space: string;
      readonly id: string;
      readonly rule: string;
      readonly field: string;
      readonly by?: string;
      readonly besides?: string;
    }
  | ({ readonly do: 'add-serials'; readonly space: SerialSpace } & SerialsOf)
  /** Numbers leave the spans that hold them, which keep the rest; `of`: only spans of this holder. */
  | ({ readonly do: 'take-serials'; readonly space: SerialSpace; readonly of?: string } & SerialsOf)
  | ({ readonly do: 'free-serials'; readonly space: SerialSpace } & SerialsOf)
  | {
      readonly do: 'engage';
      readonly uscc: string;
      readonly year: string;
      readonly party: string;
      readonly as: Engagement['as'];
    }
  | { readonly do: 'disengage'; readonly uscc: string; readonly year: string; readonly engagement: string }
  | {
      readonly do: 'list';
      readonly uscc: string;
      readonly year: string;
      readonly listed: boolean;
      readonly sector: string;
    }
  /** What one list said of an enterprise counts no more; the word of the list before it does. */
  | { readonly do: 'unlist'; readonly uscc: string; readonly year: string; readonly list: string }
  /** What is anchored of a plant's year is frozen: later filings are taken and marked. Thawed by its end. */
  | { readonly do: 'freeze' | 'thaw'; readonly uscc: string; readonly year: string; readonly inspection: string }
  | { readonly do: 'enter-item' | 'strike-item'; readonly docket: string; readonly item: string }
  | { readonly do: 'set-edition'; readonly edition: number };

/** The record whose effect it is. */
export interface EffectSource {
  /** Hex of its leaf hash. */
  readonly id: string;
  readonly key: string;
  readonly record: LedgerRecord;
  /** RFC 3339. */
  readonly time: string;
}

/** The effect that a name stands for, where one shape may stand for several. */
type Of<Name extends Effect['do']> = Effect extends infer One
  ? One extends { readonly do: Effect['do'] }
    ? Name extends One['do']
      ? One
      : never
    : never
  : never;
export type EffectNamed<Name extends Effect['do']> = Of<Name>;
type Apply<Name extends Effect['do']> = (effect: Of<Name>, view: OverlayView, source: EffectSource) => Promise<void>;

async function endParty(uscc: string, view: OverlayView, { time }: EffectSource): Promise<void> {
  const party = await view.get('party', uscc);
  if (party !== undefined) view.put('party', uscc, { ...party, ended: time });
}

async function changeSerials(
  effect: Of<'add-serials'> | Of<'free-serials'>,
  view: OverlayView,
  { key }: EffectSource,
): Promise<void> {
  const range = rangeOf(effect);
  if (range === undefined) return Promise.resolve();
  if (effect.do === 'add-serials') addSpan(view, effect.space, range, key);
  else removeSpan(view, effect.space, range);
  return Promise.resolve();
}

async function takeSerials(effect: Of<'take-serials'>, view: OverlayView): Promise<void> {
  const range = rangeOf(effect);
  if (range === undefined) return;
  const spans = effect.of === undefined ? [] : await overlappingSpans(view, effect.space, range);
  const own = spans.filter(({ key }) => key === effect.of);
  if (effect.of === undefined) await takeSpans(view, effect.space, range);
  for (const { from, to } of own) removeSpan(view, effect.space, { ...range, from: BigInt(from), to: BigInt(to) });
}

async function engage({ uscc, year, party, as }: Of<'engage'>, view: OverlayView, { id }: EffectSource): Promise<void> {
  const roster = `${uscc}/${year}`;
  const { engaged } = (await view.get('engaged', roster)) ?? { engaged: [] };
  view.put('engaged', roster, { engaged: [...engaged, { party, as, r: id }] });
}

async function disengage({ uscc, year, engagement }: Of<'disengage'>, view: OverlayView): Promise<void> {
  const roster = `${uscc}/${year}`;
  const { engaged } = (await view.get('engaged', roster)) ?? { engaged: [] };
  view.put('engaged', roster, {
    engaged: engaged.map((one) => (one.r === engagement ? { ...one, ended: true as const } : one)),
  });
}

async function list(
  { uscc, year, listed, sector }: Of<'list'>,
  view: OverlayView,
  { id }: EffectSource,
): Promise<void> {
  const key = `${uscc}/${year}`;
  const { said } = (await view.get('listed', key)) ?? { said: [] };
  view.put('listed', key, { said: [...said, { listed, r: id, sector }] });
}

async function unlist({ uscc, year, list: withdrawn }: Of<'unlist'>, view: OverlayView): Promise<void> {
  const key = `${uscc}/${year}`;
  const listing = await view.get('listed', key);
  if (listing !== undefined) view.put('listed', key, { said: listing.said.filter(({ r }) => r !== withdrawn) });
}

/** One head of every bucket of the plant's year says that it is frozen, and by which inspection. */
async function freeze(effect: Of<'freeze'>, view: OverlayView): Promise<void> {
  const { uscc, year, inspection } = effect;
  const roster = await view.get('units', uscc);
  const units = unitsInForce(roster, year).map(({ id }) => id);
  for (const unit of [...units, 'PLANT', '-']) {
    const head = { v: 1, r: inspection, ...(effect.do === 'thaw' ? { s: 'w' as const } : {}) };
    await view.setHead(`${uscc}/${unit}/${year}`, freezeEntry(inspection), head);
  }
}

async function changeItems({ do: what, docket, item }: Of<'enter-item'>, view: OverlayView): Promise<void> {
  const { items } = (await view.get('docket', docket)) ?? { items: [] };
  const others = items.filter((one) => one !== item);
  view.put('docket', docket, { items: what === 'enter-item' ? [...others, item] : others });
}

const appliers: { readonly [Name in Effect['do']]: Apply<Name> } = {
  ...holdingAppliers,
  ...offsetAppliers,
  ...unitAppliers,
  'register-party': ({ content }, view, { id, record }) => {
    view.put('party', record.subject.uscc, { record: `rec:${id}`, version: record.version, content });
    return Promise.resolve();
  },
  'end-party': ({ uscc }, view, source) => endParty(uscc, view, source),
  claim,
  'add-serials': changeSerials,
  'free-serials': changeSerials,
  'take-serials': takeSerials,
  engage,
  disengage,
  list,
  unlist,
  freeze,
  thaw: freeze,
  'enter-item': changeItems,
  'strike-item': changeItems,
  'set-edition': ({ edition }, view, { id }) => {
    view.put('edition', '', { edition, r: id });
    return Promise.resolve();
  },
};

/** Lays an effect over the view. */
export function applyEffect(effect: Effect, view: OverlayView, source: EffectSource): Promise<void> {
  const apply = appliers[effect.do] as (effect: Effect, view: OverlayView, source: EffectSource) => Promise<void>;
  return apply(effect, view, source);
}

/** The range, or undefined where the numbers do not make one: the type's own checks say so. */
function rangeOf({ serialFrom, serialTo }: SerialsOf): SerialRange | undefined {
  try {
    return parseSerialRange(serialFrom, serialTo);
  } catch (error) {
    if (error instanceof LedgerError) return undefined;
    throw error;
  }
}

/** All who hold an identity: the first, and those who named its record. */
function holdersOf({ also = [], ...first }: Claim): readonly Omit<Claim, 'also'>[] {
  return [first, ...also];
}

async function claim({ space, id, by }: Of<'claim'>, view: OverlayView, { key }: EffectSource): Promise<void> {
  const place = `${space}/${id}`;
  const own = { key, ...(by === undefined ? {} : { by }) };
  const held = by === undefined ? undefined : await view.get('claim', place);
  if (held === undefined) view.put('claim', place, own);
  else if (!holdersOf(held).some((one) => one.key === key))
    view.put('claim', place, { ...held, also: [...(held.also ?? []), own] });
}

async function claimFaults(effect: Of<'claim'>, view: LedgerView, { key }: EffectSource): Promise<Fault[]> {
  const { space, id, rule, field, by, besides } = effect;
  const held = await view.get('claim', `${space}/${id}`);
  const holders = held === undefined ? [] : holdersOf(held);
  if (held === undefined || holders.some((one) => one.key === key)) return [];
  const isOfOthers = by !== undefined && holders.every((one) => one.by !== by);
  if (isOfOthers && besides === held.key) return [];
  const holder = holders.find((one) => one.by === by)?.key ?? held.key;
  const way = isOfOthers ? `; where it is this party’s own all the same, the record names that one (alsoIn)` : '';
  const details = { rule, space, id, holder };
  return [
    { path: field, code: 'IDENTITY_TAKEN', message: `${rule}: ${id} stands already in ${holder}${way}`, details },
  ];
}

async function overlapFaults(effect: Of<'add-serials'>, view: LedgerView): Promise<Fault[]> {
  const range = rangeOf(effect);
  const taken = range && (await overlappingSpan(view, effect.space, range));
  if (range === undefined || taken === undefined) return [];
  const from = BigInt(taken.from) > range.from ? BigInt(taken.from) : range.from;
  const to = BigInt(taken.to) < range.to ? BigInt(taken.to) : range.to;
  const count = (to - from + 1n).toString();
  const details = { holder: taken.key, from: from.toString(), to: to.toString(), count };
  const message = `${count} serial numbers already belong to ${taken.key}`;
  return [{ path: '/content/serialFrom', code: 'SERIAL_OVERLAP', message, details }];
}

/** What of the state stands against an effect: an identity of somebody else, numbers that are taken, an empty account. */
export async function effectFaults(effect: Effect, view: LedgerView, source: EffectSource): Promise<Fault[]> {
  if (effect.do === 'claim') return claimFaults(effect, view, source);
  if (effect.do === 'claim-facility' || effect.do === 'accept-units') return unitEffectFaults(effect, view);
  if (effect.do === 'move') return moveFaults(effect, view);
  return effect.do === 'add-serials' ? overlapFaults(effect, view) : [];
}
