import type { Fault } from '../errors';
import type { LedgerRecord } from '../records/record';
import type { RosterUnit, UnitRoster } from '../state/kinds';
import { lastDayOfMonth, monthsOfYear } from '../calendar';
import { identityOf } from './identity';

/** First and last day of a period `YYYY` or `YYYY-MM`. */
function daysOf(period: string): readonly [string, string] {
  const isYear = period.length === 4;
  return isYear ? [`${period}-01-01`, `${period}-12-31`] : [`${period}-01`, lastDayOfMonth(period)];
}

/** Whether a unit is in service on any day of a period. */
function isInService({ from, to, idle = [] }: RosterUnit, period: string): boolean {
  const [first, last] = daysOf(period);
  const stoodStill = idle.some((pause) => pause.from <= first && pause.to >= last);
  return from <= last && (to === null || to >= first) && !stoodStill;
}

/** The units that a plant has in a period, as its province accepted them; in the order of their ids. */
export function unitsInForce(roster: UnitRoster | undefined, period: string): readonly RosterUnit[] {
  const units = (roster?.units ?? []).filter((unit) => isInService(unit, period));
  return units.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The months of a year in which a unit is in service. */
export function monthsInService(unit: RosterUnit, year: string): string[] {
  return monthsOfYear(year).filter((month) => isInService(unit, month));
}

/** Units that a refusal names; the rest is counted. */
const MOST_TOLD = 12;

/** A record about a unit names one that its plant has in that period, letter by letter; one about the plant needs a unit. */
export function unitFaults({ subject }: LedgerRecord, roster: UnitRoster | undefined): Fault[] {
  const units = unitsInForce(roster, subject.period);
  const ids = units.map(({ id }) => id);
  const isThere = subject.unit === 'PLANT' ? ids.length > 0 : ids.includes(subject.unit);
  if (isThere) return [];
  const alike = ids.find((id) => identityOf(id) === identityOf(subject.unit));
  const more = ids.length > MOST_TOLD ? ` and ${String(ids.length - MOST_TOLD)} more` : '';
  const known = ids.length === 0 ? 'none is' : `these are: ${ids.slice(0, MOST_TOLD).join(', ')}${more}`;
  const hint = alike === undefined ? known : `it is written ${alike}`;
  const message = `${subject.unit} is no unit of ${subject.uscc} that its province accepted for ${subject.period}; ${hint}`;
  return [{ path: '/subject/unit', code: 'UNIT_UNKNOWN', message, details: { units: ids.slice(0, MOST_TOLD) } }];
}

/** R-L24: the units that are cited are exactly those in force, none left out. */
export function everyUnitFaults(
  record: LedgerRecord,
  cited: readonly string[],
  roster: UnitRoster | undefined,
  role: string,
): Fault[] {
  const expected = unitsInForce(roster, record.subject.period).map(({ id }) => id);
  const missing = expected.filter((id) => !cited.includes(id));
  const surplus = cited.filter((id, index) => !expected.includes(id) || cited.indexOf(id) !== index);
  if (missing.length === 0 && surplus.length === 0) return [];
  const words = [
    ...(missing.length > 0 ? [`left out: ${missing.join(', ')}`] : []),
    ...(surplus.length > 0 ? [`not in force, or twice: ${surplus.join(', ')}`] : []),
  ];
  const message = `R-L24: ${role} must name exactly the units in force in ${record.subject.period}; ${words.join('; ')}`;
  return [{ path: '/cites', code: 'RULE_REFUSED', message, details: { rule: 'R-L24', missing, surplus, expected } }];
}
