import { parseBusinessKey, processes, recordTypes, type ProcessSpec, type RecordTypes } from '@carbon-ledger/core';
import type { AnchoredEntry } from '@carbon-ledger/auditor/stored';
import type { Projection } from '../projection/projection';
import type { RecordReader } from '../projection/record-reader';

const AT_ONCE = 200;

export interface HeadsByType {
  readonly current: Projection['current'];
  readonly reader: Pick<RecordReader, 'records'>;
}

/** States in which a record stands; `CURRENT` is where one begins whose process names no other. */
function standingStates({ states }: ProcessSpec): ReadonlySet<string> {
  const standing = Object.keys(states).filter((state) => states[state]?.standing === 'stands');
  return new Set([...standing, 'CURRENT']);
}

/**
 * What stands of a type and a year or one of its months, by key; of one party where one is named. It is found among the heads of
 * the type: a year has the records of every type, and a plant a review behind each month.
 */
export async function standingRecords(
  projection: HeadsByType,
  type: keyof RecordTypes,
  year: string,
  uscc?: string,
): Promise<AnchoredEntry[]> {
  const ids: string[] = [];
  for (const state of standingStates(processes[recordTypes[type].process]))
    for await (const { key, record } of projection.current(type, state, uscc))
      if (parseBusinessKey(key).period.startsWith(year)) ids.push(record);
  const found: AnchoredEntry[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE)
    for (const entry of await projection.reader.records(ids.slice(at, at + AT_ONCE)))
      if (entry?.status === 'current') found.push(entry);
  return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}
