import { Inflate } from 'fflate';
import { concat } from '../bytes';
import { LedgerError } from '../errors';

/** One byte inflates to 1,032 at most, so a piece may pass the limit by half a megabyte and no more. */
const PIECE_BYTES = 512;

/**
 * Inflates DEFLATE data (RFC 1951), and stops where they become longer than allowed: what is small and would unpack
 * without end costs no more than what is long. Says nothing of bytes behind their end.
 * @throws LedgerError PROOF_OVERSIZED; PROOF_MALFORMED for what is cut short or no DEFLATE data
 */
export function inflateWithin(data: Uint8Array, maxBytes: number, dictionary?: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  const stream = new Inflate(dictionary === undefined ? {} : { dictionary }, (part) => {
    length += part.length;
    if (length > maxBytes) throw new LedgerError('PROOF_OVERSIZED');
    if (part.length > 0) parts.push(part);
  });
  try {
    // The last byte goes in alone: the stream looks for its end only where something is left to read.
    const last = data.length - 1;
    for (let at = 0; at < last; at += PIECE_BYTES) stream.push(data.subarray(at, Math.min(at + PIECE_BYTES, last)));
    stream.push(data.subarray(Math.max(last, 0)), true);
  } catch (cause) {
    if (cause instanceof LedgerError) throw cause;
    throw new LedgerError('PROOF_MALFORMED', 'The file cannot be unpacked.', { cause });
  }
  return concat(...parts);
}
