import { monthsOfYear } from '../calendar';
import { bucketOf, type Subject } from '../identifiers';
import { dueDay, isListed, unitsInForce, type PartyKind, type RecordTypes, type RecordTypeSpec } from '../rulebook';
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

/** What a list is called may carry a label: it may come in parts. */
async function isFiledInParts(subject: Subject, type: string, view: LedgerView): Promise<boolean> {
  const heads = (await view.get('head', bucketOf(subject))) ?? {};
  const [whole, part] = [`${subject.period}/${type}`, `${subject.period}/${type}.`];
  return Object.keys(heads).some((entry) => entry === whole || entry.startsWith(part));
}

/** What an authority owes for the years whose parameters set a day for it, and has not filed; of several sectors the first day. */
export async function expectedOfAuthority(
  types: RecordTypes,
  { uscc, kind }: { readonly uscc: string; readonly kind: PartyKind },
  { view, values, today }: Expecting,
): Promise<ExpectedFiling[]> {
  const found: ExpectedFiling[] = [];
  for (const spec of Object.values(types).filter((one) => one.expected === 'of-authority' && isOwnOf(one, kind)))
    for (const [period, tables] of await values.byYear()) {
      const subject = { uscc, unit: '-', period };
      const days = tables.flatMap((table) => dueDay(spec, { subject, kind: spec.type }, table) ?? []);
      const [until] = days.sort();
      if (until === undefined || toldFrom(period, until) > today) continue;
      if (!(await isFiledInParts(subject, spec.type, view))) found.push({ spec, subject, until });
    }
  return found;
}

function isOwnOf({ filed }: RecordTypeSpec, kind: PartyKind): boolean {
  return filed.some(({ by, as }) => by === kind && as === 'self');
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
  for (const spec of Object.values(types).filter(({ expected }) => expected?.startsWith('of-units') === true))
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
