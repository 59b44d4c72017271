import { lifecycleState } from '@carbon-ledger/core';
import type { Context } from '../context';
import { plainText } from '../output/style';

/** How a record stands, as the service tells it. */
export interface Standing {
  readonly key: string;
  readonly status: string;
  readonly state: string;
}

/** The last part of a business key. */
function kindOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

/** The state in two languages: `已退回 returned`. */
export function formatState({ key, state }: Pick<Standing, 'key' | 'state'>): string {
  const title = lifecycleState(kindOf(key), state)?.title;
  return title === undefined ? state : `${title.zh} ${title.en}`;
}

/** Whoever takes something of a record that does not stand, or is doubted, is told so. */
export function noteStanding(context: Context, record: Standing): void {
  const isQuestioned = lifecycleState(kindOf(record.key), record.state)?.isQuestioned === true;
  if (record.status === 'current' && !isQuestioned) return;
  const word = record.status === 'superseded' ? '已被替代 superseded' : formatState(record);
  const what = record.status === 'current' ? 'is questioned' : 'does not stand';
  context.output.note(plainText(`${record.key} ${what}: ${word}.`));
}
