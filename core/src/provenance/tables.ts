import { canonicalize } from '../canonical';
import type { AnchoredRecord } from './source';

type Values = Readonly<Record<string, unknown>>;

const valuesOf = ({ record }: AnchoredRecord): Values => (record.content['values'] ?? {}) as Values;

/**
 * Whether a table of parameters that has a next version says there what it said here. Tables are continued: a balance value
 * or the next year's cap is added after figures were computed, and takes nothing from them. What was taken is compared, and
 * all of the table where it is not known what was.
 */
export function saysTheSame(table: AnchoredRecord, next: AnchoredRecord | undefined, name: string): boolean {
  if (table.record.type !== 'parameter' || next?.status !== 'current') return false;
  const [before, after] = [valuesOf(table), valuesOf(next)];
  const names = Object.hasOwn(before, name) ? [name] : Object.keys(before);
  return names.every((one) => Object.hasOwn(after, one) && canonicalize(after[one]) === canonicalize(before[one]));
}
