import { lifecycleState } from '../rulebook';
import { isMarked, type Mark, type MarkFacts } from './marks';
import type { DoubtName } from './names';
import type { AnchoredRecord } from './source';

export interface Doubt {
  readonly why: DoubtName;
  /** Business key of the finding, or of the input that does not stand. */
  readonly by?: string;
}

type Standing = Pick<AnchoredRecord, 'status' | 'state'> & { readonly record: Pick<AnchoredRecord['record'], 'kind'> };

/** Whether an authority doubts what stands in this state. */
export function isQuestioned(kind: string, state: string): boolean {
  return lifecycleState(kind, state)?.isQuestioned === true;
}

/** Whether a record is in doubt by itself, whatever it rests on. */
export async function isDoubted(one: AnchoredRecord, facts: MarkFacts): Promise<boolean> {
  if (one.status === 'current' && isQuestioned(one.record.kind, one.state)) return true;
  return (await isMarked(one, 'under-finding', facts)) || isMarked(one, 'key-compromised', facts);
}

/** What makes a record doubtful; nothing of one that does not stand, which nobody relies on anyhow. */
export function doubtsOf({ status, state, record }: Standing, marks: readonly Mark[]): Doubt[] {
  if (status !== 'current') return [];
  const marked = marks.flatMap(({ mark, by }): Doubt[] => {
    if (mark === 'key-compromised') return [{ why: mark }];
    const isDoubt = mark === 'under-finding' || mark === 'input-withdrawn' || mark === 'input-doubted';
    return isDoubt ? [{ why: mark, ...(by === undefined ? {} : { by }) }] : [];
  });
  return [...(isQuestioned(record.kind, state) ? [{ why: 'questioned' } as const] : []), ...marked];
}
