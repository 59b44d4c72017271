import type { DoubtName } from './names';
import type { Mark } from './marks';
import type { AnchoredRecord, FirstAnchor } from './source';

export interface TraceBreak {
  /** Address of the figure at which the chain breaks. */
  readonly figure: string;
  /** Formula id, or `record-hash`, `figures-root`, `open` (returned, or being corrected), `withdrawn`, `superseded`, `missing-input`, `not-on-ledger`, `key-compromised`. */
  readonly step: string;
  readonly expected: string | null;
  readonly got: string | null;
}

export interface TraceNode {
  readonly figure: string;
  readonly record: string;
  /** Null where the figure is not open to who asks. */
  readonly value: string | null;
  readonly unit: string | null;
  readonly formula?: string;
  readonly expression?: string;
  /** The value computed anew from the inputs, where a formula gives it. */
  readonly recomputed?: string;
  readonly party: string;
  readonly anchoredAt: string;
  /** How its record stands, and the code of its state: a returned or withdrawn one carries nothing. */
  readonly status: AnchoredRecord['status'];
  readonly state: string;
  /** Late, signed with a key in other hands, held by an inspection …; absent where there is nothing of it. */
  readonly marks?: readonly Mark[];
  /** Set where it was anchored on an earlier ledger first. */
  readonly earlier?: FirstAnchor;
  readonly documents: readonly { readonly name: string; readonly sha256: string; readonly place?: string }[];
  readonly hidden?: true;
}

/** A record on the path that stands, and whose word is in doubt. */
export interface TraceDoubt {
  /** Address of the first figure of the record on the path, or its key with `#record`. */
  readonly figure: string;
  readonly step: Extract<DoubtName, 'questioned' | 'under-finding'>;
  /** Business key of the finding. */
  readonly by?: string;
}

/** From a source to what is computed from it. */
export interface TraceEdge {
  readonly from: string;
  readonly to: string;
}

export interface Trace {
  readonly figure: string;
  readonly value: string | null;
  readonly unit: string | null;
  /**
   * `questioned`: no step breaks, and a record on the path is in doubt. `undecidable`: no step that was computed anew breaks, and
   * not every step could be.
   */
  readonly status: 'intact' | 'broken' | 'questioned' | 'undecidable';
  readonly breaks: readonly TraceBreak[];
  /** Absent where nothing on the path is in doubt. */
  readonly doubts?: readonly TraceDoubt[];
  readonly nodes: readonly TraceNode[];
  readonly edges: readonly TraceEdge[];
  /** Number of figures that were not recomputed, because they or their inputs were not open to who asks. */
  readonly hidden: number;
}
