import { shelvedMethodologies } from '@carbon-ledger/core';

/** Years of a methodology that comes with the program. */
export function yearsOf(methodology: string): readonly string[] {
  return shelvedMethodologies().flatMap(({ id, years }) => (id === methodology ? years : []));
}

/** The newest of them; empty where there is none. */
export function newestYear(methodology: string): string {
  return [...yearsOf(methodology)].sort().at(-1) ?? '';
}
