import { Decimal } from '../decimal';
import { Lacking } from './lacking';
import type { Learnt, ParameterEntry, ScreeningRule, TraitName, Traits } from './rule-set';

const selectors: readonly TraitName[] = ['fuel', 'kind', 'class', 'sector', 'mine'];

/** The day by which a limit is chosen: the end of a month or year counts as its begin. */
function dayOf(period: string): string {
  return period.length < 4 ? '' : `${period}-01-01`.slice(0, 10);
}

function fits(entry: ParameterEntry, traits: Traits, day: string): boolean {
  const isMeant = selectors.every((name) => {
    const wanted = entry[name];
    const has = traits[name];
    return wanted === undefined || (has !== undefined && wanted.includes(has));
  });
  return isMeant && (entry.from === undefined || entry.from <= day) && (entry.to === undefined || day <= entry.to);
}

const values = new WeakMap<ParameterEntry, Decimal>();

function valueOf(entry: ParameterEntry): Decimal {
  const known = values.get(entry) ?? new Decimal(entry.value);
  values.set(entry, known);
  return known;
}

/** A limit in force, and what it was learnt from where it was. */
export interface Limit {
  readonly value: Decimal;
  readonly learnt?: Learnt;
}

/** The limit in force for a unit and period; undefined where the rule has no parameter of this name. @throws Lacking */
export function limitOf(rule: ScreeningRule, name: string, traits: Traits, period: string): Limit | undefined {
  const entries = rule.parameters && Object.hasOwn(rule.parameters, name) ? rule.parameters[name] : undefined;
  if (entries === undefined) return undefined;
  const found = entries.find((entry) => fits(entry, traits, dayOf(period)));
  if (found) return { value: valueOf(found), ...(found.learnt === undefined ? {} : { learnt: found.learnt }) };
  const about = selectors.flatMap((selector) => traits[selector] ?? []).join(', ');
  throw new Lacking(`no limit ${name} for ${about === '' ? 'a unit of unknown kind' : about}`);
}

/** The limit of a rule that holds for every unit, for whom counts by it outside of screening. @throws Lacking where it depends on the unit */
export function generalLimit(
  rules: readonly ScreeningRule[],
  id: string,
  name: string,
  period: string,
): Decimal | undefined {
  const rule = rules.find((one) => one.id === id);
  return rule && limitOf(rule, name, {}, period)?.value;
}
