import { LedgerError } from '../errors';
import type { LedgerRecord } from '../records';
import { recordTypes, type CitationRule } from '../rulebook';
import type { AnchoredRecord, CitedBySource } from './source';

/** Records that rest on one, as many as are held for one answer; the widest record of a plant's year, its methodology, has about 60. */
export const MOST_DEPENDENTS = 20_000;

/** @throws LedgerError TOO_WIDE rather than to leave some out */
export function assertNarrow(root: string, records: number, most: number): void {
  if (records <= most) return;
  const message = `More than ${String(most)} records rest on ${root}: too many for one answer.`;
  throw new LedgerError('TOO_WIDE', message, { details: { record: root } });
}

/** All records that rest on one, in log order: a record can only cite what was anchored before it. @throws LedgerError TOO_WIDE */
export async function dependents(
  source: CitedBySource,
  root: string,
  most = MOST_DEPENDENTS,
): Promise<AnchoredRecord[]> {
  const found = new Map<string, AnchoredRecord>();
  const queue = [root];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const record of await source.citedBy(next)) {
      if (found.has(record.id) || !counts(record)) continue;
      found.set(record.id, record);
      queue.push(record.id);
    }
    assertNarrow(root, found.size, most);
  }
  return inLogOrder(found.values());
}

/** What does not stand rests on nothing any more, and a correction says nothing of its own. */
export function counts({ status, record }: Pick<AnchoredRecord, 'status' | 'record'>): boolean {
  return status === 'current' && record.type !== 'supersession' && record.type !== 'revocation';
}

export function inLogOrder(records: Iterable<AnchoredRecord>): AnchoredRecord[] {
  return [...records].sort((a, b) => a.logIndex - b.logIndex);
}

/** Whether a record lacks what it must cite in a role once others are gone. */
function lacks({ cites }: LedgerRecord, { role, min, severally }: CitationRule, gone: ReadonlySet<string>): boolean {
  const cited = cites.filter((one) => one.role === role);
  const left = cited.filter((one) => !gone.has(one.record)).length;
  return left < cited.length && (severally === true ? left < min : min > 0);
}

/** Records that cannot stand without another, itself among them. @param touched in log order */
export function goneWith(root: AnchoredRecord, touched: readonly AnchoredRecord[]): ReadonlySet<string> {
  const gone = new Set([root.id]);
  for (const { id, record } of touched)
    if (recordTypes[record.type].cites(record).some((rule) => lacks(record, rule, gone))) gone.add(id);
  return gone;
}
