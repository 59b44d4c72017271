import type { LedgerRecord } from '../records';
import { rulesOfYear, type ReconciliationRules, type YearOfRules } from './rules';

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

/**
 * The rules of a compliance year as the parameter tables on the ledger have them: what a table says goes before what came with the
 * program, and what none says stays as it came.
 * @param tables current `parameter` records of the year, of any sectors
 */
export function rulesOnLedger(
  rules: ReconciliationRules,
  year: string,
  tables: readonly LedgerRecord[],
): ReconciliationRules {
  const inOrder = [...tables].sort((one, other) => (one.subject.unit < other.subject.unit ? -1 : 1));
  const shipped = rulesOfYear(rules, year);
  if (shipped === undefined || inOrder.length === 0) return rules;
  const ofYear: YearOfRules = {
    ...shipped,
    capRate: valueIn(inOrder, 'ccerCapRate') ?? shipped.capRate,
    deadline: dayIn(inOrder, 'offset.cancelTo') ?? shipped.deadline,
    oldUntil: dayIn(inOrder, 'ccer.earlierUntil') ?? shipped.oldUntil,
    isFrozenFirst: isAsked(inOrder, 'offset.freeze') ?? shipped.isFrozenFirst,
  };
  const days = valueIn(inOrder, 'offset.bookingDays');
  return {
    ...rules,
    newFromRegistered: dayIn(inOrder, 'ccer.registeredFrom') ?? rules.newFromRegistered,
    bookingDays: days === undefined ? rules.bookingDays : Number(days),
    closesAt: timeIn(inOrder, 'offset.closesAt') ?? rules.closesAt,
    years: { ...rules.years, [year]: ofYear },
  };
}
