import { concat, toBase64 } from '../bytes';
import { canonicalBytes, canonicalize, parseCanonical, type JsonValue } from '../canonical';
import { LedgerError } from '../errors';
import { HASH_BYTES, leafOfText } from '../merkle/hash';
import { isPacked, packProof, unpackProof } from '../packing';
import { MAX_TOKEN_BYTES } from '../timestamp/token';
import { assertSchema, anchorContract, type AnchorContract } from './policy';
import { formatHashId } from './record-id';
import {
  anything,
  base64,
  free,
  hex,
  instant,
  integer,
  list,
  malformed,
  map,
  nullable,
  object,
  once,
  text,
  uint64,
  type Reader,
} from './shape';

export const RECEIPT_SCHEMA = 'carbon-ledger/receipt/v1';
/** Longest text of a receipt that is read; a usual one has 3 to 5 KB, but a record may cite and hold much. */
export const MAX_RECEIPT_BYTES = 256 * 1024;
const MAX_PATH_BYTES = 64 * HASH_BYTES;

/** A path of hashes in one base64 text, lowest sibling first. */
const path: Reader<readonly Uint8Array[]> = (value, at) => {
  const bytes = base64(MAX_PATH_BYTES)(value, at);
  if (bytes.length % HASH_BYTES !== 0) throw malformed(at, 'is not a row of 32-byte hashes');
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, index) =>
    bytes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
  );
};

const uscc = text(/^[0-9A-Z]{18}$/, 'a unified social credit code');

const document = object(
  {
    role: free(40),
    name: free(200),
    mediaType: free(100),
    size: text(/^(?:0|[1-9][0-9]{0,14})$/, 'a size'),
    sha256: text(/^sha256:[0-9a-f]{64}$/, 'a SHA-256 digest'),
    sm3: text(/^sm3:[0-9a-f]{64}$/, 'an SM3 digest'),
  },
  {
    /** Of a table: root over its salted cells, and their number. */
    cells: object({ root: hex(32), count: text(/^[1-9][0-9]{0,6}$/, 'a number of cells') }),
  },
);

/** The envelope of a record. What its type says of the content was judged when it was anchored. */
const recordShape = once(
  object(
    {
      schema: text(/^carbon-ledger\/record\/v1$/, 'a record of version 1'),
      type: free(60),
      issuer: uscc,
      subject: object({ uscc, unit: free(40), period: free(7) }),
      kind: free(120),
      version: integer(1, 9999),
      cites: list(object({ role: free(40), record: text(/^rec:[0-9a-f]{64}$/, 'a record id'), key: free(160) }), 400),
      documents: list(document, 200),
      totals: map(object({ value: free(80), unit: free(40) }, { formula: free(120) }), 400),
      figuresRoot: nullable(hex(32)),
      content: map(anything, 400),
    },
    { readers: list(uscc, 20) },
  ),
);
export type ReceiptRecord = ReturnType<typeof recordShape>;

const receiptShape = object(
  {
    schema: free(60),
    /** Hex, 32 bytes: the ledger that the party signed for. */
    ledger: hex(32),
    record: recordShape,
    submission: object({
      party: uscc,
      keyId: text(/^(?:0x[0-9a-f]{40}|sm2:[0-9a-f]{64})$/, 'a key id'),
      suite: text(/^(?:eip712-secp256k1|sm2-sm3)$/, 'a signature suite'),
      signedAt: instant,
      signature: text(/^0x[0-9a-f]{2,400}$/, 'a signature'),
      /** Number of records that were signed together, and the place of this one among them. */
      recordCount: integer(1, 1000),
      recordIndex: integer(0, 999),
      path,
    }),
    signer: object({ record: recordShape, logIndex: uint64, path }),
    logIndex: uint64,
    path,
    checkpoint: free(32_768),
    txId: hex(32),
    blockNumber: uint64,
    policyId: text(/^pol:[0-9a-f]{64}$/, 'a policy id'),
  },
  {
    /** RFC 3161 token over the checkpoint's text. */
    timestamp: base64(MAX_TOKEN_BYTES),
    anchor: object({ ...anchorContract, transaction: text(/^0x[0-9a-f]{64}$/, 'a transaction hash') }),
  },
);

/** A receipt taken apart. */
export type ParsedReceipt = ReturnType<typeof receiptShape>;

/**
 * Reads a receipt: canonical JSON, packed or not, with exactly the fields of its version. Verifies nothing.
 * @throws LedgerError PROOF_OVERSIZED, PROOF_MALFORMED, UNSUPPORTED_VERSION
 */
export function parseReceipt(input: unknown): ParsedReceipt {
  return receiptOfValue(readProof(input, MAX_RECEIPT_BYTES));
}

/**
 * A receipt in memory, as who made it has it: the fields of its version, without the detour over its text, by which a file
 * shows that nobody wrote it anew. Verifies nothing.
 * @throws LedgerError PROOF_MALFORMED, UNSUPPORTED_VERSION
 */
export function receiptOfValue(value: JsonValue): ParsedReceipt {
  assertSchema(value, RECEIPT_SCHEMA);
  return receiptShape(value, '');
}

/** Reads the canonical bytes of a record as a receipt holds it. @throws LedgerError PROOF_OVERSIZED, PROOF_MALFORMED */
export function parseReceiptRecord(bytes: Uint8Array): ReceiptRecord {
  return recordShape(readText(bytes, MAX_RECEIPT_BYTES), '/record');
}

/** Strict and canonical, or refused with the code of proofs. A file may be packed; a value in memory is encoded first. */
export function readProof(input: unknown, maxBytes: number): JsonValue {
  return readText(input instanceof Uint8Array && isPacked(input) ? unpackProof(input, maxBytes) : input, maxBytes);
}

function readText(input: unknown, maxBytes: number): JsonValue {
  try {
    const isText = typeof input === 'string' || input instanceof Uint8Array;
    return parseCanonical(isText ? input : canonicalBytes(input), { maxBytes });
  } catch (cause) {
    if (cause instanceof LedgerError && cause.code === 'TOO_LARGE') {
      throw new LedgerError('PROOF_OVERSIZED', undefined, { cause });
    }
    throw new LedgerError('PROOF_MALFORMED', malformedText(input, cause), { cause });
  }
}

/** A text that an editor or a mail program wrote anew is told from one that is damaged: neither is a forgery by that alone. */
function malformedText(input: unknown, cause: unknown): string {
  const reason = cause instanceof Error ? cause.message : 'unreadable';
  const text = textOf(input);
  const form = text === undefined ? undefined : formOf(text, cause);
  if (form === undefined) return `The proof is not canonical JSON. ${reason}`;
  return `The file was written anew since it was given out: ${form}. That says nothing of its content; take it as it was given out.`;
}

/** Bytes that are no text (packed by something else, another encoding) have no form that an editor could have given them. */
function textOf(input: unknown): string | undefined {
  if (typeof input === 'string') return input;
  try {
    return input instanceof Uint8Array
      ? new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(input)
      : undefined;
  } catch {
    return undefined;
  }
}

function formOf(text: string, cause: unknown): string | undefined {
  if (text.startsWith('\ufeff')) return 'it begins with a byte order mark';
  if (text.includes('\r')) return 'it has the line ends of Windows';
  const isRewritten = cause instanceof LedgerError && cause.code === 'NOT_CANONICAL';
  return isRewritten ? 'it is indented, or has blanks, a line break or another order of its members' : undefined;
}

/** Leaf hash of a record as it stands in a receipt. */
export function receiptLeafHash(record: ReceiptRecord): Uint8Array {
  return leafOfText(canonicalize(record)).hash;
}

/** Id of a record as it stands in a receipt. */
export function receiptRecordId(record: ReceiptRecord): string {
  return formatHashId(receiptLeafHash(record));
}

/** `{uscc}/{unit}/{period}/{kind}`, the business key of a record. */
export function receiptKey({ subject, kind }: ReceiptRecord): string {
  return `${subject.uscc}/${subject.unit}/${subject.period}/${kind}`;
}

/** What a receipt is made of, as a gateway has it at hand. */
export interface ReceiptParts {
  readonly ledger: string;
  readonly record: unknown;
  readonly submission: {
    readonly party: string;
    readonly keyId: string;
    readonly suite: string;
    readonly signedAt: string;
    readonly signature: string;
    readonly recordCount: number;
    readonly recordIndex: number;
    readonly path: readonly Uint8Array[];
  };
  /** The signer's party record that was current when the record was anchored, and its proof in the same log. */
  readonly signer: { readonly record: unknown; readonly logIndex: bigint; readonly path: readonly Uint8Array[] };
  readonly logIndex: bigint;
  readonly path: readonly Uint8Array[];
  /** The checkpoint note, of the size that both paths were made for. */
  readonly checkpoint: string;
  /** Hex. */
  readonly txId: string;
  readonly blockNumber: bigint;
  readonly policyId: string;
  /** RFC 3161 token (DER) over the checkpoint's text. */
  readonly timestamp?: Uint8Array;
  readonly anchor?: AnchorContract & { readonly transaction: string };
}

/** A receipt as JSON value; {@link packReceipt} gives the file, {@link formatReceipt} its text. */
export type Receipt = Readonly<Record<string, unknown>> & { readonly schema: typeof RECEIPT_SCHEMA };

export function makeReceipt(parts: Readonly<ReceiptParts>): Receipt {
  const { ledger, record, submission, signer, checkpoint, txId, policyId, timestamp, anchor } = parts;
  return {
    schema: RECEIPT_SCHEMA,
    ledger,
    record,
    submission: { ...submission, path: joinPath(submission.path) },
    signer: { record: signer.record, logIndex: signer.logIndex.toString(), path: joinPath(signer.path) },
    logIndex: parts.logIndex.toString(),
    path: joinPath(parts.path),
    checkpoint,
    txId,
    blockNumber: parts.blockNumber.toString(),
    policyId,
    ...(timestamp === undefined ? {} : { timestamp: toBase64(timestamp) }),
    ...(anchor === undefined ? {} : { anchor }),
  };
}

/** The text of a receipt, two to three times as long as its packed file. */
export function formatReceipt(receipt: Receipt): string {
  return canonicalize(receipt);
}

/** The file of a receipt, as made here or answered by a service. @throws LedgerError PROOF_OVERSIZED for one that no reader would take */
export function packReceipt(receipt: { readonly schema: string }): Uint8Array {
  return packProof(receipt, MAX_RECEIPT_BYTES);
}

export function joinPath(hashes: readonly Uint8Array[]): string {
  return toBase64(concat(...hashes));
}
