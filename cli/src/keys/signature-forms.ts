import type { SignatureSuite } from '@carbon-ledger/core';
import { fromHex, toHex } from '@carbon-ledger/core/bytes';
import { LedgerError } from '@carbon-ledger/core/errors';
import { sm2KeyId, verifySm2 } from '@carbon-ledger/core/signature';
import { addressOf, recoverAddress } from '@carbon-ledger/core/submission';

/** Order of secp256k1's group (SEC 2, section 2.4.1). */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const HEX = /^(?:[0-9a-f]{2})+$/;
const POINT = /^04[0-9a-f]{128}$/;
/** SEQUENCE of two INTEGERs, each of at most 33 bytes: what OpenSSL, Java and PKCS#11 tools write. */
const DER = /^30([0-9a-f]{2})02([0-9a-f]{2})((?:[0-9a-f]{2})+)$/;

/** Public part of a key that lies elsewhere. */
export interface PublicKey {
  readonly suite: SignatureSuite;
  readonly keyId: string;
  /** Uncompressed, hex. */
  readonly publicKey: string;
}

const SUITES: Readonly<Record<string, SignatureSuite>> = { secp256k1: 'eip712-secp256k1', sm2: 'sm2-sm3' };

/**
 * What a signer says of its key: `secp256k1 04…` or `sm2 04…`, the uncompressed point in hex.
 * @throws LedgerError SIGNER_FAILED
 */
export function readPublicKey(text: string): PublicKey {
  const [name = '', point = '', ...rest] = text.trim().split(/\s+/);
  const suite = SUITES[name];
  const publicKey = point.toLowerCase().replace(/^0x/, '');
  if (suite === undefined || rest.length > 0 || !POINT.test(publicKey))
    throw failed(`for "key" it answers "secp256k1 04…" or "sm2 04…" with 65 bytes of hex, not ${quoted(text)}`);
  return { suite, publicKey, keyId: suite === 'sm2-sm3' ? sm2KeyId(publicKey) : addressOf(fromHex(publicKey)) };
}

/**
 * A signature as the ledger takes it, from hex in any of the forms in which devices give it: r ‖ s, r ‖ s ‖ v, or DER.
 * @throws LedgerError SIGNER_FAILED unless the key signed this digest
 */
export function readSignature(text: string, digest: Uint8Array, key: PublicKey): string {
  const hex = text.trim().toLowerCase().replace(/^0x/, '').replace(/\s+/g, '');
  const numbers = HEX.test(hex) ? (fromDer(hex) ?? fromPlain(hex)) : undefined;
  if (numbers === undefined) throw failed(`a signature is hex of r and s, or DER, not ${quoted(text)}`);
  return key.suite === 'sm2-sm3' ? sm2Form(numbers, digest, key) : recoverableForm(numbers, digest, key);
}

type Numbers = readonly [r: bigint, s: bigint];

function fromPlain(hex: string): Numbers | undefined {
  if (hex.length !== 128 && hex.length !== 130) return undefined;
  return [BigInt(`0x${hex.slice(0, 64)}`), BigInt(`0x${hex.slice(64, 128)}`)];
}

function fromDer(hex: string): Numbers | undefined {
  const [, length = '', first = '', rest = ''] = DER.exec(hex) ?? [];
  const split = parseInt(first, 16) * 2;
  const second = rest.slice(split);
  if (parseInt(length, 16) * 2 !== hex.length - 4 || !second.startsWith('02')) return undefined;
  const s = second.slice(4);
  if (parseInt(second.slice(2, 4), 16) * 2 !== s.length || split === 0 || s === '') return undefined;
  return [BigInt(`0x${rest.slice(0, split)}`), BigInt(`0x${s}`)];
}

function sm2Form([r, s]: Numbers, digest: Uint8Array, { keyId, publicKey }: PublicKey): string {
  const signature = `0x${word(r)}${word(s)}`;
  try {
    verifySm2(digest, signature, { id: keyId, publicKey });
    return signature;
  } catch (cause) {
    throw failed('its signature is not of the key that it names, or not over this digest', cause);
  }
}

/** Devices give neither low S nor the recovery bit: both follow from the key. */
function recoverableForm([r, given]: Numbers, digest: Uint8Array, { keyId }: PublicKey): string {
  const s = given > ORDER / 2n ? ORDER - given : given;
  const found = ['1b', '1c'].map((v) => `0x${word(r)}${word(s)}${v}`).find((one) => isOf(keyId, digest, one));
  if (found === undefined) throw failed('its signature is not of the key that it names, or not over this digest');
  return found;
}

function isOf(keyId: string, digest: Uint8Array, signature: string): boolean {
  try {
    return recoverAddress(digest, signature) === keyId;
  } catch {
    return false;
  }
}

const word = (value: bigint): string => value.toString(16).padStart(64, '0');

function quoted(text: string): string {
  const bytes = new TextEncoder().encode(text.slice(0, 60));
  return text === ''
    ? 'nothing'
    : /^[\x20-\x7e\s]*$/.test(text)
      ? JSON.stringify(text.slice(0, 60))
      : `0x${toHex(bytes)}`;
}

export function failed(why: string, cause?: unknown): LedgerError {
  return new LedgerError('SIGNER_FAILED', `the signer: ${why}`, { cause });
}
