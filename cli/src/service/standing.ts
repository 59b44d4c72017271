import type { Mark } from '@carbon-ledger/core';

/** Where a current record stands, and what is to be known of it beside that. */
export interface Standing {
  readonly state: string;
  readonly marks: readonly Mark[];
}

/** How a record stands that is no current one. */
export interface Ended {
  readonly status: 'withdrawn' | 'open';
  readonly state: string;
}
