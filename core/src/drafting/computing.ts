import type { LedgerRecord } from '../records';
import type { BuiltRecord, Rulebook } from '../rulebook';
import type { DraftSource } from './source';

/** A record as far as it is drafted, with what it cites. */
export interface Computing {
  readonly record: Pick<LedgerRecord, 'subject' | 'content' | 'kind'>;
  readonly cites: Readonly<Record<string, readonly BuiltRecord[]>>;
  readonly rulebook: Rulebook;
  readonly source: DraftSource;
}

export type Fields = Readonly<Record<string, unknown>>;

/** What the ledger can tell of a type: the fields, and how it comes to them; what cannot be told is undefined. */
export interface Telling {
  readonly fields: readonly string[];
  readonly tell: (computing: Computing) => Promise<Fields> | Fields;
}

/** A public figure of a record that is cited. */
export function total(built: BuiltRecord | undefined, figure: string): string | undefined {
  return built?.record.totals[figure]?.value;
}

/** The record that is cited in a role, where there is one. */
export function citedIn({ cites }: Computing, role: string): BuiltRecord | undefined {
  return cites[role]?.[0];
}
