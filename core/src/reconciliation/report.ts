import { canonicalize } from '../canonical';
import { toHex, utf8Encode } from '../bytes';
import { createSha256 } from '../digest';
import type { EnterpriseAnswer } from './enterprises';
import type { FindingKind } from './kinds';
import { countAnswers, type Reconciliation, type ReconciliationOptions, type RowAnswer } from './reconcile';
import type { Source } from './rows';
import { rulesOfYear, type ReconciliationRules, type YearOfRules } from './rules';

export const RECONCILIATION_SCHEMA = 'carbon-ledger/reconciliation/v1';

/** A file as it went in: its name without folder, and its digest. */
export interface ReconciledFile {
  readonly source: Source;
  readonly name: string;
  readonly sha256: string;
  readonly rows: number;
}

/** Where the facts came from: a ledger at a size of its log, or a file of facts. */
export interface ReconciledLedger {
  readonly ledger?: string;
  readonly size?: string;
  readonly file?: string;
  readonly sha256?: string;
  readonly facts: number;
}

/** The rules by which rows were judged; calendars where they count, other years where rows are of them. */
type RulesTold = YearOfRules &
  Pick<ReconciliationRules, 'bookingDays' | 'bookingCount' | 'closesAt'> & {
    readonly calendars?: ReconciliationRules['calendars'];
    readonly otherYears?: Readonly<Record<string, YearOfRules>>;
  };

export interface ReconciliationReport extends Reconciliation {
  readonly schema: typeof RECONCILIATION_SCHEMA;
  readonly year: string;
  readonly asOf: string;
  readonly rules: RulesTold;
  readonly files: readonly ReconciledFile[];
  readonly ledger: ReconciledLedger | null;
  readonly totals: Readonly<Record<'applied' | 'cancelled' | 'booked', string>> & {
    readonly kinds: Readonly<Partial<Record<FindingKind, number>>>;
    readonly isClean: boolean;
  };
  /** Digest of everything above and of the rows: the same inputs give the same. */
  readonly digest: string;
}

/** What a run came to. Over no row at all nothing was compared, and nothing is said. */
export function reconciled({
  totals,
  rows,
}: Pick<ReconciliationReport, 'totals' | 'rows'>): 'same' | 'differs' | 'undecidable' {
  if (rows.length === 0) return 'undecidable';
  return totals.isClean ? 'same' : 'differs';
}

function total(enterprises: readonly EnterpriseAnswer[], column: 'applied' | 'cancelled' | 'booked'): string {
  return enterprises.reduce((sum, one) => sum + BigInt(one[column]), 0n).toString();
}

function rulesTold(rules: ReconciliationRules, year: string, rows: readonly RowAnswer[]): RulesTold {
  const { bookingDays, bookingCount, calendars, closesAt } = rules;
  const others = [...new Set(rows.map((row) => row.year))].sort().flatMap((one) => {
    const ofOther = one === year ? undefined : rulesOfYear(rules, one);
    return ofOther === undefined ? [] : [[one, ofOther] as const];
  });
  return {
    ...(rulesOfYear(rules, year) as YearOfRules),
    ...{ bookingDays, bookingCount, closesAt },
    ...(bookingCount === 'working' ? { calendars } : {}),
    ...(others.length === 0 ? {} : { otherYears: Object.fromEntries(others) }),
  };
}

/** Everything that a run found, with the digest that can be anchored. No clock and no path goes in. */
export function reconciliationReport(
  { year, asOf, rules }: ReconciliationOptions,
  files: readonly ReconciledFile[],
  ledger: ReconciledLedger | null,
  { rows, enterprises }: Reconciliation,
): ReconciliationReport {
  const body = {
    schema: RECONCILIATION_SCHEMA,
    year,
    asOf,
    rules: rulesTold(rules, year, rows),
    files,
    ledger,
    totals: {
      applied: total(enterprises, 'applied'),
      cancelled: total(enterprises, 'cancelled'),
      booked: total(enterprises, 'booked'),
      ...countAnswers(rows),
    },
    enterprises,
    rows,
  } as const;
  return { ...body, digest: digestOfReconciliation(body) };
}

/** `sha256:…` over the canonical text of everything in a report but its digest. */
export function digestOfReconciliation(body: object): string {
  const hash = createSha256();
  for (const piece of canonicalPieces(body)) hash.update(utf8Encode(piece));
  return `sha256:${toHex(hash.digest())}`;
}

/** Elements of a list whose text is made at once. */
const AT_ONCE = 500;

function* canonicalList(values: readonly unknown[]): Generator<string> {
  for (let at = 0; at < values.length; at += AT_ONCE) {
    const text = canonicalize(values.slice(at, at + AT_ONCE));
    yield `${at === 0 ? '' : ','}${text.slice(1, -1)}`;
  }
}

/** The canonical text of a report (RFC 8785) piece by piece: that of 100,000 rows is never there as a whole. */
export function* canonicalPieces(report: object): Generator<string, void, undefined> {
  const members = Object.entries(report).sort(([one], [other]) => (one < other ? -1 : 1));
  yield '{';
  for (const [at, [name, value]] of members.entries()) {
    yield `${at === 0 ? '' : ','}${canonicalize(name)}:`;
    if (!Array.isArray(value)) yield canonicalize(value);
    else {
      yield '[';
      yield* canonicalList(value);
      yield ']';
    }
  }
  yield '}';
}

/** What a row is about, whatever row of whatever file it stands in. */
function identityOf({ source, uscc, year, project, qty }: RowAnswer): string {
  return [source, uscc, year, project, qty].join('/');
}

const kindsOf = (rows: readonly RowAnswer[]): FindingKind[] =>
  [...new Set(rows.flatMap(({ findings }) => findings.map(({ kind }) => kind)))].sort();

export interface ReconciliationChange {
  readonly identity: string;
  readonly before: readonly FindingKind[];
  readonly now: readonly FindingKind[];
}

function byIdentity(rows: readonly RowAnswer[]): Map<string, RowAnswer[]> {
  const groups = new Map<string, RowAnswer[]>();
  for (const row of rows) {
    const identity = identityOf(row);
    const group = groups.get(identity);
    if (group) group.push(row);
    else groups.set(identity, [row]);
  }
  return groups;
}

/** What is otherwise than in an earlier run: rows that are new, gone, or answered otherwise. */
export function reconciliationChanges(
  before: Pick<Reconciliation, 'rows'>,
  now: Pick<Reconciliation, 'rows'>,
): ReconciliationChange[] {
  const [earlier, later] = [byIdentity(before.rows), byIdentity(now.rows)];
  return [...new Set([...earlier.keys(), ...later.keys()])].sort().flatMap((identity) => {
    const [old, fresh] = [kindsOf(earlier.get(identity) ?? []), kindsOf(later.get(identity) ?? [])];
    return JSON.stringify(old) === JSON.stringify(fresh) ? [] : [{ identity, before: old, now: fresh }];
  });
}
