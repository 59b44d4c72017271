import { concat, fromHex, toHex } from '../bytes';
import { keccak256, recoverSecp256k1, secp256k1PublicKey, signSecp256k1 } from '../digest';
import { LedgerError } from '../errors';
import type { LedgerRecord } from '../records';
import { recordLeafHash } from '../records';
import { verifySm2 } from '../signature/sm2';
import { digestOf, type DigestedSubmission, type SignatureSuite, type SignedSubmission } from './submission';

/** Holds a private key and signs 32-byte digests; the key never leaves it. */
export interface Signer {
  readonly keyId: string;
  readonly suite: SignatureSuite;
  /** Uncompressed, hex: what an SM2 key is registered with beside its id. */
  readonly publicKey?: string;
  sign(digest: Uint8Array): string | Promise<string>;
}

/** Lower-case `0x…` address of an uncompressed secp256k1 public key (65 bytes). */
export function addressOf(publicKey: Uint8Array): string {
  return `0x${toHex(keccak256(publicKey.subarray(1)).subarray(12))}`;
}

/** A signer over a raw secp256k1 key (32 bytes), RFC 6979, low S. */
export function secp256k1Signer(privateKey: Uint8Array): Signer & { sign(digest: Uint8Array): string } {
  const keyId = addressOf(secp256k1PublicKey(privateKey));
  return {
    keyId,
    suite: 'eip712-secp256k1',
    sign: (digest) => {
      const { signature, recoveryBit } = signSecp256k1(digest, privateKey);
      return `0x${toHex(concat(signature, Uint8Array.of(27 + recoveryBit)))}`;
    },
  };
}

const signaturePattern = /^0x[0-9a-f]{130}$/;

/**
 * The address that signed a digest.
 * @throws LedgerError SIGNATURE_INVALID for anything but r ‖ s ‖ v of 65 bytes with low S and v = 27 or 28
 */
export function recoverAddress(digest: Uint8Array, signature: string): string {
  if (!signaturePattern.test(signature)) throw new LedgerError('SIGNATURE_INVALID', 'a signature is 65 bytes: r, s, v');
  const bytes = fromHex(signature.slice(2));
  const publicKey = recoverSecp256k1(digest, bytes.subarray(0, 64), (bytes[64] ?? 0) - 27);
  if (!publicKey) throw new LedgerError('SIGNATURE_INVALID', 'no public key gives this signature');
  return addressOf(publicKey);
}

export interface SubmissionBody {
  readonly ledger: string;
  readonly party: string;
  readonly records: readonly LedgerRecord[];
  /** RFC 3339 in whole seconds, UTC. */
  readonly signedAt: string;
}

/** Signs records of one party for one ledger. */
export async function signSubmission(body: SubmissionBody, signer: Signer): Promise<SignedSubmission> {
  const digest = digestOf(body, body.records.map(recordLeafHash));
  return {
    schema: 'carbon-ledger/submission/v1',
    ledger: body.ledger,
    party: body.party,
    keyId: signer.keyId,
    suite: signer.suite,
    signedAt: body.signedAt,
    records: body.records,
    signature: await signer.sign(digest),
  };
}

/** Public key of a registered key, where its suite needs one. */
export interface VerificationKey {
  readonly id: string;
  readonly suite: SignatureSuite;
  readonly publicKey?: string | undefined;
}

/** Verifies one signature of one suite over a digest. @throws LedgerError SIGNATURE_INVALID */
export type SuiteVerifier = (digest: Uint8Array, signature: string, key: VerificationKey) => void;

function verifyEip712(digest: Uint8Array, signature: string, key: VerificationKey): void {
  const signer = recoverAddress(digest, signature);
  if (signer !== key.id) throw new LedgerError('SIGNATURE_INVALID', `signed by ${signer}, not by ${key.id}`);
}

/** Closed table of suites: a signature is verified by exactly the suite that its registered key names. */
export const suites: Record<SignatureSuite, SuiteVerifier> = {
  'eip712-secp256k1': verifyEip712,
  'sm2-sm3': verifySm2,
};

/** @throws LedgerError SIGNATURE_INVALID unless the key signed this submission */
export function verifySubmissionSignature({ submission, digest }: DigestedSubmission, key: VerificationKey): void {
  if (key.suite !== submission.suite || key.id !== submission.keyId) {
    throw new LedgerError('SIGNATURE_INVALID', 'the submission names another key');
  }
  suites[key.suite](digest, submission.signature, key);
}
