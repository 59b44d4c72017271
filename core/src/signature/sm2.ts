import { invert, mod } from '@noble/curves/abstract/modular.js';
import { weierstrassN, type WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js';
import { createHmacDrbg } from '@noble/curves/utils.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concat, fromHex, toHex, utf8Encode } from '../bytes';
import { sm3 } from '#digest-platform';
import { LedgerError } from '../errors';

/** Recommended curve of GB/T 32918.5-2017. */
const CURVE = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
};
const ORDER = CURVE.n;
/** Arithmetic by noble: 2.6 ms a verification, where sm-crypto takes 17 and serves as second opinion in the tests. */
const Point = /* @__PURE__ */ weierstrassN(CURVE);
type CurvePoint = WeierstrassPoint<bigint>;

/** The user id that GM/T 0009-2012 names for signers without one of their own. */
const USER_ID = utf8Encode('1234567812345678');
const ID_BITS = USER_ID.length * 8;
/** a ‖ b ‖ G: they stand in front of the public key in what is hashed to Z. */
const CURVE_BYTES = fromHex([CURVE.a, CURVE.b, CURVE.Gx, CURVE.Gy].map(word).join(''));
const SIGNATURE = /^0x[0-9a-f]{128}$/;
const PUBLIC_KEY = /^04[0-9a-f]{128}$/;

/** `sm2:` and the SM3 digest of the uncompressed public key in hex: names a key without giving it. */
export function sm2KeyId(publicKey: string): string {
  return `sm2:${toHex(sm3(fromHex(publicKey)))}`;
}

/** Uncompressed public key in hex (`04…`) of a private key (32 bytes, from 1 to n − 2). */
export function sm2PublicKey(privateKey: Uint8Array): string {
  return Point.BASE.multiply(toInteger(privateKey)).toHex(false);
}

/**
 * Verifies an SM2 signature with SM3 (GB/T 32918.2-2016, section 7) over a message, here a submission's digest.
 * The key must be the one that its id names.
 * @throws LedgerError SIGNATURE_INVALID
 */
export function verifySm2(
  message: Uint8Array,
  signature: string,
  key: { readonly id: string; readonly publicKey?: string | undefined },
): void {
  const { publicKey } = key;
  if (!SIGNATURE.test(signature)) throw invalid('a signature is 64 bytes: r, s');
  if (publicKey === undefined || !PUBLIC_KEY.test(publicKey)) throw invalid('the key has no public key');
  if (sm2KeyId(publicKey) !== key.id) throw invalid('the public key is not the one that the id names');
  const r = BigInt(signature.slice(0, 66));
  const s = BigInt(`0x${signature.slice(66)}`);
  if (!isSignature(messageHash(message, publicKey), r, s, readPoint(publicKey))) throw invalid('it does not verify');
}

function readPoint(publicKey: string): CurvePoint {
  try {
    return Point.fromHex(publicKey);
  } catch (cause) {
    throw new LedgerError('SIGNATURE_INVALID', 'The SM2 public key is no point of the curve.', { cause });
  }
}

/** Section 7.1, steps B1 to B7. */
function isSignature(hash: Uint8Array, r: bigint, s: bigint, publicKey: CurvePoint): boolean {
  const t = mod(r + s, ORDER);
  if (r < 1n || r >= ORDER || s < 1n || s >= ORDER || t === 0n) return false;
  const point = Point.BASE.multiplyUnsafe(s).add(publicKey.multiplyUnsafe(t));
  return !point.is0() && mod(toInteger(hash) + point.toAffine().x, ORDER) === r;
}

/** e = SM3(Z ‖ M) with Z = SM3(ENTL ‖ ID ‖ a ‖ b ‖ G ‖ public key), GB/T 32918.2-2016, sections 5.5 and 6.1. */
export function messageHash(message: Uint8Array, publicKey: string): Uint8Array {
  const bits = Uint8Array.of(ID_BITS >> 8, ID_BITS & 255);
  const z = sm3(concat(bits, USER_ID, CURVE_BYTES, fromHex(publicKey.slice(2))));
  return sm3(concat(z, message));
}

/**
 * A signer over a raw SM2 key (32 bytes). The nonce is derived from key and message (as RFC 6979 does for ECDSA), so
 * that no bad random source can give the key away. Not constant in time: for machines of one's own.
 */
export function sm2Signer(privateKey: Uint8Array): {
  readonly keyId: string;
  readonly suite: 'sm2-sm3';
  readonly publicKey: string;
  sign(message: Uint8Array): string;
} {
  const publicKey = sm2PublicKey(privateKey);
  return {
    keyId: sm2KeyId(publicKey),
    suite: 'sm2-sm3',
    publicKey,
    sign: (message) => signHash(messageHash(message, publicKey), privateKey),
  };
}

const drbg = createHmacDrbg<string>(32, 32, (key, ...parts) => hmac(sha256, key, concat(...parts)));

function signHash(hash: Uint8Array, privateKey: Uint8Array): string {
  return drbg(concat(privateKey, hash), (candidate) => signWithNonce(hash, privateKey, toInteger(candidate)));
}

/** GB/T 32918.2-2016, section 6.1, steps A4 to A7; undefined where the nonce cannot be used. */
export function signWithNonce(hash: Uint8Array, privateKey: Uint8Array, nonce: bigint): string | undefined {
  if (nonce <= 0n || nonce >= ORDER) return undefined;
  const { x } = Point.BASE.multiply(nonce).toAffine();
  const r = mod(toInteger(hash) + x, ORDER);
  if (r === 0n || r + nonce === ORDER) return undefined;
  const d = toInteger(privateKey);
  const s = mod(invert(1n + d, ORDER) * (nonce - r * d), ORDER);
  return s === 0n ? undefined : `0x${word(r)}${word(s)}`;
}

function toInteger(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes)}`);
}

function word(value: bigint): string {
  return value.toString(16).padStart(64, '0');
}

function invalid(reason: string): LedgerError {
  return new LedgerError('SIGNATURE_INVALID', `Not a valid SM2 signature: ${reason}.`);
}
