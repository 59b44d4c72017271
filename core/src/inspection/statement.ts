import { concat } from '../bytes';
import { canonicalBytes } from '../canonical';
import { sha256 } from '../digest';
import { LedgerError } from '../errors';
import { assertActive, assertKeyValid } from '../judge/authority';
import type { LedgerRecord } from '../records';
import type { PartyContent } from '../rulebook';
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

/** The last of a party's registrations that are at hand: what it says of keys counts, and no earlier word of it. */
function lastRegistration(party: string, records: readonly LedgerRecord[]): PartyContent | undefined {
  const own = records.filter(({ type, subject }) => type === 'party' && subject.uscc === party);
  const [last] = own.sort((a, b) => b.version - a.version);
  return last?.content as PartyContent | undefined;
}

/**
 * Holds a statement to a key that the party could sign with at the time that it states: not one that was ended, or in other hands, by then.
 * That time is the signer's word; whether the party's registration changed since, who asks the ledger learns.
 * @param records those at hand, registrations among them
 * @throws LedgerError SIGNATURE_INVALID, KEY_NOT_VALID, PARTY_SUSPENDED, PARTY_ENDED
 */
export function assertStated(
  head: StatementHead,
  body: unknown,
  { keyId, signature }: Pick<StatementSignature, 'keyId' | 'signature'>,
  records: readonly LedgerRecord[],
): void {
  const content = lastRegistration(head.party, records);
  const key = content?.keys.find(({ id }) => id === keyId);
  if (content === undefined || key === undefined)
    throw new LedgerError('SIGNATURE_INVALID', `${keyId} is no key of ${head.party}`);
  verifyStatement(head, body, signature, key);
  assertKeyValid(key, head.signedAt);
  assertActive(head.party, { content });
}
