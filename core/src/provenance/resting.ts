import type { Citation, LedgerRecord, RecordType } from '../records';
import { isSpent } from '../rulebook';
import type { AnchoredRecord } from './source';

/**
 * Records that judge, question, correct or tell of what they cite: they were said once, and stay said whatever becomes of
 * it. Every other record rests on all that it cites.
 */
export const speakingTypes: ReadonlySet<RecordType> = new Set<RecordType>([
  ...(['engagement', 'review', 'nonconformity', 'nonconformity-response', 'objection', 'decision'] as const),
  ...(['inspection', 'finding', 'handover', 'rectification', 'closure'] as const),
  ...(['self-inspection', 'screening-result', 'explanation', 'verifier-assessment', 'reconciliation'] as const),
  ...(['supersession', 'revocation'] as const),
]);

/** Citations that a record rests on: where one of them is withdrawn it says what nothing bears any more. */
export function restsOn({ type, cites }: Pick<LedgerRecord, 'type' | 'cites'>): readonly Citation[] {
  return speakingTypes.has(type) ? [] : cites;
}

/** Whether what was built on a record stands: it stands itself, or ended as it was meant to. */
export function bears({ status, state, record }: Pick<AnchoredRecord, 'status' | 'state' | 'record'>): boolean {
  return status === 'current' || isSpent(record.kind, state);
}
