import { formatDecimal, parseDecimal } from '../decimal';
import { findingAt, tellDoubt, type JudgedRow } from './finding';
import type { FindingKind } from './kinds';
import { cellOf, type FactOf } from './rows';
import type { YearRules } from './year-rules';

/** One enterprise's year: what it owes, may offset, applied for, cancelled and had booked, in whole tonnes. */
export interface EnterpriseAnswer {
  readonly uscc: string;
  readonly name: string;
  readonly year: string;
  /** Null where neither ledger nor form says it. */
  readonly due: string | null;
  readonly cap: string | null;
  readonly applied: string;
  readonly cancelled: string;
  readonly booked: string;
  /** How many rows got which answer. */
  readonly kinds: Readonly<Partial<Record<FindingKind, number>>>;
}

export interface EnterpriseRows {
  readonly cancellations: JudgedRow[];
  readonly bookings: JudgedRow[];
  readonly applications: JudgedRow[];
}

const sum = (rows: readonly JudgedRow[]): bigint => rows.reduce((total, { qty }) => total + qty, 0n);

/** Tonnes of the verified emissions that CCER may cover: floor of the rate. */
function capOfDue(due: string, rate: string): bigint {
  return BigInt(formatDecimal(parseDecimal(due).times(rate).floor(), 0));
}

/** C06: what was applied for, cancelled or booked over the cap, told at every row of it. */
function overCap(rows: readonly JudgedRow[], cap: bigint): void {
  const total = sum(rows);
  if (total <= cap) return;
  const tonnes = (total - cap).toString();
  for (const row of rows)
    row.findings.push(
      findingAt(row, 'OVER_CAP_5PCT', 'qty', {
        expected: `≤ ${cap.toString()}`,
        tonnes,
        other: { value: total.toString() },
      }),
    );
}

function byProject(rows: readonly JudgedRow[]): Map<string, JudgedRow[]> {
  const groups = new Map<string, JudgedRow[]>();
  for (const row of rows) {
    const group = groups.get(row.project);
    if (group) group.push(row);
    else groups.set(row.project, [row]);
  }
  return groups;
}

/** C12: what a form says for a project is what was cancelled of it. */
function formFindings({ cancellations, applications }: EnterpriseRows): void {
  const cancelled = byProject(cancellations);
  const applied = byProject(applications);
  for (const project of new Set([...cancelled.keys(), ...applied.keys()])) {
    const [own, form] = [cancelled.get(project) ?? [], applied.get(project) ?? []];
    const [isTotal, formTotal] = [sum(own), sum(form)];
    if (isTotal === formTotal) continue;
    for (const [rows, others, total] of [
      [own, form, formTotal],
      [form, own, isTotal],
    ] as const) {
      const [first] = others;
      const other = first ? { other: cellOf(first.input, 'qty') } : {};
      for (const row of rows)
        row.findings.push(
          findingAt(row, 'FORM_VS_CANCELLATION_MISMATCH', 'qty', { expected: total.toString(), ...other }),
        );
    }
  }
}

function obligationFindings(applications: readonly JudgedRow[], verified: string | undefined): void {
  for (const row of applications) {
    const stated = row.input.values['obligation_t'];
    if (verified !== undefined && stated !== undefined && stated !== verified)
      row.findings.push(findingAt(row, 'OBLIGATION_MISMATCH', 'obligation_t', { expected: verified }));
  }
}

/** The obligation that all forms of the enterprise state, where they agree. */
function statedDue(applications: readonly JudgedRow[]): string | undefined {
  const stated = new Set(applications.flatMap(({ input }) => input.values['obligation_t'] ?? []));
  return stated.size === 1 ? [...stated][0] : undefined;
}

function countKinds(rows: readonly JudgedRow[]): Partial<Record<FindingKind, number>> {
  const kinds: Partial<Record<FindingKind, number>> = {};
  for (const { findings } of rows)
    for (const kind of findings.length === 0 ? ['MATCHED' as const] : new Set(findings.map((one) => one.kind)))
      kinds[kind] = (kinds[kind] ?? 0) + 1;
  return Object.fromEntries(Object.entries(kinds).sort());
}

/** What may be offset follows from what is due, in a year without rules too. */
function tellDoubts(rows: readonly JudgedRow[], obligation: FactOf<'obligation'> | undefined): void {
  if (obligation !== undefined) for (const row of rows) tellDoubt(row, 'qty', obligation);
}

/**
 * Judges what only the sum of an enterprise's rows shows.
 * @param obligation what the ledger says is due, in tonnes
 * @param withForms whether the provinces' forms are among the files
 */
export function judgeEnterprise(
  rows: EnterpriseRows,
  obligation: FactOf<'obligation'> | undefined,
  years: YearRules,
  withForms: boolean,
): { readonly due: string | null; readonly cap: string | null } {
  const { cancellations, bookings, applications } = rows;
  const verified = obligation?.due;
  const offered = cancellations.filter((row) => years.isOffered(row));
  if (withForms) formFindings({ ...rows, cancellations: offered });
  obligationFindings(applications, verified);
  const due = verified ?? statedDue(applications);
  const all = [...offered, ...bookings, ...applications];
  const year = all[0] && years.of(all[0]);
  tellDoubts(all, obligation);
  if (due === undefined || year === undefined) {
    for (const row of all) row.unchecked.push('cap');
    return { due: due ?? null, cap: null };
  }
  const cap = capOfDue(due, year.capRate);
  for (const group of [offered, bookings, applications]) overCap(group, cap);
  return { due, cap: cap.toString() };
}

export function answerOf(
  uscc: string,
  year: string,
  rows: EnterpriseRows,
  limits: { readonly due: string | null; readonly cap: string | null },
): EnterpriseAnswer {
  const all = [...rows.cancellations, ...rows.bookings, ...rows.applications];
  const names = all.flatMap(({ input }) => input.values['name'] ?? []).sort();
  return {
    uscc,
    name: names[0] ?? '',
    year,
    ...limits,
    applied: sum(rows.applications).toString(),
    cancelled: sum(rows.cancellations).toString(),
    booked: sum(rows.bookings).toString(),
    kinds: countKinds(all),
  };
}
