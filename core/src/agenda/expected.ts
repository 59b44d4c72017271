import { monthsOfYear } from '../calendar';
import { bucketOf, type Subject } from '../identifiers';
import { dueDay, isListed, unitsInForce, type RecordTypes, type RecordTypeSpec } from '../rulebook';
import type { LedgerView } from '../state';
import { overFrom, toldFrom } from './deadline';
import type { YearValuesReader } from './year-values';

/** A record that an enterprise owes for a period. */
export interface ExpectedFiling {
  readonly spec: RecordTypeSpec;
  readonly subject: Subject;
  /** Last day in time, Asia/Shanghai; absent where the parameters of its sector and year set none. */
  readonly until?: string;
}

/** By what it is told what is expected. */
export interface Expecting {
  readonly view: LedgerView;
  readonly values: YearValuesReader;
  /** `YYYY-MM-DD`, Asia/Shanghai. */
  readonly today: string;
}

/** The years for which an enterprise is on the list of key emitters. */
async function listedYears(uscc: string, view: LedgerView): Promise<string[]> {
  const years: string[] = [];
  const end = `${uscc}0`;
  for (let from = `${uscc}/`; ;) {
    const found = await view.first('listed', from, end);
    if (found === undefined) return years;
    if (isListed(found.value)) years.push(found.key.slice(uscc.length + 1));
    from = `${found.key}\u0000`;
  }
}

function periodsOf(spec: RecordTypeSpec, year: string): string[] {
  return spec.period === 'month' ? monthsOfYear(year) : [year];
}

async function isFiled(subject: Subject, type: string, view: LedgerView): Promise<boolean> {
  const heads = (await view.get('head', bucketOf(subject))) ?? {};
  return Object.hasOwn(heads, `${subject.period}/${type}`);
}

/** From when it is told without a day: once its period is over; from its first day, where it comes before it. */
function toldWithout({ isAhead }: RecordTypeSpec, period: string): string {
  return isAhead === true ? `${period}-01-01` : overFrom(period);
}

/** What an enterprise owes for the years of its listings and has not filed, as far as it can be filed on that day. */
export async function expectedFilings(
  types: RecordTypes,
  uscc: string,
  { view, values, today }: Expecting,
): Promise<ExpectedFiling[]> {
  const roster = await view.get('units', uscc);
  const years = await listedYears(uscc, view);
  const found: ExpectedFiling[] = [];
  for (const spec of Object.values(types).filter(({ expected }) => expected !== undefined))
    for (const period of years.flatMap((year) => periodsOf(spec, year))) {
      const units = unitsInForce(roster, period).map(({ id }) => id);
      const all = spec.expected === 'of-units' || units.length === 0 ? units : [...units, 'PLANT'];
      for (const unit of all) {
        const subject = { uscc, unit, period };
        const until = dueDay(spec, { subject, kind: spec.type }, await values.of(subject));
        const from = until === undefined ? toldWithout(spec, period) : toldFrom(period, until);
        if (from > today || (await isFiled(subject, spec.type, view))) continue;
        found.push({ spec, subject, ...(until === undefined ? {} : { until }) });
      }
    }
  return found;
}
