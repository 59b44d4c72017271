import {
  createHash,
  createPrivateKey,
  createPublicKey,
  hash as oneShotHash,
  sign as cryptoSign,
  verify as cryptoVerify,
  type KeyObject,
} from 'node:crypto';
import { createRequire } from 'node:module';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { createKeccak, type IHasher } from 'hash-wasm';
import type * as NativeSecp256k1 from 'secp256k1';
import { compareBytes, concat, fromHex, toHex } from '../bytes';
import { isSoundEd25519Key } from './ed25519-rules';
import * as noble from './secp256k1-noble';
import type { IncrementalHash, RecoverableSignature } from './platform-types';
import { isRecoverable } from './secp256k1-rules';

/** The Node side of {@link Platform}: the one file of core that may import from Node. */

/** By way of a string: a Buffer of its own for each hash costs more than the hash, and the collector twice that again. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return Buffer.from(oneShotHash('sha256', bytes, 'binary'), 'binary');
}

export function sm3(bytes: Uint8Array): Uint8Array {
  return createHash('sm3').update(bytes).digest();
}

let wasmKeccak: IHasher | undefined;
// Compiled within the first moments of the process; until then, and where WebAssembly is forbidden, noble gives the same.
createKeccak(256).then(
  (hasher) => (wasmKeccak = hasher),
  () => undefined,
);

export function keccak256(bytes: Uint8Array): Uint8Array {
  return wasmKeccak === undefined ? keccak_256(bytes) : wasmKeccak.init().update(bytes).digest('binary');
}

export function createSha256(): IncrementalHash {
  return incremental('sha256');
}

export function createSm3(): IncrementalHash {
  return incremental('sm3');
}

function incremental(algorithm: string): IncrementalHash {
  const hash = createHash(algorithm);
  return {
    update: (chunk) => {
      hash.update(chunk);
    },
    digest: () => hash.digest(),
  };
}

// DER around raw keys: RFC 8410 (Ed25519), RFC 5480 (P-256).
const ED25519_PKCS8 = fromHex('302e020100300506032b657004220420');
const ED25519_SPKI = fromHex('302a300506032b6570032100');
const P256_SPKI = fromHex('3059301306072a8648ce3d020106082a8648ce3d030107034200');
const P256_HALF_ORDER = fromHex('7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8');

export function ed25519PublicKey(seed: Uint8Array): Uint8Array {
  const spki = createPublicKey(ed25519PrivateKey(seed)).export({ type: 'spki', format: 'der' });
  return new Uint8Array(spki.subarray(ED25519_SPKI.length));
}

export function ed25519Sign(message: Uint8Array, seed: Uint8Array): Uint8Array {
  return cryptoSign(null, message, ed25519PrivateKey(seed));
}

export function ed25519Verify(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || !isSoundEd25519Key(publicKey)) return false;
  return verifyWith(null, message, signature, publicKeyObject(ED25519_SPKI, publicKey));
}

export function p256Verify(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 65) return false;
  if (compareBytes(signature.subarray(32), P256_HALF_ORDER) > 0) return false;
  return verifyWith('sha256', message, signature, publicKeyObject(P256_SPKI, publicKey));
}

/** A log signs with one key all its life, and making the key object costs more than the signature. */
let lastSeed: Uint8Array | undefined;
let lastPrivateKey: KeyObject | undefined;

function ed25519PrivateKey(seed: Uint8Array): KeyObject {
  if (lastPrivateKey !== undefined && lastSeed !== undefined && compareBytes(lastSeed, seed) === 0)
    return lastPrivateKey;
  const key = Buffer.from(concat(ED25519_PKCS8, seed));
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  lastSeed = seed.slice();
  lastPrivateKey = privateKey;
  return privateKey;
}

/** Making a key object costs as much as a verification, and few keys verify most: keep the last ones. */
const keyObjects = new Map<string, KeyObject | undefined>();
const MOST_KEY_OBJECTS = 256;

function publicKeyObject(prefix: Uint8Array, raw: Uint8Array): KeyObject | undefined {
  const der = concat(prefix, raw);
  const name = toHex(der);
  if (!keyObjects.has(name)) {
    if (keyObjects.size >= MOST_KEY_OBJECTS) keyObjects.clear();
    keyObjects.set(name, importPublicKey(der));
  }
  return keyObjects.get(name);
}

function importPublicKey(der: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}

function verifyWith(
  algorithm: 'sha256' | null,
  message: Uint8Array,
  signature: Uint8Array,
  key: KeyObject | undefined,
): boolean {
  if (key === undefined) return false;
  try {
    return cryptoVerify(algorithm, message, { key, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    return false;
  }
}

type Native = typeof NativeSecp256k1;
let native: Native | undefined;
let nativeTried = false;

/**
 * libsecp256k1 is thirty times faster than JavaScript. It is looked up at run time, so that a bundle without it
 * (the chaincode package) still runs, with the same answers.
 */
function nativeSecp256k1(): Native | undefined {
  if (nativeTried) return native;
  nativeTried = true;
  try {
    native = createRequire(__filename)('secp256k1/bindings.js') as Native;
  } catch {
    native = undefined;
  }
  return native;
}

export function signSecp256k1(hash: Uint8Array, privateKey: Uint8Array): RecoverableSignature {
  const library = nativeSecp256k1();
  if (library === undefined) return noble.sign(hash, privateKey);
  const { signature, recid } = library.ecdsaSign(hash, privateKey);
  return { signature, recoveryBit: recid === 1 ? 1 : 0 };
}

export function recoverSecp256k1(hash: Uint8Array, signature: Uint8Array, recoveryBit: number): Uint8Array | undefined {
  const library = nativeSecp256k1();
  if (library === undefined) return noble.recover(hash, signature, recoveryBit);
  if (!isRecoverable(hash, signature, recoveryBit)) return undefined;
  try {
    return library.ecdsaRecover(signature, recoveryBit, hash, false);
  } catch {
    return undefined;
  }
}

export function secp256k1PublicKey(privateKey: Uint8Array): Uint8Array {
  const library = nativeSecp256k1();
  return library === undefined ? noble.publicKey(privateKey) : library.publicKeyCreate(privateKey, false);
}
