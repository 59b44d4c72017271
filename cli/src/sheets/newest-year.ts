import { shelvedMethodologies } from '@carbon-ledger/core';

/** The newest year of a methodology that comes with the program; empty where there is none. */
export function newestYear(methodology: string): string {
  const years = shelvedMethodologies().flatMap(({ id, years: own }) => (id === methodology ? own : []));
  return [...years].sort().at(-1) ?? '';
}
