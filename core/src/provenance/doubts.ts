import { lifecycleState } from '../rulebook';
import type { Mark } from './marks';
import type { DoubtName } from './names';
import type { AnchoredRecord } from './source';

export interface Doubt {
  readonly why: DoubtName;
  /** Business key of the finding, or of the input that does not stand. */
  readonly by?: string;
}

type Standing = Pick<AnchoredRecord, 'status' | 'state'> & { readonly record: Pick<AnchoredRecord['record'], 'kind'> };

/** What makes a record doubtful; nothing of one that does not stand, which nobody relies on anyhow. */
export function doubtsOf({ status, state, record }: Standing, marks: readonly Mark[]): Doubt[] {
  if (status !== 'current') return [];
  const isQuestioned = lifecycleState(record.kind, state)?.isQuestioned === true;
  const marked = marks.flatMap(({ mark, by }): Doubt[] => {
    if (mark === 'key-compromised') return [{ why: mark }];
    const isDoubt = mark === 'under-finding' || mark === 'input-withdrawn';
    return isDoubt ? [{ why: mark, ...(by === undefined ? {} : { by }) }] : [];
  });
  return [...(isQuestioned ? [{ why: 'questioned' } as const] : []), ...marked];
}
