import { field, type Section } from './model';

/** Parts of a lot that state numbers of their own, by the beginning of their fields' names; the lot itself has none. */
export type LotPart = '' | 'frozen.' | 'cancelled.';

/** Whether the file says anything under a part. */
export function hasPart(lot: Section, part: 'frozen.' | 'synced.' | 'cancelled.' | 'released.'): boolean {
  return [...lot.fields.keys()].some((name) => name.startsWith(part));
}

/** Where the numbers stand that are used: as they were cancelled; else all that is frozen; else the whole lot. */
export function usedPart(lot: Section): LotPart {
  if (field(lot, 'cancelled.serialFrom') !== undefined || field(lot, 'cancelled.qty') !== undefined)
    return 'cancelled.';
  return hasPart(lot, 'frozen.') ? 'frozen.' : '';
}
