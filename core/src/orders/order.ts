import { concat } from '../bytes';
import { canonicalBytes } from '../canonical';
import { sha256 } from '../digest';
import { suites, type Signer } from '../submission/sign';
import { unixSeconds, type SignatureSuite } from '../submission/submission';
import { hashText, typedDataDigest, word } from '../submission/typed-data';
import type { PartyState } from '../state';
import { keyOfOrder } from './order-key';

/**
 * EIP-712 typed data of an order to a service: to do something for the party that anchors nothing, and that a session alone
 * shall not do. `request` is the SHA-256 of the request's canonical JSON, which says by `action` what is ordered.
 */
export const orderTypes = {
  Order: [
    { name: 'party', type: 'string' },
    { name: 'request', type: 'bytes32' },
    { name: 'signedAt', type: 'uint64' },
  ],
} as const;

const messageType = hashText('Order(string party,bytes32 request,uint64 signedAt)');

/** What is ordered, by its action. */
type OrderRequest = Readonly<Record<string, unknown>> & { readonly action: string };

/** What a party signs. */
export interface Order {
  /** Hex, 32 bytes. */
  readonly ledger: string;
  readonly party: string;
  readonly request: OrderRequest;
  /** RFC 3339 in whole seconds, UTC. */
  readonly signedAt: string;
}

/** How it was signed. */
export interface OrderSignature {
  readonly signedAt: string;
  readonly keyId: string;
  readonly suite: SignatureSuite;
  readonly signature: string;
}

/** The 32 bytes that are signed. @throws LedgerError BAD_SUBMISSION for what is no instant */
export function orderDigest({ ledger, party, request, signedAt }: Order): Uint8Array {
  const hash = sha256(canonicalBytes(request));
  return typedDataDigest(ledger, concat(messageType, hashText(party), hash, word(unixSeconds(signedAt))));
}

export async function signOrder(order: Order, signer: Signer): Promise<OrderSignature> {
  const { keyId, suite } = signer;
  return { signedAt: order.signedAt, keyId, suite, signature: await signer.sign(orderDigest(order)) };
}

/**
 * Holds an order to the party that is to have given it, with a key that is in force, just now.
 * @param time RFC 3339: when it is carried out
 * @throws LedgerError PARTY_UNKNOWN, PARTY_ENDED, PARTY_SUSPENDED, KEY_UNKNOWN, KEY_NOT_VALID, SIGNATURE_INVALID,
 *   SIGNED_TIME_OUT_OF_RANGE
 */
export function assertOrdered(
  order: Order,
  { keyId, signature }: Pick<OrderSignature, 'keyId' | 'signature'>,
  party: Omit<PartyState, 'record' | 'version'> | undefined,
  time: string,
): void {
  const key = keyOfOrder(order.party, party, { keyId, signedAt: order.signedAt }, time);
  suites[key.suite](orderDigest(order), signature, key);
}
