import type { FileDigests } from '../digest/file-digest';
import type { Policy } from './policy';

/** What the holder of a receipt expects it to be about; each is checked if given. */
export interface Expectation {
  readonly recordId?: string;
  readonly issuer?: string;
  readonly type?: string;
  /** Business key `{uscc}/{unit}/{period}/{kind}`. */
  readonly key?: string;
}

/** A checkpoint as read from the anchor contract by somebody who is online and trusted by the caller. */
export interface AnchoredCheckpoint {
  readonly chainId: string;
  readonly contract: string;
  readonly size: bigint;
  readonly rootHash: Uint8Array;
}

export interface ReceiptQuestion {
  /** The file's text or bytes, or the parsed JSON value. */
  readonly receipt: unknown;
  readonly policy: string | Uint8Array | Policy;
  /** The file that the record is said to name: its bytes, or both digests of them. */
  readonly document?: Uint8Array | FileDigests;
  readonly expect?: Expectation;
  /** Needed only where the policy names an anchor contract. */
  readonly anchored?: AnchoredCheckpoint;
}

export type StepName =
  | 'format'
  | 'document'
  | 'record'
  | 'signature'
  | 'key'
  | 'inclusion'
  | 'root'
  | 'checkpoint'
  | 'witnesses'
  | 'timestamp'
  | 'anchor';

export interface Step {
  readonly name: StepName;
  /** `pending`: nothing is wrong, but something that the policy asks for is not there yet. */
  readonly outcome: 'ok' | 'not-asked' | 'pending' | 'failed';
}
