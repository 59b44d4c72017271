import type { Sample } from '../formula';
import type { BookIndex, BookRecord } from './book';
import type { CompiledFormula } from './compile';
import { Env, type Windows } from './env';
import { Group, type Row } from './groups';
import { Lacking } from './lacking';
import { addMonths } from './months';
import { wideWindows, type Window } from './notation';
import { keepsValues } from './uses';
import type { UnitTraits } from './traits';

/** Months that an own history goes back. */
const historyMonths = 24;

/** Sums over enterprises by check, window and group. */
export type WideGroups = ReadonlyMap<string, Group>;

function yearOf({ subject }: BookRecord): string {
  return subject.period.slice(0, 4);
}

function labOf({ index, record }: Env['place']): string {
  const report = record.type === 'test-report' ? record : index.related(record, 'test-report');
  if (report === undefined) throw new Lacking('no test-report');
  return report.issuer;
}

/** Name of the group that a record belongs to. @throws Lacking where it cannot be told */
export function groupKey(env: Env, over: Window): string {
  const { traits, record } = env.place;
  const { rule, index } = env.check;
  const place = [rule.id, String(index), over];
  if (over === 'market') return [...place, record.kind, yearOf(record)].join('|');
  const of = traits.of(record);
  if (over === 'same-lab') return [...place, labOf(env.place), yearOf(record)].join('|');
  if (over === 'other-labs') return [...place, of.fuel, of.region, yearOf(record)].map((part) => part ?? '-').join('|');
  if (of.region === undefined || of.class === undefined)
    throw new Lacking('class or province of the unit is not known');
  return [...place, of.sector, of.class, of.kind, of.fuel, of.region, yearOf(record)]
    .map((part) => part ?? '-')
    .join('|');
}

/** The part of a group of laboratories that one laboratory made: not all its reports, which may be about other provinces and fuels. @throws Lacking */
export function labPartKey(env: Env): string {
  return `${groupKey(env, 'other-labs')}|by ${labOf(env.place)}`;
}

function isBefore(own: BookRecord, other: BookRecord): boolean {
  const { unit, period } = own.subject;
  const { subject } = other;
  return subject.unit === unit && subject.period < period && subject.period >= addMonths(period, -historyMonths);
}

/** Windows of one book, and those over enterprises where their groups are given. */
export class BookWindows implements Windows {
  readonly #index: BookIndex;
  readonly #traits: UnitTraits;
  readonly #groups: WideGroups | undefined;
  readonly #rows = new Map<string, Row | undefined>();
  readonly #own = new Map<string, Group>();

  constructor(index: BookIndex, traits: UnitTraits, groups?: WideGroups) {
    this.#index = index;
    this.#traits = traits;
    this.#groups = groups;
  }

  series(env: Env, column: string, over: Window, least: number): Sample {
    const group = wideWindows.includes(over) ? this.#wide(env, over) : this.#ofBook(env, over);
    if (group.moments.count < least) throw new Lacking(`fewer than ${String(least)} values in ${over}`);
    return group.sample(column);
  }

  /** The row of a record, or undefined where the check does not apply to it or it lacks something. */
  row(check: CompiledFormula & Env['check'], record: BookRecord): Row | undefined {
    const name = `${check.rule.id}|${String(check.index)}|${record.key}`;
    if (this.#rows.has(name)) return this.#rows.get(name);
    const row = this.#computedRow(check, record);
    this.#rows.set(name, row);
    return row;
  }

  #computedRow(check: CompiledFormula & Env['check'], record: BookRecord): Row | undefined {
    const env = new Env(check, { index: this.#index, traits: this.#traits, record }, this);
    try {
      return env.applies() ? env.row(check.columns) : undefined;
    } catch (error) {
      if (error instanceof Lacking) return undefined;
      throw error;
    }
  }

  #ofBook(env: Env, over: Window): Group {
    const { check, place } = env;
    if (check.kind !== 'formula') throw new Lacking('a window belongs to a formula');
    const name = `${check.rule.id}|${String(check.index)}|${over}|${place.record.key}`;
    const known = this.#own.get(name);
    if (known) return known;
    const group = over === 'own-history' ? this.#history(check, place.record) : this.#year(check, place.record);
    const own = over === 'own-other-months' ? this.row(check, place.record) : undefined;
    const found = own === undefined ? group : group.others(own);
    this.#own.set(name, found);
    return found;
  }

  #history(check: CompiledFormula & Env['check'], own: BookRecord): Group {
    const group = new Group(keepsValues(check));
    for (const other of this.#index.each(check.check.each)) {
      const row = isBefore(own, other) ? this.row(check, other) : undefined;
      if (row) group.add(row);
    }
    return group;
  }

  /** All months of the unit's year: made once, and seen by each month without itself. */
  #year(check: CompiledFormula & Env['check'], own: BookRecord): Group {
    const name = `${check.rule.id}|${String(check.index)}|${own.subject.unit}|${yearOf(own)}`;
    const known = this.#own.get(name);
    if (known) return known;
    const group = new Group(keepsValues(check));
    for (const other of this.#index.each(check.check.each)) {
      const isOfYear = other.subject.unit === own.subject.unit && yearOf(other) === yearOf(own);
      const row = isOfYear ? this.row(check, other) : undefined;
      if (row) group.add(row);
    }
    this.#own.set(name, group);
    return group;
  }

  #wide(env: Env, over: Window): Group {
    const { check, place } = env;
    if (check.kind !== 'formula') throw new Lacking('a window belongs to a formula');
    if (this.#groups === undefined) throw new Lacking('other enterprises were not read');
    const key = groupKey(env, over);
    const name = `${key}|${place.record.key}`;
    const known = this.#own.get(name);
    if (known) return known;
    const found = this.#widened(env, over, this.#groups.get(key), check);
    this.#own.set(name, found);
    return found;
  }

  #widened(env: Env, over: Window, group: Group | undefined, check: CompiledFormula & Env['check']): Group {
    const empty = new Group(keepsValues(check));
    if (group === undefined) return empty;
    if (over === 'same-lab') return group;
    const own = this.row(check, env.place.record);
    if (own === undefined) return group;
    if (over !== 'other-labs') return group.others(own);
    const mine = this.#groups?.get(labPartKey(env));
    return mine === undefined ? group : group.beyond(mine);
  }
}
