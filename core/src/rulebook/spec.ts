import type { z } from 'zod';
import type { Fault } from '../errors';
import type { FigureSpec } from '../methodology/spec';
import type { RecordScope } from '../methodology/scope';
import type { LedgerRecord, RecordType } from '../records/record';
import type { LedgerView } from '../state/view';
import type { FilingRule, PartyKind } from './authority';
import type { DueRecord, DueTerm } from './due';
import type { Effect } from './effects';
import type { ProcessName } from './processes';

/** A word for people. */
export interface Title {
  readonly en: string;
  readonly zh: string;
}

/** What a record must cite in one role, and what the cited record must have in common with it. */
export interface CitationRule {
  readonly role: string;
  readonly type: RecordType | readonly RecordType[] | 'any';
  /** Kind with label, where only that one serves: `allowance-issuance.pre`. */
  readonly kind?: string;
  /** What its content must say to serve here, where one type serves several roles: `{ outcome: 'corrected' }`. */
  readonly says?: Readonly<Record<string, string>>;
  /** Labels of kinds that serve, where only those do: `emission-factor.diesel` where a line is of diesel. */
  readonly labels?: readonly string[];
  readonly min: number;
  readonly max: number;
  /** Parts of the subject that must be equal; `year` compares the first four digits of the period. */
  readonly same?: readonly ('uscc' | 'unit' | 'period' | 'year')[];
  /** The period of what serves, where it is another than the record's own: that of the year before. */
  readonly period?: string;
  /** Only its own earlier version serves: an inspection is opened on its plan. In any other role that one is never meant. */
  readonly own?: true;
  /** `units`: only records of single units, never of the plant. */
  readonly of?: 'units';
  /** Only of units on the belt that the cited plan declares: `others`, or `all` with the record's own (R-L54). */
  readonly belt?: 'others' | 'all';
  /** Each of them counts for itself: where one is gone, the others go on counting. Else they count together or not at all. */
  readonly severally?: true;
  /** The units cited are exactly those in force in the period: none left out, none twice (R-L24). */
  readonly everyUnit?: true;
  /**
   * Tables of parameters that set when the record is due: of these sectors, or of all. Each that stands for its year is cited, so that
   * nobody is in time by naming none of them.
   */
  readonly tables?: 'all' | readonly string[];
  /** A form proposes only what another role names already: to act on each of them is what the filer decides. */
  readonly onlyNamed?: true;
  /** Proposed is only what answers the records of that role: corrections of what a finding is about, and no others. */
  readonly answers?: string;
  /** The record acts on what it cites: whether it may is said by the process of the cited one, whatever its state. */
  readonly acts?: true;
}

export interface Qualification {
  readonly kind: 'CMA' | 'CNAS';
  readonly number: string;
  readonly scope: readonly string[];
  /** Day, or null for no end known. */
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** What the checks need to know of a registered party. */
export interface PartyFacts {
  readonly uscc: string;
  readonly kind: PartyKind;
  readonly region: string;
  readonly qualifications: readonly Qualification[];
}

/** What a type's own checks may look at. Everything is given; nothing is fetched. */
export interface CheckInput<Content> {
  readonly record: LedgerRecord;
  /** Hex of the record's leaf hash. */
  readonly id: string;
  readonly content: Content;
  readonly scope: RecordScope;
  /** The issuer as registered at the transaction time. */
  readonly issuer: PartyFacts;
  /** RFC 3339, the transaction time. */
  readonly time: string;
}

/** What conditions on the ledger may look at: the world state as it stood before the record, too. */
export interface ConditionInput<Content> extends CheckInput<Content> {
  readonly state: LedgerView;
}

/**
 * What a record changes follows from the record, the public parts of what it cites and the state: an auditor without the
 * private figures comes to the same.
 */
export interface EffectInput<Content> {
  readonly record: LedgerRecord;
  /** Hex of the record's leaf hash. */
  readonly id: string;
  readonly content: Content;
  readonly time: string;
  /** Public parts of what it cites in a role, in the order of its citations. */
  readonly cited: (role: string) => readonly LedgerRecord[];
}

/** The step that a record takes in the process of a record that it cites in this role. */
export interface Action {
  readonly role: string;
  /** Name of the transition: `review.city:accept`. */
  readonly trigger: string;
}

/** What steps follow from: enough for whoever reads blocks without parsing all of a record. */
export type ActingRecord = Pick<LedgerRecord, 'type' | 'kind' | 'cites' | 'content'>;

/** Everything that there is to say of a record type; one file each in rulebook/types. */
export interface RecordTypeSpec<Content = unknown> {
  readonly type: RecordType;
  readonly title: Title;
  /** Every field has a title (zod's `meta`): forms, documents and columns are made of it. */
  readonly content: z.ZodType<Content>;
  readonly filed: readonly FilingRule[];
  /** Labels that a kind may carry; `numbered` ones may be followed by `-2` and the like. None where absent. */
  readonly labels?: {
    readonly names: readonly string[] | 'any';
    /** A kind without label is no kind of this type. */
    readonly required?: true;
    readonly numbered?: true;
    /** What the label of this type says, and how it is written; where absent, it tells several of one period apart. */
    readonly title?: Title;
    readonly hint?: Title;
  };
  /** There may be several in a period: the kind ends in a number that the filer gives, from 1: `finding.3`. */
  readonly number?: true;
  readonly unit: 'unit' | 'plant' | 'unit-or-plant' | 'none' | 'any';
  readonly period: 'year' | 'month' | 'none' | 'any';
  /** Which states its business key runs through, and what may follow on what. */
  readonly process: ProcessName;
  readonly cites: (record: LedgerRecord) => readonly CitationRule[];
  /** The step that a version of it takes in its own process; `filed` where absent. */
  readonly filing?: (record: Pick<LedgerRecord, 'content'>) => string;
  /** What it does to records that it cites. */
  readonly acts?: (record: ActingRecord) => readonly Action[];
  /**
   * The last day on which its first version is in time (Asia/Shanghai), as the parameters of its sector and year set it
   * (rulebook/due). It is of the period before its own where `isAhead`: of a plan.
   */
  readonly due?: (record: DueRecord) => readonly DueTerm[];
  readonly isAhead?: true;
  /** Instead: the field of its content that states that day, and that its own rules hold to what it must be. */
  readonly dueField?: string;
  /**
   * Every key emitter owes it for each period of the years for which it is listed; `of-authority`: whoever files it owes it
   * for each year whose parameters set a day.
   */
  readonly expected?: 'of-units' | 'of-units-and-plant' | 'of-authority';
  /** It is to be filed once a record of that type stands about the same subject. */
  readonly follows?: RecordType;
  /** Figures that the type itself declares, where no methodology governs them. */
  readonly figures?: (record: LedgerRecord) => readonly FigureSpec[];
  /** The methodology's figures with what the type itself adds to them. */
  readonly amends?: (specs: readonly FigureSpec[], record: LedgerRecord) => readonly FigureSpec[];
  readonly effects?: (input: EffectInput<Content>) => readonly Effect[];
  /**
   * What takes its effects back once it is opened or withdrawn, asked with the record that is; `refused` where it is a step
   * that was taken: another step follows it. A type with effects says one or the other, unless its process knows no withdrawal.
   */
  readonly undo?: 'refused' | ((input: EffectInput<Content>, standing: 'open' | 'ended') => readonly Effect[]);
  /** What the record alone must hold to, with what it cites: asked of a file as well as by the ledger. */
  readonly check?: (input: CheckInput<Content>) => Fault[];
  /** What the ledger must hold: parties, units, engagements, cases. */
  readonly conditions?: (input: ConditionInput<Content>) => Promise<Fault[]>;
  /**
   * Parties alone that are told what waits for them in its life; where absent, whoever may take the step is. Whether a step may
   * be taken is said by the rules of the record that takes it.
   */
  readonly concerns?: (record: Pick<LedgerRecord, 'issuer' | 'content'>) => readonly string[];
  /** Content of a record that is right, for documents and forms. */
  readonly example: Content;
}

export const citesMethodology: readonly CitationRule[] = [
  { role: 'methodology', type: 'methodology', min: 1, max: 1, same: ['year'] },
  { role: 'parameters', type: 'parameter', min: 1, max: 1, same: ['year'] },
];

/** Kinds that serve in a role, where not all of its type do. */
export function servingKinds({ kind, labels, type }: CitationRule): readonly string[] | undefined {
  if (kind !== undefined) return [kind];
  return labels && [type].flat().flatMap((one) => labels.map((label) => `${one}.${label}`));
}
