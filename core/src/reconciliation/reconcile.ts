import { LedgerError } from '../errors';
import { normaliseIdentifier } from '../identifiers';
import { bookingDue } from './booking-due';
import { answerOf, judgeEnterprise, type EnterpriseAnswer, type EnterpriseRows } from './enterprises';
import type { Finding, JudgedRow } from './finding';
import { findingKinds, isClean, type FindingKind, type Severity } from './kinds';
import { LedgerBookings } from './ledger-bookings';
import { judgePairs, pairRows } from './pairing';
import { checkApplication, checkBooking, checkCancellation, type Bound, type Known } from './row-checks';
import {
  cellNameOf,
  numberIn,
  sources,
  type FactOf,
  type InputRow,
  type LedgerFact,
  type OtherSide,
  type Source,
} from './rows';
import { rulesOfYear, type ReconciliationRules } from './rules';
import { SerialReader, tonnesOf } from './serials';
import { repeatedNumbers, Uses, type RangedRow } from './uses';
import { YearRules } from './year-rules';

export interface ReconciliationOptions {
  /** Compliance year: rows that say no year are of it. */
  readonly year: string;
  /** The day of the run. */
  readonly asOf: string;
  readonly rules: ReconciliationRules;
}

/** The answer to one row. */
export interface RowAnswer {
  readonly source: Source;
  readonly file: string;
  readonly sheet: string;
  readonly row: number;
  readonly uscc: string;
  readonly year: string;
  readonly project: string;
  readonly qty: string;
  /** Heaviest of its findings. */
  readonly severity: Severity;
  readonly findings: readonly Finding[];
  /** The row of the other registry. */
  readonly counterpart?: OtherSide;
  /** What neither files nor ledger say, and was not looked at. */
  readonly unchecked?: readonly string[];
}

export interface Reconciliation {
  readonly rows: readonly RowAnswer[];
  readonly enterprises: readonly EnterpriseAnswer[];
}

const weights: readonly Severity[] = ['none', 'info', 'warn', 'critical', 'block'];

export function severityOf({ kind, severity }: Finding): Severity {
  return severity ?? findingKinds[kind].severity;
}

function heaviest(findings: readonly Finding[]): Severity {
  return findings
    .map(severityOf)
    .reduce((one, other) => (weights.indexOf(other) > weights.indexOf(one) ? other : one), 'none');
}

const byText = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** One order of the findings of a row, whatever was found first. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const key = ({ kind, cell = '', other: { file = '', row = 0, record = '' } = { value: '' } }: Finding): string =>
    [kind, cell, file, String(row).padStart(8, '0'), record].join(' ');
  return findings
    .map((finding) => [key(finding), finding] as const)
    .sort(([one], [other]) => byText(one, other))
    .map(([, finding]) => finding);
}

function unreadable(input: InputRow): RowAnswer {
  const findings = input.faults.map(({ cell, found, expected, code }): Finding => ({
    kind: 'UNREADABLE',
    cell,
    found,
    expected,
    other: { value: code },
  }));
  const { uscc = '', year = '', projectRef = '', qty = '' } = input.values;
  const { source, file, sheet, row } = input;
  return { source, file, sheet, row, uscc, year, project: projectRef, qty, severity: 'block', findings };
}

/** Where the other registry says the same. */
function counterpartOf({ counterpart }: JudgedRow): { readonly counterpart?: OtherSide } {
  if (!counterpart) return {};
  const { input } = counterpart;
  const { file, sheet, row, values } = input;
  return { counterpart: { file, sheet, row, cell: cellNameOf(input, 'qty') ?? '', value: values['qty'] ?? '' } };
}

const lists = new Map<string, readonly string[]>();

/** What was not looked at, each once: of a few kinds, so that rows share the lists. */
function sharedList(names: readonly string[]): readonly string[] {
  const list = [...new Set(names)].sort();
  const known = lists.get(list.join(' ')) ?? Object.freeze(list);
  lists.set(list.join(' '), known);
  return known;
}

/** One for all rows: most of a hundred thousand say nothing else. */
const matched: readonly Finding[] = Object.freeze([{ kind: 'MATCHED' }]);

function answered(judged: JudgedRow): RowAnswer {
  const { input, uscc, year, qty, unchecked } = judged;
  const found = inOrder(judged.findings);
  const isMatched = found.length === 0;
  const findings: readonly Finding[] = isMatched ? matched : found;
  const { source, file, sheet, row, values } = input;
  return {
    ...{ source, file, sheet, row, uscc, year, project: values['projectRef'] ?? '', qty: qty.toString() },
    severity: heaviest(findings),
    findings,
    ...counterpartOf(judged),
    ...(unchecked.length > 0 ? { unchecked: sharedList(unchecked) } : {}),
  };
}

/**
 * Compares what the two registries and the provinces wrote with each other and with the ledger. Rows are given first; then the
 * facts of the ledger pass by, as many as there are; then it concludes. Nothing is guessed: a row that cannot be read is an
 * answer of its own, and what nobody says is told as not looked at. The answers do not depend on the order of rows.
 */
export class Reconciler {
  readonly #rules: YearRules;
  readonly #options: ReconciliationOptions;
  readonly #rows: Readonly<Record<Source, JudgedRow[]>> = { cancellations: [], bookings: [], applications: [] };
  readonly #unreadable: RowAnswer[] = [];
  #uses: Uses;
  #bookings = new LedgerBookings();
  #ranges: readonly RangedRow[];
  readonly #accounts = new Map<string, Bound>();
  readonly #facilities = new Map<string, FactOf<'facility'>>();
  readonly #due = new Map<string, FactOf<'obligation'>>();
  readonly #parties = new Set<string>();

  /** @throws LedgerError FORMULA_UNDEFINED where the rules say nothing of the year */
  constructor(options: ReconciliationOptions, rows: Iterable<InputRow>) {
    const year = rulesOfYear(options.rules, options.year);
    if (!year) throw new LedgerError('FORMULA_UNDEFINED', `the rules say nothing of offsets for ${options.year}`);
    this.#options = options;
    this.#rules = new YearRules(options.rules, year, options.year);
    for (const input of [...rows].sort(compareRows)) this.#take(input);
    const reader = new SerialReader();
    this.#ranges = this.#rows.cancellations.map((row) => {
      const { serialFrom, serialTo } = row.input.values;
      const range = serialFrom === undefined || serialTo === undefined ? undefined : reader.read(serialFrom, serialTo);
      return { row, range };
    });
    this.#uses = new Uses(this.#ranges, reader, this.#bookings);
  }

  #take(input: InputRow): void {
    if (input.faults.length > 0) {
      this.#unreadable.push(unreadable(input));
      return;
    }
    const { uscc = '', year = this.#options.year, projectRef = '', qty = '0' } = input.values;
    this.#parties.add(uscc);
    this.#rows[input.source].push({
      input,
      uscc,
      year,
      project: normaliseIdentifier(projectRef),
      number: numberIn(input, 'cancellationNo'),
      qty: tonnesOf(qty),
      findings: [],
      unchecked: [],
      counterpart: undefined,
    });
  }

  /** A fact of the ledger. What touches no row is forgotten at once. */
  see(fact: LedgerFact): void {
    if (fact.kind === 'cancellation') this.#uses.see(fact);
    else if (fact.kind === 'freeze') this.#uses.seeFreeze(fact);
    else if (fact.kind === 'booking') this.#bookings.see(fact, this.#parties.has(fact.uscc));
    else if (fact.kind === 'facility') this.#facilities.set(normaliseIdentifier(fact.code), fact);
    else if (!this.#parties.has(fact.uscc)) return;
    else if (fact.kind === 'obligation') this.#due.set(`${fact.uscc}/${fact.year}`, fact);
    else this.#bind(fact.uscc, fact);
  }

  #bind(uscc: string, { ccer, allowance, record, doubts }: Bound): void {
    this.#accounts.set(uscc, {
      ...(record === undefined ? {} : { record }),
      ...(doubts === undefined ? {} : { doubts }),
      ...(ccer === undefined ? {} : { ccer: normaliseIdentifier(ccer) }),
      ...(allowance === undefined ? {} : { allowance: normaliseIdentifier(allowance) }),
    });
  }

  /** Accounts that a form states stand where the ledger binds none. */
  #bindByForms(): void {
    for (const { uscc, input } of this.#rows.applications) {
      const bound = this.#accounts.get(uscc);
      const { ccerAccount: ccer, allowanceAccount: allowance } = input.values;
      if (bound !== undefined || (ccer === undefined && allowance === undefined)) continue;
      this.#bind(uscc, { ...(ccer === undefined ? {} : { ccer }), ...(allowance === undefined ? {} : { allowance }) });
    }
  }

  conclude(): Reconciliation {
    const { cancellations, bookings, applications } = this.#rows;
    const { asOf, rules } = this.#options;
    const { closesAt } = rules;
    this.#bindByForms();
    pairRows(cancellations, bookings);
    judgePairs(cancellations, bookings, { asOf, dueOf: bookingDue(rules), closesAt, years: this.#rules });
    this.#uses.conclude(this.#rules);
    this.#bookings.conclude();
    repeatedNumbers(bookings, 'bookingNo', ({ input }) => numberIn(input, 'bookingNo'));
    this.#checkRows();
    const enterprises = this.#judgeEnterprises();
    this.#letGo();
    const rows = this.#unreadable.splice(0);
    // What was judged is let go as it is answered: only one of the two is there at a time.
    for (const judged of [applications, bookings, cancellations])
      for (let row = judged.pop(); row !== undefined; row = judged.pop()) rows.push(answered(row));
    return { rows: rows.sort(compareRows), enterprises };
  }

  /** Everything that holds rows beside the rows themselves. */
  #letGo(): void {
    this.#ranges = [];
    this.#bookings = new LedgerBookings();
    this.#uses = new Uses([], new SerialReader(), this.#bookings);
  }

  #checkRows(): void {
    for (const rows of Object.values(this.#rows)) for (const row of rows) this.#rules.check(row);
    const known: Known = { accounts: this.#accounts, facilities: this.#facilities };
    const forms = new Set(this.#rows.applications.map(({ uscc, year, project }) => `${uscc}/${year}/${project}`));
    for (const { row, range } of this.#ranges) {
      const isOnForm = forms.has(`${row.uscc}/${row.year}/${row.project}`);
      checkCancellation(row, range, known, this.#rules, isOnForm);
    }
    for (const row of this.#rows.bookings) checkBooking(row, known, this.#rules);
    for (const row of this.#rows.applications) checkApplication(row, known);
  }

  #judgeEnterprises(): EnterpriseAnswer[] {
    const groups = new Map<string, EnterpriseRows & { readonly uscc: string; readonly year: string }>();
    for (const source of sources) {
      for (const row of this.#rows[source]) {
        const { uscc, year } = row;
        const key = `${uscc}/${year}`;
        const group = groups.get(key) ?? { uscc, year, cancellations: [], bookings: [], applications: [] };
        group[source].push(row);
        groups.set(key, group);
      }
    }
    const withForms = this.#rows.applications.length > 0;
    return [...groups]
      .sort(([one], [other]) => byText(one, other))
      .map(([key, group]) => {
        const limits = judgeEnterprise(group, this.#due.get(key), this.#rules, withForms);
        return answerOf(group.uscc, group.year, group, limits);
      });
  }
}

type PlaceOfRow = Pick<InputRow, 'source' | 'file' | 'sheet' | 'row'>;

/** By file and place: what is first then does not depend on the order in which rows come. */
function compareRows(one: PlaceOfRow, other: PlaceOfRow): number {
  return (
    sources.indexOf(one.source) - sources.indexOf(other.source) ||
    byText(one.file, other.file) ||
    byText(one.sheet, other.sheet) ||
    one.row - other.row
  );
}

/** How many rows got which answer, and whether all of them are clean. */
export function countAnswers(rows: readonly RowAnswer[]): {
  readonly kinds: Readonly<Partial<Record<FindingKind, number>>>;
  readonly isClean: boolean;
} {
  const kinds: Partial<Record<FindingKind, number>> = {};
  for (const { findings } of rows)
    for (const kind of new Set(findings.map((one) => one.kind))) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const sorted = Object.fromEntries(Object.entries(kinds).sort()) as Partial<Record<FindingKind, number>>;
  return { kinds: sorted, isClean: isClean(Object.keys(sorted) as FindingKind[]) };
}
