import { fromBase64, toBase64 } from '../bytes';
import { LedgerError } from '../errors';
import { HASH_BYTES } from '../merkle/hash';
import { MAX_NOTE_LENGTH } from './note';

/** Longest extra data that are read: a record of the log has at most 65,535 bytes, and others carry more (C2SP sets no bound). */
const MAX_EXTRA_BYTES = 256 * 1024;

/** C2SP tlog-proof: an inclusion proof that stands alone beside the entry. */
export interface TlogProof {
  readonly index: bigint;
  readonly path: readonly Uint8Array[];
  /** The signed note, verbatim. */
  readonly checkpoint: string;
  /** Opaque bytes that nothing vouches for. */
  readonly extra?: Uint8Array;
}

const HEADER = 'c2sp.org/tlog-proof@v1';
/** What stands between header and checkpoint: extra data if any, the index, then one hash a line. */
const HEAD = /^\n(?:extra ([^\n]*)\n)?index (0|[1-9][0-9]{0,19})((?:\n[^\n]+)*)$/;
const MAX_PATH = 64;
const MAX_LENGTH = 2 * MAX_NOTE_LENGTH + Math.ceil(MAX_EXTRA_BYTES / 3) * 4;

/** The text of a `.tlog-proof` file. */
export function formatTlogProof({ index, path, checkpoint, extra }: Readonly<TlogProof>): string {
  const head = [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${toBase64(extra)}`]),
    `index ${index.toString()}`,
    ...path.map(toBase64),
  ];
  return `${head.join('\n')}\n\n${checkpoint}`;
}

/**
 * Reads a `.tlog-proof` file. Verifies nothing.
 * @throws LedgerError PROOF_OVERSIZED, UNSUPPORTED_VERSION, PROOF_MALFORMED
 */
export function parseTlogProof(text: string): TlogProof {
  if (text.length > MAX_LENGTH) throw new LedgerError('PROOF_OVERSIZED');
  if (text.startsWith(`\ufeff${HEADER}`) || text.startsWith(`${HEADER}\r\n`))
    throw malformed(
      'it was written anew with a byte order mark or the line ends of Windows; take it as it was given out',
    );
  if (!text.startsWith(`${HEADER}\n`))
    throw new LedgerError('UNSUPPORTED_VERSION', `The proof does not begin with ${HEADER}.`);
  const separator = text.indexOf('\n\n');
  const [, extra, index, path] = HEAD.exec(text.slice(HEADER.length, Math.max(separator, 0))) ?? [];
  if (index === undefined) throw malformed('extra data, index, path and checkpoint must follow in this order');
  return {
    index: BigInt(index),
    path: parsePath((path ?? '').split('\n').slice(1)),
    checkpoint: text.slice(separator + 2),
    ...(extra === undefined ? {} : { extra: decode(extra) }),
  };
}

function parsePath(lines: readonly string[]): Uint8Array[] {
  if (lines.length > MAX_PATH) throw malformed('its path is too long');
  const path = lines.map(decode);
  if (path.some((hash) => hash.length !== HASH_BYTES)) throw malformed('a hash is not 32 bytes');
  return path;
}

function decode(text: string): Uint8Array {
  try {
    return fromBase64(text);
  } catch (cause) {
    throw new LedgerError('PROOF_MALFORMED', 'The proof holds text that is not canonical base64.', { cause });
  }
}

function malformed(reason: string): LedgerError {
  return new LedgerError('PROOF_MALFORMED', `Not a tlog-proof: ${reason}.`);
}
