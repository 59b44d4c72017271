import { concat, fromBase64, fromHex, toBase64, toHex, utf8Encode } from '../bytes';
import { ed25519Verify } from '#digest-platform';
import { LedgerError } from '../errors';
import { cosignedMessage, splitCosignature } from './cosignature';
import { isKeyName, type NoteSigner, type VerifierKey } from './keys';

/** One signature line: who says to have signed, and the bytes behind the key id. */
export interface NoteSignature {
  readonly name: string;
  /** Four bytes in hex. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** C2SP signed note: a text that ends in a newline, and signatures. */
export interface SignedNote {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Longest note that is read, in characters; C2SP asks for room for at least 16 signatures. */
export const MAX_NOTE_LENGTH = 32_768;
export const MAX_NOTE_SIGNATURES = 64;

const LINE_START = '\u2014 ';
const ED25519_BYTES = 64;

/**
 * Reads a signed note (C2SP signed-note v1.0.0, "Format"). Verifies nothing.
 * @throws LedgerError CHECKPOINT_MALFORMED
 */
export function parseNote(note: string): SignedNote {
  if (note.length > MAX_NOTE_LENGTH || /[\u0000-\u0009\u000b-\u001f\ud800-\udfff]/u.test(note)) {
    throw malformed('too long, or with control characters');
  }
  const separator = note.lastIndexOf('\n\n');
  if (separator < 1 || !note.endsWith('\n')) throw malformed('no text, no signature, or no newline at the end');
  const lines = note.slice(separator + 2, -1).split('\n');
  if (lines.length > MAX_NOTE_SIGNATURES) throw malformed('too many signatures');
  return { text: note.slice(0, separator + 1), signatures: lines.map(parseSignatureLine) };
}

/**
 * Reads one line `— name base64(key id ‖ signature)`, without its newline.
 * @throws LedgerError CHECKPOINT_MALFORMED
 */
export function parseSignatureLine(line: string): NoteSignature {
  const [name = '', encoded = '', ...rest] = line.slice(LINE_START.length).split(' ');
  if (!line.startsWith(LINE_START) || rest.length > 0 || !isKeyName(name))
    throw malformed('a signature line is broken');
  const bytes = decode(encoded);
  if (bytes.length <= 4) throw malformed('a signature line holds no signature');
  return { name, keyId: toHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) };
}

/** One signature line with its newline. */
export function formatSignatureLine({ name, keyId, signature }: Readonly<NoteSignature>): string {
  return `${LINE_START}${name} ${toBase64(concat(fromHex(keyId), signature))}\n`;
}

export function formatNote(note: Readonly<SignedNote>): string {
  return `${note.text}\n${note.signatures.map(formatSignatureLine).join('')}`;
}

/** Signs a text that ends in a newline with a plain Ed25519 key. */
export function signNote(text: string, signer: Readonly<NoteSigner>): NoteSignature {
  if (signer.key.type !== 'ed25519') throw new LedgerError('INTERNAL', 'A cosigner signs with cosign().');
  return { name: signer.key.name, keyId: signer.key.keyId, signature: signer.sign(utf8Encode(text)) };
}

/**
 * The known keys by which this note is signed, each once. Lines of unknown keys are ignored; one wrong signature of a
 * known key rejects the whole note, since only a forger would add it (C2SP signed-note, "Signatures").
 * @throws LedgerError CHECKPOINT_SIGNATURE_INVALID
 */
export function verifiedKeys(note: Readonly<SignedNote>, known: readonly VerifierKey[]): VerifierKey[] {
  const verified = new Set<VerifierKey>();
  for (const line of note.signatures) {
    const key = known.find(({ name, keyId }) => name === line.name && keyId === line.keyId);
    if (key === undefined) continue;
    if (!isSignedBy(note.text, line.signature, key)) {
      throw new LedgerError('CHECKPOINT_SIGNATURE_INVALID', `The signature of ${key.name} is wrong.`, {
        details: { key: key.name },
      });
    }
    verified.add(key);
  }
  return [...verified];
}

function isSignedBy(text: string, signature: Uint8Array, key: VerifierKey): boolean {
  if (key.type === 'ed25519') {
    return signature.length === ED25519_BYTES && ed25519Verify(utf8Encode(text), signature, key.publicKey);
  }
  const cosignature = splitCosignature(signature);
  if (cosignature === undefined) return false;
  return ed25519Verify(cosignedMessage(text, cosignature.time), cosignature.signature, key.publicKey);
}

function decode(text: string): Uint8Array {
  try {
    return fromBase64(text);
  } catch (cause) {
    throw new LedgerError('CHECKPOINT_MALFORMED', 'A signature is not canonical base64.', { cause });
  }
}

function malformed(reason: string): LedgerError {
  return new LedgerError('CHECKPOINT_MALFORMED', `Not a signed note: ${reason}.`);
}
