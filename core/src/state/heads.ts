import type { HeadBucket } from './kinds';

const FROZEN = '-/frozen-';

/** Entry of a head bucket that says of a unit's year that an inspection froze it; no business key has it. */
export function freezeEntry(inspection: string): string {
  return `${FROZEN}${inspection.slice(0, 16)}`;
}

/** Hex of the inspection that holds a bucket frozen, if one does. */
export function frozenBy(bucket: HeadBucket): string | undefined {
  // Asked for every record: a bucket holds the heads of a whole year, which are not copied to be looked through.
  for (const entry in bucket) {
    if (entry.startsWith(FROZEN) && bucket[entry]?.s === undefined) return bucket[entry]?.r;
  }
  return undefined;
}
