import { businessKey } from '@carbon-ledger/core';
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
