import { ecdsa } from '@noble/curves/abstract/weierstrass.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concat } from '../bytes';
import type { RecoverableSignature } from './platform-types';
import { isRecoverable } from './secp256k1-rules';

/** Hashes come ready made; SHA-256 here only derives the nonce (RFC 6979). */
const signatures = ecdsa(secp256k1.Point, sha256, { lowS: true });
const READY_HASH = { prehash: false } as const;

/** secp256k1 in plain JavaScript: for browsers, and for bundles that cannot carry the native library. */
export function sign(hash: Uint8Array, privateKey: Uint8Array): RecoverableSignature {
  const signature = signatures.sign(hash, privateKey, READY_HASH);
  return { signature: signature.toBytes('compact'), recoveryBit: signature.recovery === 1 ? 1 : 0 };
}

export function recover(hash: Uint8Array, signature: Uint8Array, recoveryBit: number): Uint8Array | undefined {
  if (!isRecoverable(hash, signature, recoveryBit)) return undefined;
  try {
    const recovered = concat(Uint8Array.of(recoveryBit), signature);
    const compressed = signatures.recoverPublicKey(recovered, hash, READY_HASH);
    return secp256k1.Point.fromBytes(compressed).toBytes(false);
  } catch {
    return undefined;
  }
}

export function publicKey(privateKey: Uint8Array): Uint8Array {
  return signatures.getPublicKey(privateKey, false);
}
