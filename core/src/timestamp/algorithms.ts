import { sha1 } from '@noble/hashes/legacy.js';
import { sha384, sha512 } from '@noble/hashes/sha2.js';
import { sha256, sm3 } from '../digest';
import { DerCursor, TAG, type DerElement } from './der';
import { oidOf } from './der-values';
import { invalid } from './fault';

export type Digest = (bytes: Uint8Array) => Uint8Array;

/** A digest by its object identifier (RFC 5754; GM/T 0006 for SM3), and its DigestInfo prefix (RFC 8017 section 9.2). */
export interface DigestAlgorithm {
  readonly oid: string;
  readonly digest: Digest;
}

export const SHA256 = '2.16.840.1.101.3.4.2.1';
const SHA384 = '2.16.840.1.101.3.4.2.2';
const SHA512 = '2.16.840.1.101.3.4.2.3';
const SM3 = '1.2.156.10197.1.401';

const DIGESTS: ReadonlyMap<string, Digest> = new Map([
  [SHA256, sha256],
  [SHA384, sha384],
  [SHA512, sha512],
  [SM3, sm3],
]);

/** @throws LedgerError TIMESTAMP_INVALID for digests that are weak or not known here */
export function digestOf(oid: string): DigestAlgorithm {
  const digest = DIGESTS.get(oid);
  if (digest === undefined) throw invalid(`the digest ${oid} is weak or unknown`);
  return { oid, digest };
}

/** SHA-1 names the signer's certificate in old tokens (RFC 2634 ESSCertID); nothing else here is done with it. */
export const certificateIdDigest: Digest = sha1;

export type SignatureScheme = 'rsa-pkcs1' | 'ecdsa';

/** A signature algorithm: how, and over which digest. Plain `rsaEncryption` leaves the digest to its surroundings. */
export interface SignatureAlgorithm {
  readonly scheme: SignatureScheme;
  readonly digest: DigestAlgorithm | undefined;
}

/** RFC 8017 appendix A, RFC 5758. Nothing with MD5 or SHA-1. */
const SIGNATURES: ReadonlyMap<string, readonly [SignatureScheme, string?]> = new Map(
  Object.entries({
    '1.2.840.113549.1.1.1': ['rsa-pkcs1'],
    '1.2.840.113549.1.1.11': ['rsa-pkcs1', SHA256],
    '1.2.840.113549.1.1.12': ['rsa-pkcs1', SHA384],
    '1.2.840.113549.1.1.13': ['rsa-pkcs1', SHA512],
    '1.2.840.10045.4.3.2': ['ecdsa', SHA256],
    '1.2.840.10045.4.3.3': ['ecdsa', SHA384],
    '1.2.840.10045.4.3.4': ['ecdsa', SHA512],
  } as const),
);

export function signatureAlgorithm(identifier: DerElement): SignatureAlgorithm {
  const oid = algorithmOid(identifier);
  const found = SIGNATURES.get(oid);
  if (found === undefined) throw invalid(`the signature algorithm ${oid} is weak or unknown`);
  const [scheme, digest] = found;
  return { scheme, digest: digest === undefined ? undefined : digestOf(digest) };
}

/** Object identifier of an AlgorithmIdentifier whose parameters are absent or NULL. */
export function algorithmOid(identifier: DerElement): string {
  const cursor = new DerCursor(identifier.content);
  const oid = oidOf(cursor.take(TAG.oid));
  cursor.maybe(TAG.null);
  cursor.end();
  return oid;
}
