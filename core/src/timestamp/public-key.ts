import { p256, p384, p521 } from '@noble/curves/nist.js';
import { concat, equalBytes, fromHex, toHex } from '../bytes';
import type { DigestAlgorithm, SignatureScheme } from './algorithms';
import { readDer, TAG, type DerCursor } from './der';
import { bitStringBytes, integerOf, oidOf } from './der-values';
import { element, oid, sequence } from './der-write';
import { invalid } from './fault';

/** A key as a certificate holds it. */
export type PublicKey =
  | { readonly scheme: 'rsa-pkcs1'; readonly modulus: bigint; readonly exponent: bigint }
  | { readonly scheme: 'ecdsa'; readonly curve: CurveName; readonly point: Uint8Array };

const CURVES = { '1.2.840.10045.3.1.7': p256, '1.3.132.0.34': p384, '1.3.132.0.35': p521 } as const;
type CurveName = keyof typeof CURVES;

const RSA = '1.2.840.113549.1.1.1';
const ELLIPTIC = '1.2.840.10045.2.1';

/** RSA sizes in bits: below is weak (NIST SP 800-131A), above is only slow. */
const LEAST_RSA_BITS = 2048;
const MOST_RSA_BITS = 8192;

/** Reads a SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7, RFC 3279, RFC 5480). */
export function readPublicKey(info: DerCursor): PublicKey {
  const algorithm = info.enter(TAG.sequence);
  const bits = bitStringBytes(info.take(TAG.bitString));
  info.end();
  const kind = oidOf(algorithm.take(TAG.oid));
  if (kind === RSA) return readRsa(bits);
  if (kind === ELLIPTIC) return { scheme: 'ecdsa', curve: curveName(oidOf(algorithm.take(TAG.oid))), point: bits };
  throw invalid(`keys of type ${kind} are not known here`);
}

function readRsa(bits: Uint8Array): PublicKey {
  const cursor = readDer(bits, TAG.sequence);
  const modulus = integerOf(cursor.take(TAG.integer));
  const exponent = integerOf(cursor.take(TAG.integer));
  cursor.end();
  const size = modulus < 0n ? 0 : modulus.toString(2).length;
  const usable = size >= LEAST_RSA_BITS && size <= MOST_RSA_BITS && exponent > 2n && exponent < 1n << 33n;
  if (!usable) throw invalid('an RSA key is too weak or too large');
  return { scheme: 'rsa-pkcs1', modulus, exponent };
}

function curveName(name: string): CurveName {
  if (Object.hasOwn(CURVES, name)) return name as CurveName;
  throw invalid(`the curve ${name} is not known here`);
}

/** Whether this key made this signature over a message. False, not an error, for whatever is wrong with the signature. */
export function isSignedBy(
  key: PublicKey,
  { scheme, digest }: { readonly scheme: SignatureScheme; readonly digest: DigestAlgorithm },
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (key.scheme !== scheme) return false;
  if (key.scheme === 'rsa-pkcs1') return verifyRsa(key, digest, message, signature);
  try {
    // Certificates and tokens do not keep to low s, and nothing hangs on a signature having one spelling.
    const options = { prehash: false, lowS: false, format: 'der' } as const;
    return CURVES[key.curve].verify(signature, digest.digest(message), key.point, options);
  } catch {
    return false;
  }
}

/**
 * RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2.2) by making the one encoded message that can be right and comparing whole:
 * a verifier that parses what it decrypts has been fooled before (CVE-2006-4339). Public values only, so its time
 * gives nothing away.
 */
function verifyRsa(
  { modulus, exponent }: { readonly modulus: bigint; readonly exponent: bigint },
  digest: DigestAlgorithm,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const length = Math.ceil(modulus.toString(16).length / 2);
  const value = BigInt(`0x0${toHex(signature)}`);
  if (signature.length !== length || value >= modulus) return false;
  const info = sequence(sequence(oid(digest.oid), element(TAG.null)), element(TAG.octetString, digest.digest(message)));
  const padding = new Uint8Array(length - info.length - 3).fill(0xff);
  const expected = concat(Uint8Array.of(0, 1), padding, Uint8Array.of(0), info);
  const found = power(value, exponent, modulus)
    .toString(16)
    .padStart(2 * length, '0');
  return equalBytes(fromHex(found), expected);
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === '1') result = (result * base) % modulus;
  }
  return result;
}
