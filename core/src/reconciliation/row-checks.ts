import { normaliseIdentifier, type SerialRange } from '../identifiers';
import { findingAt, tellDoubt, type JudgedRow } from './finding';
import { cellOf, type FactOf } from './rows';
import type { YearRules } from './year-rules';

/** What is known of accounts and facilities, from the ledger and from the forms of the provinces. */
export interface Known {
  readonly accounts: ReadonlyMap<string, Bound>;
  /** Facilities of key emitters by their identities. */
  readonly facilities: ReadonlyMap<string, FactOf<'facility'>>;
}

/** Identities of the accounts of a party, and the record that binds them, where it is none of the forms. */
export interface Bound {
  readonly ccer?: string;
  readonly allowance?: string;
  readonly record?: string;
  readonly doubts?: string;
}

/** C08: after the last day of the compliance year. */
function lateness(row: JudgedRow, column: 'cancelledOn' | 'bookedOn', rules: YearRules): void {
  const day = row.input.values[column];
  const deadline = rules.of(row)?.deadline;
  if (day !== undefined && deadline !== undefined && day > deadline)
    row.findings.push(findingAt(row, 'LATE', column, { expected: `≤ ${deadline}` }));
}

/** C09: reductions of the first generation until their last day, of the second where the year allows them, none between. */
function vintage(row: JudgedRow, years: YearRules): void {
  const { rules } = years;
  const year = years.of(row);
  const registered = row.input.values['registeredOn'];
  const cancelled = row.input.values['cancelledOn'] ?? '';
  if (registered === undefined || year === undefined) {
    row.unchecked.push('vintage');
    return;
  }
  const isOld = registered < rules.oldUntilRegistered;
  const isNew = registered >= rules.newFromRegistered;
  if ((isOld && cancelled <= year.oldUntil) || (isNew && year.isNewAllowed)) return;
  const old = `< ${rules.oldUntilRegistered} (≤ ${year.oldUntil})`;
  const expected = year.isNewAllowed ? `${old} | ≥ ${rules.newFromRegistered}` : old;
  row.findings.push(findingAt(row, 'INELIGIBLE_VINTAGE', 'registeredOn', { expected }));
}

/** C10: cancelled for something else, and offered here all the same. */
function purpose(row: JudgedRow, rules: YearRules, isOffered: boolean): void {
  if (rules.isOffered(row)) return;
  const other = row.counterpart ? { other: cellOf(row.counterpart.input, 'qty') } : {};
  const kind = isOffered ? 'CANCEL_PURPOSE_MISMATCH' : 'OTHER_PURPOSE';
  row.findings.push(findingAt(row, kind, 'purpose', { expected: rules.purposesOf(row).join(' | '), ...other }));
}

/** C11: the account that the enterprise's registration, or its form, binds to it. */
function account(row: JudgedRow, column: string, side: 'ccer' | 'allowance', { accounts }: Known): void {
  const stated = row.input.values[column];
  if (stated === undefined) return;
  const binding = accounts.get(row.uscc);
  const bound = binding?.[side];
  if (binding === undefined || bound === undefined) {
    row.unchecked.push(`account:${side}`);
    return;
  }
  tellDoubt(row, column, binding);
  if (bound !== normaliseIdentifier(stated))
    row.findings.push(findingAt(row, 'ACCOUNT_BINDING_MISMATCH', column, { expected: bound }));
}

/** C07: the project's facility is one of a key emitter. */
function boundary(row: JudgedRow, { facilities }: Known): void {
  const facility = row.input.values['facility'];
  if (facility === undefined) {
    row.unchecked.push('boundary');
    return;
  }
  const owner = facilities.get(normaliseIdentifier(facility));
  if (owner === undefined) return;
  tellDoubt(row, 'facility', owner);
  row.findings.push(findingAt(row, 'INELIGIBLE_PROJECT_IN_ETS', 'facility', { other: { value: owner.uscc } }));
}

/** C04: one serial number is one tonne. */
function serialCount(row: JudgedRow, range: SerialRange | undefined): void {
  if (range === undefined) return;
  const count = range.to - range.from + 1n;
  if (count !== row.qty)
    row.findings.push(findingAt(row, 'SERIAL_COUNT_MISMATCH', 'qty', { expected: count.toString() }));
}

export function checkCancellation(
  row: JudgedRow,
  range: SerialRange | undefined,
  known: Known,
  rules: YearRules,
  isOnForm: boolean,
): void {
  serialCount(row, range);
  boundary(row, known);
  lateness(row, 'cancelledOn', rules);
  vintage(row, rules);
  purpose(row, rules, row.counterpart !== undefined || isOnForm);
  account(row, 'account', 'ccer', known);
}

export function checkBooking(row: JudgedRow, known: Known, rules: YearRules): void {
  lateness(row, 'bookedOn', rules);
  account(row, 'account', 'allowance', known);
}

export function checkApplication(row: JudgedRow, known: Known): void {
  account(row, 'ccerAccount', 'ccer', known);
  account(row, 'allowanceAccount', 'allowance', known);
}
