import { zlibSync } from 'fflate';
import { concat, fromHex, toHex, utf8Decode, utf8Encode } from '../bytes';
import { canonicalize } from '../canonical';
import { LedgerError } from '../errors';
import { adler32 } from './adler32';
import { inflateWithin } from './inflate';
import words from './dictionary-1.json';

/** What proofs are full of. Never changed: files of all times are read with it. Its Adler-32 names it in each file. */
const DICTIONARY = utf8Encode(words.join(''));
const DICTIONARY_SUM = adler32(DICTIONARY);

/** A run of this many hex digits stands in the packed text as one control character, which JSON text never holds. */
const MARKERS: ReadonlyMap<number, string> = new Map([
  [64, '\u0001'],
  [32, '\u0002'],
  [40, '\u0003'],
  [128, '\u0004'],
  [130, '\u0005'],
]);
const DIGITS: ReadonlyMap<string, number> = new Map([...MARKERS].map(([digits, marker]) => [marker, digits]));
const HEX_RUN = /[0-9a-f]{32,}/g;
/** Control characters on purpose: JSON text holds none. */
const ANY_MARKER = /[\u0001-\u0005]/g;
const SEPARATOR = Uint8Array.of(0);
/** Header, id of the dictionary, checksum. */
const ENVELOPE_BYTES = 10;
/** A packed file may have a quarter of what its text may have: reading costs time by the packed byte too. */
const LEAST_RATIO = 4;

/** Deflate with a window of 32 KiB, and the flag of a preset dictionary (RFC 1950, section 2.2). */
const METHOD = 0x78;
const HAS_DICTIONARY = 0x20;

/** Whether a file says to be packed; JSON and gzip never look so. */
export function isPacked(file: Uint8Array): boolean {
  const [method = 0, flags = 0] = file;
  return method === METHOD && (flags & HAS_DICTIONARY) !== 0 && (method * 256 + flags) % 31 === 0;
}

/**
 * A proof as the smallest file that holds all of it: canonical JSON with its hashes as bytes, compressed
 * (docs/formats/packing.md). The same proof always gives the same bytes.
 * @param maxBytes longest text, as its readers have it
 * @throws LedgerError PROOF_OVERSIZED for what no reader would take
 */
export function packProof(proof: unknown, maxBytes: number): Uint8Array {
  const hashes: Uint8Array[] = [];
  const whole = canonicalize(proof);
  const text = whole.replace(HEX_RUN, (run) => {
    const marker = MARKERS.get(run.length);
    if (marker === undefined) return run;
    hashes.push(fromHex(run));
    return marker;
  });
  const content = concat(utf8Encode(text), SEPARATOR, ...hashes);
  // A text without hashes inflates to one byte more than it has.
  assertAtMost(Math.max(content.length, utf8Encode(whole).length), maxBytes, 'of text');
  const file = zlibSync(content, { level: 9, dictionary: DICTIONARY });
  assertAtMost(file.length, Math.floor(maxBytes / LEAST_RATIO), 'packed');
  return file;
}

function assertAtMost(bytes: number, most: number, what: string): void {
  if (bytes <= most) return;
  throw new LedgerError(
    'PROOF_OVERSIZED',
    `The proof has ${String(bytes)} bytes ${what}; ${String(most)} is the most.`,
  );
}

/**
 * The JSON text of a packed file. Verifies nothing, and the text is still to be read strictly.
 * @param maxBytes longest text
 * @throws LedgerError PROOF_OVERSIZED, PROOF_MALFORMED; UNSUPPORTED_VERSION for another dictionary
 */
export function unpackProof(file: Uint8Array, maxBytes: number): Uint8Array {
  const content = inflate(file, maxBytes);
  const end = content.indexOf(0);
  if (end < 0) throw malformed('its text has no end');
  const text = restore(readText(content.subarray(0, end)), content.subarray(end + 1));
  if (text.length > maxBytes) throw new LedgerError('PROOF_OVERSIZED');
  return utf8Encode(text);
}

function inflate(file: Uint8Array, maxBytes: number): Uint8Array {
  if (file.length > maxBytes / LEAST_RATIO) throw new LedgerError('PROOF_OVERSIZED');
  if (file.length <= ENVELOPE_BYTES) throw malformed('it is cut short');
  if (numberAt(file, 2) !== DICTIONARY_SUM) {
    throw new LedgerError('UNSUPPORTED_VERSION', 'The file is packed with a dictionary that is not known here.');
  }
  const content = inflateWithin(file.subarray(6, -4), maxBytes, DICTIONARY);
  if (adler32(content) !== numberAt(file, file.length - 4)) throw malformed('it is damaged');
  return content;
}

function readText(bytes: Uint8Array): string {
  try {
    return utf8Decode(bytes);
  } catch (cause) {
    throw new LedgerError('PROOF_MALFORMED', 'The file cannot be unpacked.', { cause });
  }
}

/** Puts the hashes back where their markers stand; each byte is used, in order, once. */
function restore(text: string, hashes: Uint8Array): string {
  let at = 0;
  const restored = text.replace(ANY_MARKER, (marker) => {
    const bytes = (DIGITS.get(marker) ?? 0) / 2;
    at += bytes;
    return toHex(hashes.subarray(at - bytes, at));
  });
  if (at !== hashes.length) throw malformed('its hashes are not as many as its text asks for');
  return restored;
}

function numberAt(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);
}

function malformed(reason: string): LedgerError {
  return new LedgerError('PROOF_MALFORMED', `The packed file is not well formed: ${reason}.`);
}
