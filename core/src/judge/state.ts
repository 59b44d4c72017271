import type { PartyContent, PartyFacts } from '../records';

/** What stands in the head of a business key: `s` is absent while the record is current and nothing else. */
export interface Head {
  readonly v: number;
  /** Hex of the record's leaf hash. */
  readonly r: string;
  /** `w` withdrawn · `o` open for its next version (a supersession was filed). */
  readonly s?: 'w' | 'o';
}

/** All heads of one unit and year under one state key, by `{period}/{kind}`. */
export type HeadBucket = Readonly<Record<string, Head>>;

/** A registered party as the world state holds it. */
export interface PartyState {
  readonly record: string;
  readonly version: number;
  readonly content: PartyContent;
}

/** A span of serial numbers as stored, with the business key of the record that holds it. */
export interface SerialSpan {
  readonly from: string;
  readonly to: string;
  readonly key: string;
}

/**
 * The world state as the rules need it. Implemented over the chaincode stub with an overlay of what earlier submissions of
 * the same transaction wrote, because a stub never shows a transaction its own writes.
 */
export interface LedgerView {
  party(uscc: string): Promise<PartyState | undefined>;
  heads(bucket: string): Promise<HeadBucket>;
  /** The first stored span of a space, project and block that ends at `from` or later. */
  firstSpanEndingAtOrAfter(
    space: 'lot' | 'used',
    project: string,
    block: string,
    from: bigint,
  ): Promise<SerialSpan | undefined>;
}

/** What one accepted submission changes. */
export interface Effects {
  readonly heads: ReadonlyMap<string, ReadonlyMap<string, Head>>;
  readonly parties: ReadonlyMap<string, PartyState>;
  readonly spans: readonly {
    readonly space: 'lot' | 'used';
    readonly project: string;
    readonly block: string;
    readonly span: SerialSpan;
  }[];
}

export function partyFacts(uscc: string, party: PartyState): PartyFacts {
  const { kind, region, qualifications } = party.content;
  return { uscc, kind, region, qualifications };
}
