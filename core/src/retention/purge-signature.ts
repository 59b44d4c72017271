import { canonicalBytes } from '../canonical';
import { concat } from '../bytes';
import { sha256 } from '../digest';
import { suites, type Signer, type VerificationKey } from '../submission/sign';
import { unixSeconds, type SignatureSuite } from '../submission/submission';
import { hashText, typedDataDigest, word } from '../submission/typed-data';
import type { PurgeRequest } from './retention';

/**
 * EIP-712 typed data of a purge. What destroys is signed by its party, as what is anchored is: to be signed in, or to hold a
 * service's keys, is not enough. `request` is the SHA-256 of the request's canonical JSON.
 */
export const purgeTypes = {
  Purge: [
    { name: 'party', type: 'string' },
    { name: 'request', type: 'bytes32' },
    { name: 'signedAt', type: 'uint64' },
  ],
} as const;

const messageType = hashText('Purge(string party,bytes32 request,uint64 signedAt)');

/** What the founding authority signs. */
export interface PurgeOrder extends PurgeRequest {
  /** Hex, 32 bytes. */
  readonly ledger: string;
  readonly party: string;
  /** RFC 3339 in whole seconds, UTC. */
  readonly signedAt: string;
}

/** How it was signed. */
export interface PurgeSignature {
  readonly signedAt: string;
  readonly keyId: string;
  readonly suite: SignatureSuite;
  readonly signature: string;
}

/** The 32 bytes that are signed. @throws LedgerError BAD_SUBMISSION for what is no instant */
export function purgeDigest({ ledger, party, transactions, years, signedAt }: PurgeOrder): Uint8Array {
  const request = sha256(canonicalBytes({ transactions: [...transactions], years }));
  return typedDataDigest(ledger, concat(messageType, hashText(party), request, word(unixSeconds(signedAt))));
}

export async function signPurge(order: PurgeOrder, signer: Signer): Promise<PurgeSignature> {
  const { keyId, suite } = signer;
  return { signedAt: order.signedAt, keyId, suite, signature: await signer.sign(purgeDigest(order)) };
}

/** By the suite that the registered key names. @throws LedgerError SIGNATURE_INVALID unless the key signed this order */
export function verifyPurgeSignature(order: PurgeOrder, signature: string, key: VerificationKey): void {
  suites[key.suite](purgeDigest(order), signature, key);
}
