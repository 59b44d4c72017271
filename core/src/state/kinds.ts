import type { PartyContent } from '../rulebook/types/party';

/** What stands in the head of a business key: `s` is absent while the record is current and nothing else. */
export interface Head {
  readonly v: number;
  /** Hex of the record's leaf hash. */
  readonly r: string;
  /** `w` withdrawn · `o` open for its next version. Either way the next version is the lawful way on. */
  readonly s?: 'w' | 'o';
  /** Hex of the inspection that had frozen its plant's year when it was filed: it is no part of what was frozen. */
  readonly f?: string;
}

/** All heads of one unit and year under one state key, by `{period}/{kind}`. */
export type HeadBucket = Readonly<Record<string, Head>>;

/** A registered party as the world state holds it. */
export interface PartyState {
  readonly record: string;
  readonly version: number;
  readonly content: PartyContent;
  /** RFC 3339: its registration was withdrawn then, and its keys with it. Gone with its next version. */
  readonly ended?: string;
}

/** Where the subject of a process stands (rulebook/processes). */
export interface CaseState {
  /** Code of the state. */
  readonly s: string;
  /** Hex of the record that the case is about: the current version of its key. */
  readonly r: string;
  readonly v: number;
  /** Transaction time of the last transition, RFC 3339. */
  readonly t: string;
  /** Hex of the record that made the last transition. */
  readonly by: string;
  /** How often it was returned. */
  readonly n?: number;
  /** Natural days between the due day and the transaction that filed its first version, Asia/Shanghai; absent in time. */
  readonly late?: number;
}

/** An identity that belongs to one holder: a signing key, a facility code, a report number, a report's file. */
export interface Claim {
  /** Business key of the record that holds it, or the party. */
  readonly key: string;
  /** Who states it, where others may state the same of their own: USCC. */
  readonly by?: string;
  /** Those who came later, and said so. */
  readonly also?: readonly Omit<Claim, 'also'>[];
}

/** A unit as its registration states it. */
export interface RosterUnit {
  readonly id: string;
  readonly permit: string;
  readonly code: string;
  /** Rated capacity in MW and allocation class, where the sector has them. */
  readonly capacity?: string;
  readonly category?: string;
  /** Days of service: from, and the last one or null. */
  readonly from: string;
  readonly to: string | null;
  /** Days between a stop and a restart. */
  readonly idle?: readonly { readonly from: string; readonly to: string }[];
}

/** The units of an enterprise: those that its province accepted, and those that wait for it. */
export interface UnitRoster {
  /** Hex of the facility record in force; absent before the first acceptance. */
  readonly r?: string;
  readonly units: readonly RosterUnit[];
  readonly waiting?: { readonly r: string; readonly units: readonly RosterUnit[] };
  /** `{permit}/{code}` of units that were accepted once and that the registration names no more. */
  readonly former?: readonly string[];
  /** Another enterprise wrote down the same facility: an acceptance looks at who holds each. */
  readonly contested?: true;
}

/** Who works for an enterprise in a year, and as what. */
export interface Engagement {
  readonly party: string;
  readonly as: 'verification' | 'preparation' | 'testing';
  /** Hex of the engagement record. */
  readonly r: string;
  /** Set once it was withdrawn or replaced: it is remembered, because who once prepared may not verify. */
  readonly ended?: true;
}
export interface EngagementRoster {
  readonly engaged: readonly Engagement[];
}

/** What the lists of a year say of an enterprise, one after the other: the last word counts. Withdrawn lists are gone. */
export interface Listing {
  /** `r`: hex of the emitter list that says so; `sector`: as which it says so. */
  readonly said: readonly { readonly listed: boolean; readonly r: string; readonly sector?: string }[];
}

/** What the procedure of a compliance year asks of CCER, as the parameters that were confirmed by say (`domain` 4.2). */
export interface OffsetTerms {
  /** Numbers are frozen before they are applied for. */
  readonly freeze: boolean;
  /** First and last day of cancellations for the year, where its parameters name them. */
  readonly from?: string;
  readonly to?: string;
  /** Lots registered before this day do not serve. */
  readonly registeredFrom?: string;
  /** Lots of the earlier registry serve until this day. */
  readonly earlierUntil?: string;
}

/** One booking of CCER against an obligation. */
export interface OffsetBooking {
  /** Business key of the booking. */
  readonly key: string;
  /** Tonnes as decimal text. */
  readonly q: string;
}

/** What an enterprise may use of CCER in a compliance year, and what it used; tonnes as decimal text. */
export interface OffsetAccount {
  readonly confirmed: string;
  /** Cancelled and not reversed: in all, and by project as its identity is compared. */
  readonly cancelled: string;
  readonly projects: Readonly<Record<string, string>>;
  /** Applied for and confirmed, by project. */
  readonly rows: Readonly<Record<string, string>>;
  /** Absent before the first confirmation. */
  readonly terms?: OffsetTerms;
  /** Verified emissions as concluded last: what is to be surrendered; absent while the conclusion does not stand. */
  readonly due?: string;
  /** Share of it that may be offset at most, as the parameters say. */
  readonly rate?: string;
  /** In the order in which they were made. */
  readonly bookings: readonly OffsetBooking[];
}

/**
 * Where allowances of a vintage can be: not yet issued (its rows are negative: what was issued), on an account, or at one of
 * their ends.
 */
export const pools = ['issued', 'held', 'surrendered', 'cancelled', 'deducted'] as const;
export type Pool = (typeof pools)[number];

/**
 * One side of a movement of allowances. Every movement has two, of opposite sign, so that all rows of a vintage come to
 * zero. Rows are never changed and never summed up on the ledger: two movements meet only where one account pays for both.
 */
export interface HoldingRow {
  /** Tonnes with sign, as decimal text. */
  readonly q: string;
  /** Hex of the record that moved them. */
  readonly r: string;
  /** Why: kind of transfer, or kind of record. */
  readonly how: string;
  /** Day of the trade, or of the transaction (Asia/Shanghai). */
  readonly on: string;
  /** Compliance year that they were surrendered for. */
  readonly for?: string;
}

/** What an enterprise is entitled to of a vintage, and what is still due from it; tonnes as decimal text. */
export interface Allocation {
  /** As credited last. */
  readonly entitled: string;
  /** Taken off it for a default. */
  readonly deducted: string;
  /** Issued beyond the entitlement, and not handed back yet. */
  readonly handBack: string;
  /** To be taken off, by what it is for: `default-2023`, `rest-2024`. */
  readonly deductions: Readonly<Record<string, string>>;
}

/** How an enterprise's compliance year ended. */
export interface Compliance {
  readonly outcome: 'cleared' | 'default';
  /** Hex of the record that says so. */
  readonly r: string;
  /** Tonnes that were missing. */
  readonly shortfall: string;
}

/** What an inspection has open: the findings entered under it, in their order (挂条拉账). Withdrawn ones are gone. */
export interface Docket {
  /** Business keys. */
  readonly items: readonly string[];
}

/** A span of serial numbers as stored, with the business key of the record that holds it. */
export interface SerialSpan {
  readonly from: string;
  readonly to: string;
  readonly key: string;
}

/** The edition of the rules in force, and hex of the record that put it in force. */
export interface EditionState {
  readonly edition: number;
  readonly r: string;
}

/** Every kind of thing that rules decide on. One line here is all that a new kind takes in state. */
export interface StateValues {
  /** Key: USCC. */
  readonly party: PartyState;
  /** Key: `{uscc}/{unit}/{year}`. */
  readonly head: HeadBucket;
  /** Key: `{process}/{business key}`. */
  readonly case: CaseState;
  /** Key: `{space}/{identity}`. */
  readonly claim: Claim;
  /** Key: USCC. */
  readonly units: UnitRoster;
  /** Key: `{uscc}/{year}`. */
  readonly engaged: EngagementRoster;
  /** Key: `{uscc}/{year}`. */
  readonly listed: Listing;
  /** Key: `{uscc}/{year}`. */
  readonly offset: OffsetAccount;
  /** Key: `{account}/{vintage}/{pool}/{record}-{line}`; an account is the USCC of its holder. */
  readonly holding: HoldingRow;
  /** Key: `{uscc}/{vintage}`. */
  readonly allocation: Allocation;
  /** Key: `{uscc}/{compliance year}`. */
  readonly compliance: Compliance;
  /** Key: business key of the inspection. */
  readonly docket: Docket;
  /** Key: `{block}/{last number}`: registered serial numbers. */
  readonly lot: SerialSpan;
  /** Key: `{block}/{last number}`: serial numbers that are kept for one enterprise and compliance year. */
  readonly frozen: SerialSpan;
  /** Key: `{block}/{last number}`: serial numbers that were used up. */
  readonly used: SerialSpan;
  /** One value; its key is empty. */
  readonly edition: EditionState;
}
export type StateKind = keyof StateValues;

/** Prefixes of the world state, in the order of the table above; what is beside them is the contract's own (chaincode). */
export const stateKinds: readonly StateKind[] = [
  'party',
  'head',
  'case',
  'claim',
  'units',
  'engaged',
  'listed',
  'offset',
  'holding',
  'allocation',
  'compliance',
  'docket',
  'lot',
  'frozen',
  'used',
  'edition',
];

/** The key of the world state under which a value stands. */
export function stateKey(kind: StateKind, key: string): string {
  return key === '' ? kind : `${kind}/${key}`;
}
