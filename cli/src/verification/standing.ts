import { lifecycleState } from '@carbon-ledger/core';
import type { Ending } from '@carbon-ledger/plant-year';
import type { Context } from '../context';
import { plainText } from '../output/style';
import { stands, type Standing } from './stands';

/** The last part of a business key. */
function kindOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

/** The state in two languages: `已退回 returned`. */
export function formatState({ key, state }: Pick<Standing, 'key' | 'state'>): string {
  const title = lifecycleState(kindOf(key), state)?.title;
  return title === undefined ? state : `${title.zh} ${title.en}`;
}

/** Of what a file has, and was anchored, and does not stand any more. @param found as it is to be shown */
export function formatEnded(context: Context, key: string, found: string, { state, record }: Ending): string {
  const told = context.output.style.bad(plainText(`${formatState({ key, state })} ${record}`));
  return `  found ${found}; the record that was anchored does not stand: ${told}`;
}

/** Whoever takes something of a record that does not stand, or is doubted, is told so. */
export function noteStanding(context: Context, record: Standing): void {
  const { key, status, doubts = [] } = record;
  if (stands(record)) return;
  const word = status === 'superseded' ? '已被替代 superseded' : formatState(record);
  const what = status === 'current' ? `is questioned (${doubts.join(', ')})` : 'does not stand';
  context.output.note(plainText(`${key} ${what}: ${word}.`));
}
