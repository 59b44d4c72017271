import type { Fault } from '../errors';
import type { Subject } from '../identifiers';
import type { Listing } from '../state/kinds';
import type { LedgerView } from '../state/view';

/** Whether the last word of the lists that stand is that the enterprise is in. */
export function isListed(listing: Listing | undefined): boolean {
  return listing?.said.at(-1)?.listed === true;
}

/** Allowances and offsets are for enterprises on the list of key emitters of the year (administrative measures, art. 8 ff.). */
export async function listingFaults({ uscc, period }: Subject, state: LedgerView): Promise<Fault[]> {
  const year = period.slice(0, 4);
  const listing = await state.get('listed', `${uscc}/${year}`);
  if (isListed(listing)) return [];
  const message = `${uscc} is not on the list of key emitters of ${year}: its province files emitter-list first`;
  return [{ path: '/subject/uscc', code: 'NOT_LISTED', message, details: { uscc, year } }];
}
