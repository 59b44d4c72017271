import type { Subject } from '../identifiers';
import type { DocumentRef, RecordType } from '../records';

/** Plain facts, from which a record is drafted. What is left out is proposed, where the ledger can tell it. */
export interface DraftRequest {
  readonly type: RecordType;
  /** Who files it. */
  readonly issuer: string;
  /** `type` or `type.label`; where it acts on a record, that gives it. */
  readonly kind?: string | undefined;
  /** Absent parts are those of `on`, else the issuer itself and none. */
  readonly subject?: { readonly [Part in keyof Subject]?: string | undefined } | undefined;
  /** The record that it acts on, or is about: its id or business key. */
  readonly on?: string | undefined;
  readonly content?: Readonly<Record<string, unknown>> | undefined;
  /** Stated figures by name, as decimal text. */
  readonly figures?: Readonly<Record<string, string>> | undefined;
  /** By role, ids or business keys. A role that is named here is taken as it is; others are proposed. */
  readonly cites?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly documents?: readonly DocumentRef[] | undefined;
  readonly readers?: readonly string[] | undefined;
}

/** `review.province` for `review.province_monthly-evidence`: what it acts on says the rest of its label. */
export const isShortFor = (kind: string, whole: string): boolean => whole === kind || whole.startsWith(`${kind}_`);
