import { concat, fromBase64, fromHex, toBase64, toHex, utf8Encode } from '../bytes';
import { ed25519PublicKey, ed25519Sign, sha256 } from '#digest-platform';
import { LedgerError } from '../errors';

/** Signature types of C2SP signed-note: 0x01 Ed25519 over the note text, 0x04 timestamped cosignature (tlog-cosignature). */
export type NoteKeyType = 'ed25519' | 'cosignature-v1';

const TYPE_BYTES: Readonly<Record<NoteKeyType, number>> = { ed25519: 0x01, 'cosignature-v1': 0x04 };

/** A public key under a name, as a verifier pins it. Text form: C2SP vkey. */
export interface VerifierKey {
  readonly name: string;
  readonly type: NoteKeyType;
  /** First four bytes of a hash over name, type and key, in hex: says which key a signature line is by. No security rests on it. */
  readonly keyId: string;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** The private side of a {@link VerifierKey}. */
export interface NoteSigner {
  readonly key: VerifierKey;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

const NAME = /^[^\s+\p{Cc}\p{Z}]+$/u;

/** Key names are not empty and hold neither spaces nor `+` (C2SP signed-note, "Format"). */
export function isKeyName(name: string): boolean {
  return NAME.test(name);
}

export function verifierKey(name: string, type: NoteKeyType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name) || publicKey.length !== 32) throw malformed('a key has a bad name or length');
  const hashed = concat(utf8Encode(name), Uint8Array.of(0x0a, TYPE_BYTES[type]), publicKey);
  return { name, type, keyId: toHex(sha256(hashed).subarray(0, 4)), publicKey };
}

/** `name+keyid+base64(type ‖ public key)` (C2SP signed-note, "Verifier keys"). */
export function formatVkey(key: VerifierKey): string {
  return `${key.name}+${key.keyId}+${toBase64(concat(Uint8Array.of(TYPE_BYTES[key.type]), key.publicKey))}`;
}

/**
 * Reads a C2SP vkey and recomputes its key id.
 * @throws LedgerError PROOF_MALFORMED on another type, length or id
 */
export function parseVkey(text: string): VerifierKey {
  const [name = '', keyId = '', ...rest] = text.split('+');
  const material = decodeMaterial(rest.join('+'));
  const key = verifierKey(name, typeOf(material[0]), material.subarray(1));
  if (!/^[0-9a-f]{8}$/.test(keyId) || toHex(fromHex(keyId)) !== key.keyId) {
    throw malformed('the id of a verifier key does not belong to it');
  }
  return key;
}

function decodeMaterial(text: string): Uint8Array {
  try {
    return fromBase64(text);
  } catch (cause) {
    throw new LedgerError('PROOF_MALFORMED', 'A verifier key is not base64.', { cause });
  }
}

function typeOf(byte: number | undefined): NoteKeyType {
  if (byte === TYPE_BYTES.ed25519) return 'ed25519';
  if (byte === TYPE_BYTES['cosignature-v1']) return 'cosignature-v1';
  throw malformed('a verifier key is of a type that is not used here');
}

/** @param seed Ed25519 private key, 32 bytes (RFC 8032) */
export function noteSigner(name: string, type: NoteKeyType, seed: Uint8Array): NoteSigner {
  return { key: verifierKey(name, type, ed25519PublicKey(seed)), sign: (message) => ed25519Sign(message, seed) };
}

function malformed(reason: string): LedgerError {
  return new LedgerError('PROOF_MALFORMED', `Not a verifier key: ${reason}.`);
}
