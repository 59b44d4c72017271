import {
  brokenInvariants as brokenOfLedger,
  type HeldRecord,
  type KeyHistory,
  type WholeLedger,
} from '@carbon-ledger/auditor';
import {
  figureFaults,
  figureSpecsOf,
  scopeOf,
  type BuiltRecord,
  type LedgerRecord,
  type Methodology,
  type RecordScope,
  type StateKind,
  type StateValues,
} from '@carbon-ledger/core';

/** What the invariants look at: every record in the order of the log, when it was anchored, and the state of the rules. */
export interface Held {
  readonly records: readonly { readonly built: BuiltRecord; readonly time: string; readonly keyId: string }[];
  get<Kind extends StateKind>(kind: Kind, key: string): Promise<StateValues[Kind] | undefined>;
}

/** A statement that holds after every step of every story. Returns what is against it. */
type Invariant = (held: Held) => Promise<string[]> | string[];

function newest(held: Held): Map<string, BuiltRecord> {
  return new Map(held.records.map(({ built }) => [built.key, built]));
}

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

/** What is asked of each record where it is judged; everything else is asked as fsck asks it. */
const ofEachRecord: Readonly<Record<string, Invariant>> = {
  'no citation without its end': citationsEnd,
  'every figure recomputable': recomputable,
};

/** The story's ledger as the invariants look at it; each value of the state is read once, since a peer answers over the network. */
class HeldLedger implements WholeLedger {
  readonly #held: Held;
  readonly #known = new Map<string, unknown>();
  readonly #byKey = new Map<string, HeldRecord[]>();
  readonly #byId = new Map<string, HeldRecord['record']>();

  constructor(held: Held) {
    this.#held = held;
    for (const [index, { built }] of held.records.entries()) {
      const { id, key, record } = built;
      this.#byId.set(id, record);
      this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), { id, index, record }]);
    }
  }

  async *histories(uscc?: string): AsyncGenerator<KeyHistory> {
    for (const [key, versions] of this.#byKey)
      if (uscc === undefined || key.startsWith(`${uscc}/`)) yield await Promise.resolve({ key, versions });
  }

  record(id: string): Promise<HeldRecord['record'] | undefined> {
    return Promise.resolve(this.#byId.get(id));
  }

  async get<Kind extends StateKind>(kind: Kind, key: string): Promise<StateValues[Kind] | undefined> {
    const place = `${kind}/${key}`;
    if (!this.#known.has(place)) this.#known.set(place, await this.#held.get(kind, key));
    return this.#known.get(place) as StateValues[Kind] | undefined;
  }
}

/** Everything that is against any of them. */
export async function brokenInvariants(held: Held): Promise<string[]> {
  const found: string[] = [];
  for (const [name, invariant] of Object.entries(ofEachRecord))
    found.push(...(await invariant(held)).map((one) => `${name}: ${one}`));
  for await (const { invariant, message } of brokenOfLedger(new HeldLedger(held)))
    found.push(`${invariant}: ${message}`);
  return found;
}
