import { toHex } from '../bytes';
import { canonicalBytes } from '../canonical';
import { sha256 } from '../digest';
import type { BookRun } from './run-book';
import { predicateInput } from './predicate-input';
import type { CompiledCheck, CompiledFormula, CompiledPredicate } from './compile';
import type { Env } from './env';
import { Group, type GroupState } from './groups';
import { Lacking } from './lacking';
import { wideWindows, type Window } from './notation';
import { predicates, type Identity } from './predicates';
import { keepsValues } from './uses';
import { groupKey, labPartKey, type WideGroups } from './windows';

/** What one enterprise adds to what others are compared with. Plain JSON, so that it can be kept from run to run. */
export interface Contribution {
  readonly groups: Readonly<Record<string, GroupState>>;
  readonly identities: readonly Identity[];
}

function windowsOf({ variables }: CompiledFormula): Window[] {
  const used = [...variables.values()].flatMap(({ input }) => (input?.from === 'series' ? [input.over] : []));
  return [...new Set(used.filter((over) => wideWindows.includes(over)))];
}

/** Groups that a record is in by a window. @throws Lacking */
function groupKeys(env: Env, over: Window): string[] {
  const key = groupKey(env, over);
  return over === 'other-labs' ? [key, labPartKey(env)] : [key];
}

function quietly<Result>(look: () => Result): Result | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Lacking) return undefined;
    throw error;
  }
}

function addRows(run: BookRun, check: CompiledFormula & CompiledCheck, groups: Map<string, Group>): void {
  for (const record of run.index.each(check.check.each)) {
    const row = run.row(check, record);
    if (row === undefined) continue;
    const keys = windowsOf(check).flatMap((over) => quietly(() => groupKeys(run.env(check, record), over)) ?? []);
    for (const key of keys) {
      const group = groups.get(key) ?? new Group(keepsValues(check));
      group.add(row);
      groups.set(key, group);
    }
  }
}

function identitiesOf(run: BookRun, check: CompiledPredicate & CompiledCheck): readonly Identity[] {
  const look = predicates[check.check.predicate]?.identities;
  if (look === undefined) return [];
  const records = run.index.each(check.check.each).filter((record) => quietly(() => run.env(check, record).applies()));
  return look(predicateInput(check, records, { index: run.index, traits: run.traits, holders: undefined }));
}

/** Rows and identities of one book for every check that looks at other enterprises. */
export function contributionOf(run: BookRun, checks: readonly CompiledCheck[]): Contribution {
  const groups = new Map<string, Group>();
  const identities: Identity[] = [];
  for (const check of checks) {
    if (check.kind === 'formula') addRows(run, check, groups);
    else identities.push(...identitiesOf(run, check));
  }
  return {
    groups: Object.fromEntries([...groups].map(([key, group]) => [key, group.state()])),
    identities,
  };
}

/** All contributions together. */
export class Commons {
  readonly #groups = new Map<string, Group>();
  readonly #holders = new Map<string, Identity[]>();

  add({ groups, identities }: Contribution): void {
    for (const [key, state] of Object.entries(groups)) {
      const group = this.#groups.get(key) ?? new Group(state.rows.length > 0);
      group.merge(state);
      this.#groups.set(key, group);
    }
    for (const identity of identities) {
      const held = this.#holders.get(identity.id);
      if (held === undefined) this.#holders.set(identity.id, [identity]);
      else held.push(identity);
    }
  }

  get groups(): WideGroups {
    return this.#groups;
  }

  readonly holders = (id: string): readonly Identity[] =>
    [...(this.#holders.get(id) ?? [])].sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));

  /** What others add to what one enterprise is compared with: while it stays the same, so do the findings on it. */
  digestFor({ groups, identities }: Contribution): string {
    const looked = Object.keys(groups)
      .sort()
      .map((key) => [key, this.#groups.get(key)?.state() ?? null]);
    const shared = identities.map(({ id }) => this.holders(id)).filter((held) => held.length > 1);
    return toHex(sha256(canonicalBytes({ looked, shared })));
  }
}
