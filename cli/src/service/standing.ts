import type { Doubt, Mark } from '@carbon-ledger/core';

/** Where a current record stands, and what is to be known of it beside that. */
export interface Standing {
  readonly state: string;
  readonly marks: readonly Mark[];
  /** Why its word is in doubt though it stands. */
  readonly whyDoubted: readonly Doubt[];
}

/** How a record stands that is no current one. */
export interface Ended {
  readonly status: 'withdrawn' | 'open';
  readonly state: string;
}
