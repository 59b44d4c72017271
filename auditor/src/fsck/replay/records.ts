import { leafHash, type ActingRecord } from '@carbon-ledger/core';
import { asBuffer, hex } from '../blocks/bytes';

/** A record inside the value of a transaction. */
export interface RecordSlice {
  /** The bytes of the record as they stand there: the leaf of the log. */
  readonly text: Buffer;
  readonly leafHash: Buffer;
  readonly id: string;
  readonly cites: readonly string[];
  /** When its submission was signed, as it stands there. */
  readonly signedAt: string;
  /** The record as parsed, unchecked. */
  readonly record: SlicedRecord;
}

/** Members of a record that the replay needs, as they stand there. */
export interface SlicedRecord {
  readonly type: ActingRecord['type'];
  readonly subject: { readonly uscc: string; readonly unit: string; readonly period: string };
  readonly kind: string;
  readonly version: number;
  readonly cites: ActingRecord['cites'];
  readonly content: ActingRecord['content'];
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const RECORDS = Buffer.from('"records":[');

/** Position behind the string that begins at `at`. */
function skipString(bytes: Buffer, at: number): number {
  let next = at + 1;
  while (next < bytes.length && bytes[next] !== QUOTE) next += bytes[next] === BACKSLASH ? 2 : 1;
  return next + 1;
}

/** Position behind the object that begins at `at`. */
function skipObject(bytes: Buffer, at: number): number {
  let depth = 0;
  let next = at;
  while (next < bytes.length) {
    const byte = bytes[next];
    if (byte === QUOTE) {
      next = skipString(bytes, next);
      continue;
    }
    if (byte === OPEN) depth += 1;
    else if (byte === CLOSE) depth -= 1;
    next += 1;
    if (depth === 0) return next;
  }
  return next;
}

/** Members of the array that begins at `at`, which holds objects only. */
function sliceArray(bytes: Buffer, at: number): { slices: Buffer[]; end: number } {
  const slices: Buffer[] = [];
  let next = at;
  while (bytes[next] === OPEN) {
    const end = skipObject(bytes, next);
    slices.push(bytes.subarray(next, end));
    next = bytes[end] === 0x2c ? end + 1 : end;
  }
  return { slices, end: next };
}

function submissionsOf(value: Buffer): { readonly records: readonly SlicedRecord[]; readonly signedAt: string }[] {
  const parsed = JSON.parse(value.toString('utf8')) as { readonly submissions?: unknown };
  return Array.isArray(parsed.submissions) ? (parsed.submissions as ReturnType<typeof submissionsOf>) : [];
}

/**
 * The records of a transaction's value, cut out of its canonical text without encoding them again. Only a shortcut for the
 * replay: the check of the transaction encodes each record itself and compares the leaf hashes.
 */
export function sliceRecords(value: Uint8Array): RecordSlice[] {
  const bytes = asBuffer(value);
  const found: RecordSlice[] = [];
  let at = 0;
  for (const { records, signedAt } of submissionsOf(bytes)) {
    const start = bytes.indexOf(RECORDS, at);
    const { slices, end } = sliceArray(bytes, start + RECORDS.length);
    at = end;
    for (const [index, text] of slices.entries()) {
      const leaf = asBuffer(leafHash(text));
      const record = records[index];
      if (record === undefined) continue;
      const cites = record.cites.map((citation) => citation.record);
      found.push({ text, leafHash: leaf, id: `rec:${hex(leaf)}`, cites, signedAt, record });
    }
  }
  return found;
}
