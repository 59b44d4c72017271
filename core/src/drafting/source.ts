import type { AgendaSource } from '../agenda';
import type { BuiltRecord } from '../rulebook';

/** The ledger as a draft is made from it. */
export interface DraftSource extends AgendaSource {
  /** A record by its id with the figures that are open to who drafts; undefined for what is not anchored. */
  built(id: string): Promise<BuiltRecord | undefined>;
}
