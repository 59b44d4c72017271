import { businessKey, type LedgerRecord } from '../records';
import { rulesOfYear, type DoubtedTable, type ReconciliationRules, type YearOfRules } from './rules';

/** A record that says rules, as it stands. */
export interface RulesRecord {
  readonly record: LedgerRecord;
  /** Why it is in doubt; none where it is not. */
  readonly doubts?: readonly string[] | undefined;
}

type Values = Readonly<Record<string, { readonly value: string }>>;

/** Tables of every sector hold what the market reads; they are taken in the order of their sectors. */
function valueIn(tables: readonly LedgerRecord[], name: string): string | undefined {
  for (const { content } of tables) {
    const values = (content['values'] ?? {}) as Values;
    if (Object.hasOwn(values, name)) return values[name]?.value;
  }
  return undefined;
}

/** Days stand as eight digits in a table. */
function dayIn(tables: readonly LedgerRecord[], name: string): string | undefined {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(valueIn(tables, name) ?? '') ?? [];
  return year === undefined ? undefined : `${year}-${String(month)}-${String(day)}`;
}

/** Times stand as four digits, or three before ten: 1700, 900. */
function timeIn(tables: readonly LedgerRecord[], name: string): string | undefined {
  const [, hours, minutes] = /^(\d{1,2})(\d{2})$/.exec(valueIn(tables, name) ?? '') ?? [];
  return hours === undefined ? undefined : `${hours.padStart(2, '0')}:${String(minutes)}`;
}

function isAsked(tables: readonly LedgerRecord[], name: string): boolean | undefined {
  const value = valueIn(tables, name);
  return value === undefined ? undefined : value === '1';
}

function bookingCountIn(tables: readonly LedgerRecord[]): ReconciliationRules['bookingCount'] | undefined {
  const isWorking = isAsked(tables, 'offset.bookingInWorkingDays');
  return isWorking === undefined ? undefined : isWorking ? 'working' : 'natural';
}

/** Working days of the years for which the ledger has a calendar, in the order of years. */
function calendarsIn(records: readonly LedgerRecord[]): ReconciliationRules['calendars'] {
  return records
    .map(({ subject, content }) => ({
      year: subject.period,
      holidays: (content['holidays'] ?? []) as string[],
      workdays: (content['workdays'] ?? []) as string[],
    }))
    .sort((one, other) => (one.year < other.year ? -1 : 1));
}

/** Tables of a year in the order of their sectors. */
function tablesOf(records: readonly LedgerRecord[], year: string): LedgerRecord[] {
  return records
    .filter(({ type, subject }) => type === 'parameter' && subject.period === year)
    .sort((one, other) => (one.subject.unit < other.subject.unit ? -1 : 1));
}

/** By year. What a calendar of any year says moves the days of the run. */
function doubtedOf(said: readonly RulesRecord[], runYear: string): Record<string, DoubtedTable[]> {
  const found: Record<string, DoubtedTable[]> = {};
  for (const { record, doubts = [] } of said) {
    if (doubts.length === 0) continue;
    const year = record.type === 'working-days' ? runYear : record.subject.period;
    (found[year] ??= []).push({ record: businessKey(record), doubts: doubts.join(', ') });
  }
  return found;
}

function yearIn(tables: readonly LedgerRecord[], shipped: YearOfRules): YearOfRules {
  return {
    ...shipped,
    capRate: valueIn(tables, 'ccerCapRate') ?? shipped.capRate,
    deadline: dayIn(tables, 'offset.cancelTo') ?? shipped.deadline,
    oldUntil: dayIn(tables, 'ccer.earlierUntil') ?? shipped.oldUntil,
    isFrozenFirst: isAsked(tables, 'offset.freeze') ?? shipped.isFrozenFirst,
  };
}

/**
 * The rules as the parameter tables on the ledger have them: what a table says goes before what came with the program, and what none says
 * stays as it came. A year's own tables say what holds in it; how days are counted, those of the year of the run.
 * @param year the year of the run
 * @param said current `parameter` records, of any sectors, and `working-days` records, both of any years
 */
export function rulesOnLedger(
  rules: ReconciliationRules,
  year: string,
  said: readonly RulesRecord[],
): ReconciliationRules {
  if (rulesOfYear(rules, year) === undefined || said.length === 0) return rules;
  const records = said.map(({ record }) => record);
  const tables = tablesOf(records, year);
  const bookingCount = bookingCountIn(tables) ?? rules.bookingCount;
  // Where days are counted as the calendar has them, no list of working days was gone by.
  const gone = said.filter(({ record }) => record.type !== 'working-days' || bookingCount === 'working');
  const doubted = doubtedOf(gone, year);
  const calendars = calendarsIn(records.filter(({ type }) => type === 'working-days'));
  const years = Object.entries(rules.years).map(([one, shipped]) => [one, yearIn(tablesOf(records, one), shipped)]);
  const days = valueIn(tables, 'offset.bookingDays');
  return {
    ...rules,
    newFromRegistered: dayIn(tables, 'ccer.registeredFrom') ?? rules.newFromRegistered,
    bookingDays: days === undefined ? rules.bookingDays : Number(days),
    bookingCount,
    calendars: calendars.length === 0 ? rules.calendars : calendars,
    closesAt: timeIn(tables, 'offset.closesAt') ?? rules.closesAt,
    years: Object.fromEntries(years) as ReconciliationRules['years'],
    ...(Object.keys(doubted).length === 0 ? {} : { doubted }),
  };
}
