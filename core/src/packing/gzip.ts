import { LedgerError } from '../errors';
import { crc32 } from './crc32';
import { inflateWithin } from './inflate';

const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;
const DEFLATE = 8;
/** Flags (RFC 1952, section 2.3.1); those that are not named are reserved, and refused as section 2.3.1.2 asks. */
const HAS_HEADER_SUM = 2;
const HAS_EXTRA = 4;
const HAS_NAME = 8;
const HAS_COMMENT = 16;
const RESERVED = 0xe0;

/** Whether a file says to be gzip, as the first figure proofs were: still read, no longer written. */
export function isGzip(file: Uint8Array): boolean {
  return file[0] === 0x1f && file[1] === 0x8b;
}

/**
 * The content of a gzip file of one member (RFC 1952), with nothing behind it.
 * @throws LedgerError PROOF_OVERSIZED; PROOF_MALFORMED for what is cut short, damaged, or no such file
 */
export function gunzipWithin(file: Uint8Array, maxBytes: number): Uint8Array {
  const start = headerBytes(file);
  if (file[2] !== DEFLATE || file.length < start + TRAILER_BYTES + 1) throw notGzip();
  const content = inflateWithin(file.subarray(start, -TRAILER_BYTES), maxBytes);
  const trailer = new DataView(file.buffer, file.byteOffset + file.length - TRAILER_BYTES);
  if (trailer.getUint32(0, true) !== crc32(content) || trailer.getUint32(4, true) !== content.length) throw notGzip();
  return content;
}

/** With the optional parts that its flags announce. */
function headerBytes(file: Uint8Array): number {
  const flags = file[3] ?? 0;
  if ((flags & RESERVED) !== 0) throw notGzip();
  let end = HEADER_BYTES;
  if ((flags & HAS_EXTRA) !== 0) end += 2 + shortAt(file, end);
  for (const named of [HAS_NAME, HAS_COMMENT]) if ((flags & named) !== 0) end = afterZero(file, end);
  if ((flags & HAS_HEADER_SUM) === 0) return end;
  if (shortAt(file, end) !== (crc32(file.subarray(0, end)) & 0xffff)) throw notGzip();
  return end + 2;
}

function shortAt(file: Uint8Array, at: number): number {
  return (file[at] ?? 0) + (file[at + 1] ?? 0) * 256;
}

function afterZero(file: Uint8Array, from: number): number {
  const at = file.indexOf(0, from);
  return at < 0 ? file.length : at + 1;
}

function notGzip(): LedgerError {
  return new LedgerError('PROOF_MALFORMED', 'The file is not gzip, or damaged.');
}
