import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
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
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

export function p256Verify(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 65) return false;
  try {
    return p256.verify(signature, nobleSha256(message), publicKey, { lowS: true, format: 'compact' });
  } catch {
    return false;
  }
}
