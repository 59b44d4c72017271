import { LedgerError, type Fault } from '../errors';
import { bucketOf, parseBusinessKey } from '../identifiers';
import type { RecordScope } from '../methodology/scope';
import { recordTypes, type Citation, type CitationRule, type LedgerRecord } from '../records';
import type { CitedRecords } from './context';
import type { OverlayView } from './overlay';

/** Entry of a business key inside its bucket. */
export function headEntry(subject: { period: string }, kind: string): string {
  return `${subject.period}/${kind}`;
}

function year(period: string): string {
  return period.slice(0, 4);
}

const sameChecks: Readonly<
  Record<NonNullable<CitationRule['same']>[number], (a: LedgerRecord, b: LedgerRecord) => boolean>
> = {
  uscc: (a, b) => a.subject.uscc === b.subject.uscc,
  unit: (a, b) => a.subject.unit === b.subject.unit,
  period: (a, b) => a.subject.period === b.subject.period,
  year: (a, b) => year(a.subject.period) === year(b.subject.period),
};

/** Does the cited record serve in this role? Returns what is wrong, or undefined. */
function mismatch(rule: CitationRule, record: LedgerRecord, cited: RecordScope): string | undefined {
  const target = cited.record;
  if (rule.type !== 'any' && target.type !== rule.type) return `is a ${target.type}, not a ${rule.type}`;
  if (rule.kind !== undefined && target.kind !== rule.kind) return `is a ${target.kind}, not a ${rule.kind}`;
  if (rule.of === 'units' && target.subject.unit === 'PLANT') return 'is about the plant, not about a unit';
  const different = rule.same?.find((part) => !sameChecks[part](record, target));
  return different === undefined ? undefined : `has another ${different}`;
}

/** A citation must name the current head of its key: not superseded, not withdrawn, not open for correction. */
async function headFault(citation: Citation, path: string, view: OverlayView): Promise<Fault | undefined> {
  const key = parseBusinessKey(citation.key);
  const head = await view.head(bucketOf(key), headEntry(key, key.kind));
  const details = { record: citation.record, key: citation.key };
  if (!head) return { path, code: 'CITATION_UNKNOWN', message: `${citation.key} is not anchored`, details };
  if (`rec:${head.r}` === citation.record && head.s !== 'w') return undefined;
  const message = head.s === 'w' ? `${citation.key} was withdrawn` : `${citation.key} now stands at rec:${head.r}`;
  return {
    path,
    code: 'CITATION_NOT_CURRENT',
    message,
    details: { ...details, current: `rec:${head.r}`, withdrawn: head.s === 'w' },
  };
}

function countFaults(rules: readonly CitationRule[], record: LedgerRecord): Fault[] {
  const faults: Fault[] = [];
  for (const { role, min, max } of rules) {
    const count = record.cites.filter((citation) => citation.role === role).length;
    if (count < min)
      faults.push({
        path: '/cites',
        code: 'CITATION_MISSING',
        message: `${role}: ${count} cited, at least ${min} needed`,
        details: { role, min, count },
      });
    if (count > max)
      faults.push({
        path: '/cites',
        code: 'BAD_RECORD',
        message: `${role}: ${count} cited, at most ${max} allowed`,
        details: { role, max, count },
      });
  }
  return faults;
}

export interface JudgedCitations {
  readonly faults: readonly Fault[];
  readonly cited: ReadonlyMap<string, readonly RecordScope[]>;
}

/** Checks every citation of a record and gathers what they lead to, in the order of the cited keys. */
export async function judgeCitations(
  record: LedgerRecord,
  view: OverlayView,
  context: CitedRecords,
): Promise<JudgedCitations> {
  const rules = recordTypes[record.type].cites(record);
  const faults = countFaults(rules, record);
  const cited = new Map<string, RecordScope[]>();
  const seen = new Set<string>();
  for (const [index, citation] of record.cites.entries()) {
    const path = `/cites/${index}`;
    const fault = await citationFault(citation, path, rules, seen, record, view, context);
    if (fault) faults.push(fault);
    else cited.set(citation.role, [...(cited.get(citation.role) ?? []), context.scope(citation.record)]);
  }
  for (const scopes of cited.values()) scopes.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  return { faults, cited };
}

async function citationFault(
  citation: Citation,
  path: string,
  rules: readonly CitationRule[],
  seen: Set<string>,
  record: LedgerRecord,
  view: OverlayView,
  context: CitedRecords,
): Promise<Fault | undefined> {
  const rule = rules.find((candidate) => candidate.role === citation.role);
  const bad = (message: string): Fault => ({
    path,
    code: 'CITATION_MISMATCH',
    message,
    details: { role: citation.role, key: citation.key },
  });
  if (!rule) return bad(`a ${record.type} cites nothing as ${citation.role}`);
  const place = `${citation.role} ${citation.record}`;
  if (seen.has(place)) return bad('the same record is cited twice in one role');
  seen.add(place);
  const head = await headFault(citation, path, view);
  if (head) return head;
  try {
    const scope = context.scope(citation.record);
    if (scope.key !== citation.key) return bad(`${citation.record} stands under ${scope.key}`);
    const wrong = mismatch(rule, record, scope);
    return wrong === undefined ? undefined : bad(`${citation.key} ${wrong}`);
  } catch (error) {
    if (error instanceof LedgerError) return { path, code: error.code, message: error.message, details: error.details };
    throw error;
  }
}
