import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { sha256 as nobleSha256, sha512 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { concat, equalBytes, toHex } from '../bytes';
import { isSoundEd25519Key } from './ed25519-rules';
import { createSm3 as newSm3 } from './sm3';
import type { IncrementalHash } from './platform-types';

export { publicKey as secp256k1PublicKey, recover as recoverSecp256k1, sign as signSecp256k1 } from './secp256k1-noble';

export function sha256(bytes: Uint8Array): Uint8Array {
  return nobleSha256(bytes);
}

export function sm3(bytes: Uint8Array): Uint8Array {
  const hash = newSm3();
  hash.update(bytes);
  return hash.digest();
}

export function keccak256(bytes: Uint8Array): Uint8Array {
  return keccak_256(bytes);
}

export function createSha256(): IncrementalHash {
  return nobleSha256.create();
}

export function createSm3(): IncrementalHash {
  return newSm3();
}

export function ed25519PublicKey(seed: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(seed);
}

export function ed25519Sign(message: Uint8Array, seed: Uint8Array): Uint8Array {
  return ed25519.sign(message, seed);
}

export function ed25519Verify(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || !isSoundEd25519Key(publicKey)) return false;
  try {
    return isSigned(message, signature, publicKey);
  } catch {
    return false;
  }
}

const { Point } = ed25519;

/**
 * The equation of RFC 8032, section 5.1.7, without the cofactor, as OpenSSL has it: with the cofactor, as noble itself has it,
 * whoever holds a key of mixed order could make a signature that holds in browsers and nowhere else.
 */
function isSigned(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  const r = signature.subarray(0, 32);
  const s = littleEndian(signature.subarray(32));
  const order = Point.Fn.ORDER;
  if (s >= order) return false;
  const challenge = littleEndian(sha512(concat(r, publicKey, message))) % order;
  const found = Point.BASE.multiplyUnsafe(s).subtract(Point.fromBytes(publicKey).multiplyUnsafe(challenge));
  return equalBytes(found.toBytes(), r);
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes.slice().reverse())}`);
}

export function p256Verify(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 65) return false;
  try {
    return p256.verify(signature, nobleSha256(message), publicKey, { lowS: true, format: 'compact' });
  } catch {
    return false;
  }
}
