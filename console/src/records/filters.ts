import { recordTypeNames, type RecordType } from '@carbon-ledger/core';
import { withParameters } from '../lists/view-state';
import type { QueryIn } from '@carbon-ledger/client-sdk';

/** What a list of records can be narrowed by; each stands in the address under its name. */
export const filterNames = ['type', 'party', 'issuer', 'unit', 'period', 'status', 'key', 'document', 'cites'] as const;
export type FilterName = (typeof filterNames)[number];
export type Filters = Partial<Record<FilterName, string>>;

/** Filters of an address; what is no filter is left out, and so is what no record can match. */
export function readFilters(search: string): Filters {
  const parameters = new URLSearchParams(search);
  const filters: Filters = {};
  for (const name of filterNames) {
    const value = parameters.get(name)?.trim() ?? '';
    if (value !== '') filters[name] = value;
  }
  return filters;
}

/** The query with these filters in it, in their order; how the list is looked at stays as it was. */
export function writeFilters(filters: Filters, search = ''): string {
  const cleared = Object.fromEntries(filterNames.map((name) => [name, undefined]));
  const kept = withParameters(search, cleared);
  return withParameters(withParameters('', filters), Object.fromEntries(new URLSearchParams(kept)));
}

const states = ['current', 'open', 'superseded', 'withdrawn'] as const;

/** As the service takes them. Text that the route cannot take is passed on as it is: the service says what is wrong with it. */
export function queryOf({ type, status, ...rest }: Filters): QueryIn<'listRecords'> {
  const known = (recordTypeNames as readonly string[]).includes(type ?? '') ? { type: type as RecordType } : {};
  const state = states.find((name) => name === status);
  return { ...rest, ...known, ...(state === undefined ? {} : { status: state }) };
}
