import { LedgerError, type Fault, withArticle } from '../errors';
import { bucketOf, parseBusinessKey } from '../identifiers';
import type { RecordScope } from '../methodology/scope';
import type { Citation, LedgerRecord } from '../records';
import { misfitOf, servingKinds, type CitationRule } from '../rulebook';
import type { Head, OverlayView } from '../state';
import type { CitedRecords } from './context';
import { headEntry } from './heads';
import { listedSectorFaults, rulesFaults } from './rules-of-year';

function typesOf({ type }: CitationRule): string {
  return typeof type === 'string' ? type : type.join(' or ');
}

/** Does the cited record serve in this role? Returns what is wrong, or undefined. */
function mismatch(rule: CitationRule, record: LedgerRecord, cited: RecordScope): string | undefined {
  const target = cited.record;
  const misfit = misfitOf(rule, record.subject, { ...target.subject, kind: target.kind });
  if (misfit === undefined) return undefined;
  if (misfit === 'type') return `is ${withArticle(target.type)}, not ${withArticle(typesOf(rule))}`;
  if (misfit === 'kind')
    return `is ${withArticle(target.kind)}, not ${servingKinds(rule)?.map(withArticle).join(' or ') || 'needed'}`;
  if (misfit === 'period' && rule.period !== undefined) return `is not of ${rule.period}`;
  return misfit === 'of' ? 'is about the plant, not about a unit' : `has another ${misfit}`;
}

const whyNot = { w: 'was withdrawn', o: 'waits for its next version' } as const;

/**
 * A citation names the current head of its key, and one that stands: not superseded, withdrawn or waiting for its next version.
 * What acts on a record may name one that does not stand; its process says whether it may.
 */
async function headFault(
  citation: Citation,
  path: string,
  { acts }: CitationRule,
  view: OverlayView,
): Promise<Fault | undefined> {
  const key = parseBusinessKey(citation.key);
  const head = await view.head(bucketOf(key), headEntry(key, key.kind));
  const details = { record: citation.record, key: citation.key };
  if (!head) return { path, code: 'CITATION_UNKNOWN', message: `${citation.key} is not anchored`, details };
  const isHead = `rec:${head.r}` === citation.record;
  if (isHead && (acts === true || head.s === undefined)) return undefined;
  return {
    path,
    code: 'CITATION_NOT_CURRENT',
    message: standing(citation.key, head, isHead),
    details: { ...details, ...facts(head) },
  };
}

function standing(key: string, { r, s }: Head, isHead: boolean): string {
  return isHead && s !== undefined ? `${key} ${whyNot[s]}` : `${key} now stands at rec:${r}`;
}

function facts({ r, s }: Head): Record<string, unknown> {
  return { current: `rec:${r}`, withdrawn: s === 'w', open: s === 'o' };
}

/** Roles of which a record cites too few or too many. */
export function citationCountFaults(rules: readonly CitationRule[], record: LedgerRecord): Fault[] {
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
  rules: readonly CitationRule[],
  view: OverlayView,
  context: CitedRecords,
): Promise<JudgedCitations> {
  const faults = citationCountFaults(rules, record);
  const cited = new Map<string, RecordScope[]>();
  const seen = new Set<string>();
  for (const [index, citation] of record.cites.entries()) {
    const path = `/cites/${index}`;
    const fault = await citationFault(citation, path, rules, seen, record, view, context);
    if (fault) faults.push(fault);
    else cited.set(citation.role, [...(cited.get(citation.role) ?? []), context.scope(citation.record)]);
  }
  faults.push(...rulesFaults(record, cited), ...(await listedSectorFaults(record, cited, view)));
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
  if (!rule) return bad(`${withArticle(record.type)} cites nothing as ${citation.role}`);
  const place = `${citation.role} ${citation.record}`;
  if (seen.has(place)) return bad('the same record is cited twice in one role');
  seen.add(place);
  const head = await headFault(citation, path, rule, view);
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
