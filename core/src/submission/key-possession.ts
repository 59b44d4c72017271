import { concat } from '../bytes';
import { suites, type Signer, type VerificationKey } from './sign';
import type { SignatureSuite } from './submission';
import { hashText, typedDataDigest } from './typed-data';

/**
 * EIP-712 typed data by which a key says that it belongs to a party. The salt is zero: the word holds on every ledger, for
 * this party alone.
 */
export const keyPossessionTypes = {
  KeyPossession: [
    { name: 'party', type: 'string' },
    { name: 'keyId', type: 'string' },
  ],
} as const;

const typeHash = hashText('KeyPossession(string party,string keyId)');
const everyLedger = '00'.repeat(32);

/** The 32 bytes that a key signs to be registered for a party. */
export function keyPossessionDigest(party: string, keyId: string): Uint8Array {
  return typedDataDigest(everyLedger, concat(typeHash, hashText(party), hashText(keyId)));
}

/** A key's own signature over its registration, as the party record carries it. */
export async function provePossession(party: string, signer: Signer): Promise<string> {
  return signer.sign(keyPossessionDigest(party, signer.keyId));
}

/** A key as a party record carries it: with its public part where its id does not give it, and its word that it belongs there. */
export interface OfferedKey {
  readonly id: string;
  readonly suite: SignatureSuite;
  readonly publicKey?: string;
  /** RFC 3339. */
  readonly validFrom: string;
  readonly validTo: null;
  readonly proof: string;
}

/** @param validFrom RFC 3339 */
export async function offerKey(party: string, signer: Signer, validFrom: string): Promise<OfferedKey> {
  const { keyId, suite, publicKey } = signer;
  const proof = await provePossession(party, signer);
  return { id: keyId, suite, ...(publicKey === undefined ? {} : { publicKey }), validFrom, validTo: null, proof };
}

/**
 * Nobody registers a key that its holder did not offer: neither another's, nor one that does not exist.
 * @throws LedgerError SIGNATURE_INVALID
 */
export function assertKeyPossessed(party: string, key: VerificationKey & { readonly proof: string }): void {
  suites[key.suite](keyPossessionDigest(party, key.id), key.proof, key);
}
