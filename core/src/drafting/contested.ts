import { workingYears } from '../agenda';
import { parseBusinessKey, typeOfKind } from '../identifiers';
import type { BuiltRecord, Rulebook } from '../rulebook';
import type { ActedOn } from './acting';
import type { DraftSource } from './source';

type Cites = Record<string, BuiltRecord[]>;

async function builtOf(source: DraftSource, ids: readonly string[]): Promise<BuiltRecord[]> {
  const found = await Promise.all(ids.map((id) => source.built(id)));
  return found.filter((one) => one !== undefined);
}

/** Current versions of what a record cites in a role, under the same role. */
async function shared(cited: BuiltRecord, role: string, source: DraftSource): Promise<BuiltRecord[]> {
  const keys = cited.record.cites.filter((one) => one.role === role).map(({ key }) => key);
  const heads = await Promise.all(keys.map((key) => source.head(key)));
  return builtOf(
    source,
    heads.flatMap((head) => head?.record ?? []),
  );
}

/** The calendars of this year and the next one: an objection and its decision run through no other. */
async function calendars(rulebook: Rulebook, source: DraftSource, now: string): Promise<BuiltRecord[]> {
  const year = Number(now.slice(0, 4));
  const years = (await workingYears(rulebook, source)).filter((one) => [year, year + 1].includes(Number(one.year)));
  return builtOf(
    source,
    years.map(({ record }) => record),
  );
}

/**
 * What an objection and the decision on it cite beside what they act on: the report that was concluded on, what was
 * objected to, the working days that they are counted by. Roles that are stated stay as they are.
 */
export async function contestedCites(
  on: ActedOn | undefined,
  given: Readonly<Cites>,
  { rulebook, source, now }: { readonly rulebook: Rulebook; readonly source: DraftSource; readonly now: string },
): Promise<Cites> {
  const type = on && typeOfKind(parseBusinessKey(on.current.key).kind);
  const acted = on && (await source.built(on.current.record));
  if (acted === undefined || on === undefined) return {};
  const proposed: Cites = { 'working-days': await calendars(rulebook, source, now) };
  if (type === 'verification-conclusion') proposed['annual-report'] = await shared(acted, 'annual-report', source);
  if (type === 'objection')
    for (const role of ['contested', 'annual-report']) proposed[role] = await shared(acted, role, source);
  return Object.fromEntries(
    Object.entries(proposed).filter(([role, records]) => records.length > 0 && !Object.hasOwn(given, role)),
  );
}
