import { firstEdition } from './edition-number';
import { processes, type ProcessName, type ProcessSpec } from './processes';
import { recordTypes, type RecordTypes } from './registry';

/**
 * One edition of the rules: who may file what, in which states, held to which checks. Frozen once a ledger was judged by
 * it: whatever is tightened later is a new edition, and every transaction is judged by the edition that was in force when
 * it was made.
 */
export interface Rulebook {
  readonly edition: number;
  readonly types: RecordTypes;
  readonly processes: Readonly<Record<ProcessName, ProcessSpec>>;
}

/** Editions by number. A contract carries all that it knows; which is in force is said by the ledger. */
export type Rulebooks = ReadonlyMap<number, Rulebook>;

export const rulebooks: Rulebooks = new Map([[firstEdition, { edition: firstEdition, types: recordTypes, processes }]]);
