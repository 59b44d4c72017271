import {
  bucketOf,
  changesOf,
  figureFaults,
  figureSpecsOf,
  noOffset,
  offsetStanding,
  parseBusinessKey,
  scopeOf,
  type BuiltRecord,
  type LedgerRecord,
  type Methodology,
  type RecordScope,
  type StateKind,
  type StateValues,
} from '@carbon-ledger/core';
import { conserved } from './conservation';

/** What the invariants look at: every record in the order of the log, when it was anchored, and the state of the rules. */
export interface Held {
  readonly records: readonly { readonly built: BuiltRecord; readonly time: string; readonly keyId: string }[];
  get<Kind extends StateKind>(kind: Kind, key: string): Promise<StateValues[Kind] | undefined>;
}

/** A statement that holds after every step of every story. Returns what is against it. */
export type Invariant = (held: Held) => Promise<string[]> | string[];

function newest(held: Held): Map<string, BuiltRecord> {
  return new Map(held.records.map(({ built }) => [built.key, built]));
}

/** One head per business key: the newest version, with each version one above the last. */
const oneHead: Invariant = async (held) => {
  const faults: string[] = [];
  const versions = new Map<string, number>();
  for (const { built } of held.records) {
    const before = versions.get(built.key) ?? 0;
    if (built.record.version !== before + 1) faults.push(`${built.key}: version ${String(built.record.version)}`);
    versions.set(built.key, built.record.version);
  }
  for (const [key, built] of newest(held)) {
    const parsed = parseBusinessKey(key);
    const heads = (await held.get('head', bucketOf(parsed))) ?? {};
    const head = heads[`${parsed.period}/${parsed.kind}`];
    if (`rec:${String(head?.r)}` !== built.id) faults.push(`${key}: the head is ${String(head?.r)}, not ${built.id}`);
  }
  return faults;
};

/** No citation without its end, and none of something later. */
const citationsEnd: Invariant = ({ records }) => {
  const seen = new Set<string>();
  const faults: string[] = [];
  for (const { built } of records) {
    for (const { record } of built.record.cites)
      if (!seen.has(record)) faults.push(`${built.key} cites ${record}, which was not there`);
    seen.add(built.id);
  }
  return faults;
};

function scopeWithCited(built: BuiltRecord, byId: ReadonlyMap<string, BuiltRecord>): RecordScope {
  const cited = new Map<string, RecordScope[]>();
  for (const { role, record } of built.record.cites) {
    const one = byId.get(record);
    if (one) cited.set(role, [...(cited.get(role) ?? []), scopeOf(one)]);
  }
  for (const scopes of cited.values()) scopes.sort((a, b) => (a.key < b.key ? -1 : 1));
  return scopeOf(built, cited);
}

const recomputed = new WeakSet<LedgerRecord>();

/** Every figure recomputable from what its record cites; each record is asked once, since records never change. */
const recomputable: Invariant = ({ records }) => {
  const byId = new Map(records.map(({ built }) => [built.id, built]));
  return records.flatMap(({ built }) => {
    if (recomputed.has(built.record)) return [];
    recomputed.add(built.record);
    const scope = scopeWithCited(built, byId);
    const methodology = scope.cited.get('methodology')?.[0]?.record.content as Methodology | undefined;
    return figureFaults(figureSpecsOf(built.record, methodology), scope).map(
      ({ message }) => `${built.key}: ${message}`,
    );
  });
};

type Change = ReturnType<typeof changesOf>[number];

/** How each record stands by what was done to it since. */
function lastChanges({ records }: Held): Map<string, Change> {
  const last = new Map<string, Change>();
  for (const { built } of records) for (const change of changesOf(built.record)) last.set(change.record, change);
  return last;
}

const statuses = { w: 'withdrawn', o: 'open', none: 'current' } as const;

/** What a withdrawn or opened record was is marked in its head, so that whoever rests on it can see it. */
const endedIsMarked: Invariant = async (held) => {
  const heads = newest(held);
  const faults: string[] = [];
  for (const { record, key, status } of lastChanges(held).values()) {
    if (heads.get(key)?.id !== record) continue;
    const parsed = parseBusinessKey(key);
    const bucket = (await held.get('head', bucketOf(parsed))) ?? {};
    const found = statuses[bucket[`${parsed.period}/${parsed.kind}`]?.s ?? 'none'];
    if (found !== status) faults.push(`${key} is ${found}, not ${status}`);
  }
  return faults;
};

/** Several bookings of one range would show as two records that hold the same numbers: over all enterprises and years. */
const serialsOnce: Invariant = ({ records }) => {
  const reversed = new Set(
    records
      .filter(({ built }) => built.record.type === 'ccer-reversal')
      .flatMap(({ built }) => built.record.cites.map(({ record }) => record)),
  );
  const ranges = records
    .filter(({ built }) => built.record.type === 'ccer-cancellation' && !reversed.has(built.id))
    .map(({ built }) => ({ key: built.key, ...(built.record.content as { serialFrom: string; serialTo: string }) }))
    .sort((a, b) => (a.serialFrom < b.serialFrom ? -1 : 1));
  return ranges.slice(1).flatMap((range, index) => {
    const before = ranges[index];
    return before !== undefined && range.serialFrom <= before.serialTo
      ? [`${range.key} shares numbers with ${before.key}`]
      : [];
  });
};

/** Σ cancelled for a year ≤ what its province confirmed. */
const withinConfirmation: Invariant = async (held) => {
  const years = new Set(
    held.records
      .filter(({ built }) => built.record.type === 'offset-confirmation')
      .map(({ built }) => `${built.record.subject.uscc}/${built.record.subject.period}`),
  );
  const faults: string[] = [];
  for (const year of years) {
    const account = await held.get('offset', year);
    if (account !== undefined && BigInt(account.cancelled) > BigInt(account.confirmed))
      faults.push(`${year}: ${account.cancelled} t cancelled, ${account.confirmed} t confirmed`);
  }
  return faults;
};

/** Σ bookings ≤ min(cancelled, confirmed, cap); what is beyond the cap of a revised year is named, booking by booking. */
const bookedWithin: Invariant = async (held) => {
  const booked = held.records.filter(({ built }) => built.record.type === 'offset-booking');
  const years = new Set(booked.map(({ built }) => `${built.record.subject.uscc}/${built.record.subject.period}`));
  const faults: string[] = [];
  for (const year of years) {
    const account = (await held.get('offset', year)) ?? noOffset;
    const { booked: sum, cap = sum, overshoot, hits } = offsetStanding(account);
    const named = hits.reduce((total, { over }) => total + BigInt(over), 0n);
    if (sum > BigInt(account.cancelled) || BigInt(account.cancelled) > BigInt(account.confirmed))
      faults.push(`${year}: ${sum} t booked, ${account.cancelled} t cancelled, ${account.confirmed} t confirmed`);
    if (sum - overshoot > cap || named !== overshoot) faults.push(`${year}: ${sum} t booked over a cap of ${cap} t`);
  }
  return faults;
};

/** Keys of records that were signed since a key was compromised, as its newest registration says. */
export function signedAfterCompromise(held: Held): string[] {
  const parties = [...newest(held).values()].filter(({ record }) => record.type === 'party');
  const since = new Map(
    parties.flatMap(({ record }) =>
      (record.content as { keys: { id: string; compromisedSince?: string }[] }).keys.flatMap((key) =>
        key.compromisedSince === undefined ? [] : [[key.id, key.compromisedSince] as const],
      ),
    ),
  );
  return held.records.filter(({ keyId, time }) => time >= (since.get(keyId) ?? '9')).map(({ built }) => built.key);
}

/** Evidence filed while an inspection held its plant's year frozen carries the inspection in its head, and nothing else does. */
const frozenIsMarked: Invariant = async (held) => {
  const faults: string[] = [];
  for (const [key, marked] of expectedMarks(held)) {
    const parsed = parseBusinessKey(key);
    const bucket = (await held.get('head', bucketOf(parsed))) ?? {};
    if ((bucket[`${parsed.period}/${parsed.kind}`]?.f !== undefined) !== marked)
      faults.push(`${key} is ${marked ? 'not ' : ''}marked as filed during an inspection`);
  }
  return faults;
};

interface Covered {
  readonly covered?: readonly { readonly uscc: string; readonly years: readonly string[] }[];
  readonly outcome?: string;
}

/** By key, whether its newest version was filed while a year was frozen. */
function expectedMarks({ records }: Held): Map<string, boolean> {
  const frozen = new Map<string, Set<string>>();
  const marks = new Map<string, boolean>();
  for (const { built } of records) {
    const { subject, type, content, cites } = built.record;
    const year = `${subject.uscc}/${subject.period.slice(0, 4)}`;
    marks.set(
      built.key,
      [...frozen.values()].some((years) => years.has(year)),
    );
    const { covered = [], outcome } = content as Covered;
    if (type === 'inspection')
      frozen.set(built.key, new Set(covered.flatMap(({ uscc, years }) => years.map((one) => `${uscc}/${one}`))));
    if (type === 'closure' && outcome === 'closed')
      for (const { role, key } of cites) if (role === 'inspection') frozen.delete(key);
  }
  return marks;
}

/** A list that grows: each kind of record brings what must hold for it. */
export const invariants: Readonly<Record<string, Invariant>> = {
  'one head per business key': oneHead,
  'no citation without its end': citationsEnd,
  'every figure recomputable': recomputable,
  'what ended is marked': endedIsMarked,
  'no CCER number used twice': serialsOnce,
  'no more cancelled than confirmed': withinConfirmation,
  'of every vintage as much stays as was issued': conserved,
  'no more booked than cancelled, confirmed and capped': bookedWithin,
  'what came into a frozen year is marked': frozenIsMarked,
};

/** The same state, each value read once: a peer answers every question over the network. */
function readOnce(held: Held): Held {
  const known = new Map<string, unknown>();
  return {
    records: held.records,
    get: async (kind, key) => {
      const place = `${kind}/${key}`;
      if (!known.has(place)) known.set(place, held.get(kind, key));
      return known.get(place) as ReturnType<typeof held.get<typeof kind>>;
    },
  };
}

/** Everything that is against any of them. */
export async function brokenInvariants(given: Held): Promise<string[]> {
  const held = readOnce(given);
  const found = await Promise.all(
    Object.entries(invariants).map(async ([name, invariant]) =>
      (await invariant(held)).map((one) => `${name}: ${one}`),
    ),
  );
  return found.flat();
}
