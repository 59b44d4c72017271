import type { z } from 'zod';
import type { Fault } from '../errors';
import type { FigureSpec } from '../methodology/spec';
import type { RecordScope } from '../methodology/scope';
import type { LedgerRecord, RecordType } from './record';

/** Kinds of party. `device` is owned by another party and signs for it. */
export const partyKinds = [
  'enterprise',
  'lab',
  'preparer',
  'verifier',
  'city-authority',
  'province-authority',
  'national-authority',
  'allowance-registry',
  'ccer-registry',
  'inspector',
  'device',
] as const;
export type PartyKind = (typeof partyKinds)[number];

/** What a record must cite in one role, and what the cited record must have in common with it. */
export interface CitationRule {
  readonly role: string;
  readonly type: RecordType | 'any';
  /** Kind with label, where only that one serves: `allowance-issuance.pre`. */
  readonly kind?: string;
  readonly min: number;
  readonly max: number;
  /** Parts of the subject that must be equal; `year` compares the first four digits of the period. */
  readonly same?: readonly ('uscc' | 'unit' | 'period' | 'year')[];
  /** `units`: only records of single units, never of the plant. */
  readonly of?: 'units';
}

/** A span of serial numbers that a record registers (`lot`) or uses up (`used`). Spans of one space never overlap. */
export interface SerialEffect {
  readonly space: 'lot' | 'used';
  readonly project: string;
  readonly serialFrom: string;
  readonly serialTo: string;
}

/** What a type's own checks may look at. Everything is given; nothing is fetched. */
export interface CheckInput<Content> {
  readonly record: LedgerRecord;
  readonly content: Content;
  readonly scope: RecordScope;
  /** The issuer as registered at the transaction time. */
  readonly issuer: PartyFacts;
  /** RFC 3339, the transaction time. */
  readonly time: string;
}

/** What the checks need to know of a registered party. */
export interface PartyFacts {
  readonly uscc: string;
  readonly kind: PartyKind;
  readonly region: string;
  readonly qualifications: readonly Qualification[];
}

export interface Qualification {
  readonly kind: 'CMA' | 'CNAS';
  readonly number: string;
  readonly scope: readonly string[];
  /** Day, or null for no end known. */
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

export interface RecordTypeSpec<Content = unknown> {
  readonly type: RecordType;
  readonly title: { readonly en: string; readonly zh: string };
  readonly content: z.ZodType<Content>;
  readonly filedBy: readonly PartyKind[];
  /** Which labels a kind may carry. */
  readonly labels: 'none' | 'optional' | readonly string[];
  readonly unit: 'unit' | 'plant' | 'unit-or-plant' | 'none' | 'any';
  readonly period: 'year' | 'month' | 'none' | 'any';
  /** `subject`: only about oneself · `authority-region`: authorities about parties of their region · `any`. */
  readonly about: 'self' | 'region' | 'any';
  readonly cites: (record: LedgerRecord) => readonly CitationRule[];
  /** `supersession`: a next version needs a supersession record; `direct`: it may simply follow; `single`: there is none. */
  readonly versions: 'supersession' | 'direct' | 'single';
  /** Figures that the type itself declares, where no methodology governs them. */
  readonly figures?: (record: LedgerRecord) => readonly FigureSpec[];
  readonly serials?: (content: Content) => SerialEffect;
  readonly check?: (input: CheckInput<Content>) => Fault[];
}

/** Keeps the content's type inferred from its schema. */
export function recordType<Content>(spec: RecordTypeSpec<Content>): RecordTypeSpec<Content> {
  return spec;
}

export const citesMethodology: readonly CitationRule[] = [
  { role: 'methodology', type: 'methodology', min: 1, max: 1, same: ['year'] },
  { role: 'parameters', type: 'parameter', min: 1, max: 1, same: ['year'] },
];
