import { bucketOf, headEntry, stateKey, type HeadBucket } from '@carbon-ledger/core';
import { asBuffer } from '../blocks/bytes';
import type { RecordSlice } from './records';
import type { ReplayedState } from './state';
import type { WorkStore } from './work-store';
import { workTables } from './work-tables';

/** Which record a later version came in the place of. */
const beforeKey = (id: string): string => `${workTables.before}${id}`;

/** Ids of every version before this one: from what stood under its key, and from what that came in the place of. */
export function versionsBefore(
  { id, record: { version, subject, kind } }: RecordSlice,
  namespace: string,
  state: ReplayedState,
  store: WorkStore,
): string[] {
  if (version === 1) return [];
  const stored = state.public(namespace, stateKey('head', bucketOf(subject)));
  if (stored?.value === undefined) return [];
  const heads = JSON.parse(asBuffer(stored.value).toString('utf8')) as HeadBucket;
  const head = heads[headEntry(subject, kind)];
  if (head === undefined) return [];
  store.put(beforeKey(id), Buffer.from(`rec:${head.r}`));
  const found: string[] = [];
  for (let at: string | undefined = `rec:${head.r}`; at !== undefined && !found.includes(at);) {
    found.push(at);
    at = store.get(beforeKey(at))?.toString('utf8');
  }
  return found;
}
