import { concat } from '../bytes';
import { canonicalBytes } from '../canonical';
import { sha256 } from '../digest';
import type { Signer, VerificationKey } from '../submission/sign';
import { suites } from '../submission/sign';
import { unixSeconds, type SignatureSuite } from '../submission/submission';
import { hashText, typedDataDigest, word } from '../submission/typed-data';

/** What a party signs beside submissions. The kind keeps one from passing as another. */
type StatementKind = 'inspection-pack' | 'inspection-report';

const messageType = hashText('Statement(string kind,string party,bytes32 body,uint64 signedAt)');

/** Who says something, of which ledger, and when by its own clock. */
export interface StatementHead {
  readonly kind: StatementKind;
  /** Hex, 32 bytes. */
  readonly ledger: string;
  readonly party: string;
  /** RFC 3339 in whole seconds, UTC: a claim. */
  readonly signedAt: string;
}

export interface StatementSignature {
  readonly keyId: string;
  readonly suite: SignatureSuite;
  readonly signature: string;
}

/** The 32 bytes that are signed: EIP-712 typed data over the SHA-256 of the body's canonical JSON. @throws LedgerError BAD_SUBMISSION for what is no instant */
function statementDigest({ kind, ledger, party, signedAt }: StatementHead, body: unknown): Uint8Array {
  const members = [
    messageType,
    hashText(kind),
    hashText(party),
    sha256(canonicalBytes(body)),
    word(unixSeconds(signedAt)),
  ];
  return typedDataDigest(ledger, concat(...members));
}

export async function signStatement(head: StatementHead, body: unknown, signer: Signer): Promise<StatementSignature> {
  const { keyId, suite } = signer;
  return { keyId, suite, signature: await signer.sign(statementDigest(head, body)) };
}

/** @throws LedgerError SIGNATURE_INVALID unless the key signed this body under this head */
export function verifyStatement(head: StatementHead, body: unknown, signature: string, key: VerificationKey): void {
  suites[key.suite](statementDigest(head, body), signature, key);
}
