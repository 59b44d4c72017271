import type { Fault } from '../errors';
import type { Subject } from '../identifiers';
import type { Listing } from '../state/kinds';
import type { LedgerView } from '../state/view';

/** Whether the last word of the lists that stand is, of any sector, that the enterprise is in. */
export function isListed(listing: Listing | undefined): boolean {
  return [...lastWords(listing).values()].includes(true);
}

/** The unit under which a sector's rules are filed: in capitals. */
export const unitOfSector = (sector: string): string => sector.toUpperCase();

/** Rules of a sector, or of a part of it that has rules of its own: POWER, POWER-GAS. */
export function isOfSector(unit: string, sector: string): boolean {
  return unit === sector || unit.startsWith(`${sector}-`);
}

/**
 * Sectors for which an enterprise stands on the lists of a year: of each the last word counts. A whole that makes steel and power may
 * be on the lists of both.
 */
export function listedSectors(listing: Listing | undefined): string[] {
  return [...lastWords(listing)].flatMap(([sector, listed]) => (listed && sector !== undefined ? [sector] : []));
}

/**
 * The last word about each sector: who leaves one list is not taken from another. A word of a ledger from before lists named sectors
 * here holds until a list with a sector speaks: whoever is taken off by that one is off.
 */
function lastWords(listing: Listing | undefined): Map<string | undefined, boolean> {
  const words = new Map<string | undefined, boolean>();
  for (const { sector, listed } of listing?.said ?? []) {
    if (sector !== undefined) words.delete(undefined);
    words.set(sector, listed);
  }
  return words;
}

/** Allowances and offsets are for enterprises on the list of key emitters of the year (administrative measures, art. 8 ff.). */
export async function listingFaults({ uscc, period }: Subject, state: LedgerView): Promise<Fault[]> {
  const year = period.slice(0, 4);
  const listing = await state.get('listed', `${uscc}/${year}`);
  if (isListed(listing)) return [];
  const message = `${uscc} is not on the list of key emitters of ${year}: its province files emitter-list first`;
  return [{ path: '/subject/uscc', code: 'NOT_LISTED', message, details: { uscc, year } }];
}
