import { canonicalize, recordId, type BuiltRecord, type Fault, type LedgerRecord } from '@carbon-ledger/core';

/** Records of one party, in an order in which each cites only earlier ones. */
export interface PlannedSubmission {
  readonly party: string;
  readonly records: readonly BuiltRecord[];
}

export interface Reconciled {
  /** What is still to be anchored, with citations of what stands on the ledger. */
  readonly submissions: readonly PlannedSubmission[];
  /** Records that are there already. */
  readonly already: number;
  /** Keys that are taken by something else. */
  readonly conflicts: readonly Fault[];
}

/** Master data that others may have filed before: what stands on the ledger is used as it is. */
const sharedTypes = new Set<string>(['party', 'methodology', 'parameter']);

function statement(record: LedgerRecord): unknown {
  const { type, issuer, subject, kind, totals, content } = record;
  const cites = record.cites.map(({ role, key }) => ({ role, key }));
  return { type, issuer, subject, kind, totals, content, cites };
}

function figureLines({ figures }: BuiltRecord): readonly string[] {
  return figures.map(({ name, value, unit }) => `${name}=${value} ${unit}`).sort();
}

/**
 * True where both say the same. Salts and attached files do not count: a plant-year that is imported again, with its
 * documents or without, must double nothing.
 */
function saysTheSame(planned: BuiltRecord, anchored: BuiltRecord): boolean {
  if (canonicalize(statement(planned.record)) !== canonicalize(statement(anchored.record))) return false;
  return figureLines(planned).join('\n') === figureLines(anchored).join('\n');
}

function firstDifference(planned: BuiltRecord, anchored: BuiltRecord): string {
  const stands = new Set(figureLines(anchored));
  const other = figureLines(planned).find((line) => !stands.has(line));
  return other === undefined ? 'its fields or citations differ' : `the file says ${other}`;
}

function conflict(planned: BuiltRecord, anchored: BuiltRecord): Fault {
  return {
    path: planned.key,
    code: 'KEY_TAKEN',
    message: `another record is anchored here (${firstDifference(planned, anchored)}); check plant-year names every difference`,
    details: { anchored: anchored.id },
  };
}

/** A record with its citations led to what stands on the ledger, and its id made anew. */
function recite(planned: BuiltRecord, standing: ReadonlyMap<string, string>): BuiltRecord {
  if (planned.record.cites.every(({ record }) => !standing.has(record))) return planned;
  const cites = planned.record.cites.map((cite) => ({ ...cite, record: standing.get(cite.record) ?? cite.record }));
  const record = { ...planned.record, cites };
  return { ...planned, record, id: recordId(record) };
}

/** Compares a plan with what stands on the ledger under its keys and keeps what is missing. */
export function reconcile(plan: readonly PlannedSubmission[], anchored: ReadonlyMap<string, BuiltRecord>): Reconciled {
  const standing = new Map<string, string>();
  const conflicts: Fault[] = [];
  let already = 0;
  const settle = (planned: BuiltRecord): BuiltRecord[] => {
    const recited = recite(planned, standing);
    const found = anchored.get(planned.key);
    standing.set(planned.id, found?.id ?? recited.id);
    if (found === undefined) return [recited];
    already += 1;
    const accepted = found.id === recited.id || sharedTypes.has(found.record.type) || saysTheSame(recited, found);
    if (!accepted) conflicts.push(conflict(recited, found));
    return [];
  };
  const submissions = plan
    .map(({ party, records }) => ({ party, records: records.flatMap(settle) }))
    .filter(({ records }) => records.length > 0);
  return { submissions, already, conflicts };
}
