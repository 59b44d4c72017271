import { businessKey, type Doubt } from '@carbon-ledger/core';
import type { AnchoredState } from './evaluate-anchored';

/** A record that was anchored and does not stand: withdrawn, or sent back and waiting for its next version. */
export interface EndedState extends AnchoredState {
  readonly id: string;
  readonly status: string;
  /** Code of its state in the lifecycle of its type: `WITHDRAWN`, `RETURNED`. */
  readonly state: string;
}

/** How a record that the file still has ended on the ledger. */
export type Ending = Pick<EndedState, 'status' | 'state'> & { readonly record: string };

/** The last version under each key that has no current one. */
export function lastEnded(ended: Iterable<EndedState>, current: readonly AnchoredState[]): EndedState[] {
  const standing = new Set(current.map(({ record }) => businessKey(record)));
  const last = new Map<string, EndedState>();
  for (const state of ended) {
    const key = businessKey(state.record);
    const isLater = state.record.version >= (last.get(key)?.record.version ?? 0);
    if (isLater && !standing.has(key)) last.set(key, state);
  }
  return [...last.values()];
}

/** Whether the figures of a record, of which the root is public, are closed to who asks. */
export function isHidden({ record, figures = [] }: AnchoredState): boolean {
  return record.figuresRoot !== null && figures.length === 0;
}

/** A record of a file that stands on the ledger and is in doubt. */
export interface DoubtedRecord {
  /** Business key. */
  readonly record: string;
  readonly doubts: readonly Doubt[];
}

/** Which of the records under these keys are in doubt. */
export function doubtedAmong(keys: readonly string[], records: readonly AnchoredState[]): DoubtedRecord[] {
  const doubted = new Map(records.map(({ record, whyDoubted = [] }) => [businessKey(record), whyDoubted]));
  return keys.flatMap((record) => {
    const doubts = doubted.get(record) ?? [];
    return doubts.length === 0 ? [] : [{ record, doubts }];
  });
}

/** What is to be said of a file that does not differ: one record in doubt is enough for it to be no yes. */
export function wholeStatus(
  doubted: readonly DoubtedRecord[],
  hidden: readonly string[],
): 'same' | 'questioned' | 'undecidable' {
  if (doubted.length > 0) return 'questioned';
  return hidden.length > 0 ? 'undecidable' : 'same';
}
