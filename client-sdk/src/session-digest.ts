import { concat, fromHex, keccak256, submissionDomain, utf8Encode } from '@carbon-ledger/core';

/**
 * EIP-712 typed data of a sign-in. The salt is the ledger id; the audience is the host that the party believes it is
 * talking to, so that a service which passes a challenge on from another one gets a signature that is no use there.
 */
export const sessionTypes = {
  Session: [
    { name: 'party', type: 'string' },
    { name: 'audience', type: 'string' },
    { name: 'nonce', type: 'bytes32' },
  ],
} as const;

export interface SessionMessage {
  /** Hex, 32 bytes. */
  readonly ledger: string;
  readonly party: string;
  /** `host:port` as the client addresses the service. */
  readonly audience: string;
  /** Hex, 32 bytes. */
  readonly nonce: string;
}

const text = (value: string): Uint8Array => keccak256(utf8Encode(value));
const domainType = text('EIP712Domain(string name,string version,bytes32 salt)');
const messageType = text('Session(string party,string audience,bytes32 nonce)');

/** The 32 bytes that a party signs to sign in (EIP-712). */
export function sessionDigest({ ledger, party, audience, nonce }: Readonly<SessionMessage>): Uint8Array {
  const domain = concat(domainType, text(submissionDomain.name), text(submissionDomain.version), fromHex(ledger));
  const message = concat(messageType, text(party), text(audience), fromHex(nonce));
  return keccak256(concat(Uint8Array.of(0x19, 0x01), keccak256(domain), keccak256(message)));
}
