import type { Decimal } from '../../decimal';
import type { BookIndex, BookRecord } from '../book';
import type { CompiledCheck } from '../compile';
import type { Severity } from '../rule-set';
import type { UnitTraits } from '../traits';

/** One place where a predicate does not hold. */
export interface PredicateHit {
  readonly at: string;
  readonly touches: readonly string[];
  readonly got: string;
  readonly limit: string;
  readonly severity?: Severity;
}

/** Something that other enterprises may have too: a report number, the hash of a file, a device. */
export interface Identity {
  /** What it is, and whose name space it is in. */
  readonly id: string;
  /** Business key and address. */
  readonly at: string;
  readonly address: string;
  /** What tells two uses of it apart, or measures them. */
  readonly note: string;
}

/** All uses of an identity on the ledger, in the order of their keys; undefined where other enterprises were not read. */
export type Holders = ((id: string) => readonly Identity[]) | undefined;

export interface PredicateInput {
  readonly check: CompiledCheck;
  readonly index: BookIndex;
  readonly traits: UnitTraits;
  /** Records to which the check applies. */
  readonly records: readonly BookRecord[];
  readonly argument: (name: string) => string;
  readonly arguments: (name: string) => readonly string[];
  /** @throws Lacking */
  readonly limit: (name: string, record: BookRecord) => Decimal;
  readonly holders: Holders;
}

/** A document rule that needs a look-up. Rules name it and give its arguments. */
export interface Predicate {
  readonly takes: readonly string[];
  readonly mayTake: readonly string[];
  /** It looks at other enterprises too. */
  readonly isWide?: true;
  /** What a book adds to the look-up. */
  readonly identities?: (input: PredicateInput) => Identity[];
  /** @throws Lacking */
  readonly find: (input: PredicateInput) => PredicateHit[];
}
