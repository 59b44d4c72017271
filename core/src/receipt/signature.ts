import { isInstant, secondsOfInstant } from '../calendar/instant';
import { LedgerError } from '../errors';
import { rootFromInclusion } from '../merkle/verify';
import { suites } from '../submission/sign';
import type { SignatureSuite } from '../submission/submission';
import { submissionDigest } from '../submission/typed-data';
import { receiptLeafHash, type ParsedReceipt } from './receipt';

interface RegisteredKey {
  readonly id: string;
  readonly suite: SignatureSuite;
  readonly publicKey: string | undefined;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** What was signed, and by which key. */
export interface SignedFacts {
  readonly party: string;
  readonly keyId: string;
  readonly suite: string;
  readonly signedAt: string;
  readonly signature: string;
  readonly recordCount: number;
}

/** The party record that registers keys: as much of it as is looked at. */
export interface SignerRecord {
  readonly type: string;
  readonly subject: { readonly uscc: string };
  readonly content: Readonly<Record<string, unknown>>;
}

/**
 * The party's own signature over the record's submission, by a key that its party record names.
 * @throws LedgerError ISSUER_MISMATCH, SIGNATURE_INVALID, KEY_UNKNOWN
 */
export function verifyPartySignature({ submission, record, signer, ledger }: ParsedReceipt): void {
  if (submission.party !== record.issuer) {
    throw new LedgerError('ISSUER_MISMATCH', `${submission.party} signed a record that ${record.issuer} issued.`);
  }
  const proof = {
    leafHash: receiptLeafHash(record),
    index: BigInt(submission.recordIndex),
    size: BigInt(submission.recordCount),
    path: submission.path,
  };
  const key = keyOf(signer.record, submission);
  verifyKeySignature(key, ledger, submission, () => recordsRoot(proof));
}

/**
 * A signature over a submission whose records have this root.
 * @throws LedgerError SIGNATURE_INVALID, KEY_UNKNOWN
 */
export function verifySubmissionRoot(signer: SignerRecord, ledger: string, facts: SignedFacts, root: Uint8Array): void {
  verifyKeySignature(keyOf(signer, facts), ledger, facts, () => root);
}

function verifyKeySignature(key: RegisteredKey, ledger: string, facts: SignedFacts, root: () => Uint8Array): void {
  if (key.suite !== facts.suite) throw new LedgerError('SIGNATURE_INVALID', 'The key is of another suite.');
  const { party, recordCount } = facts;
  const message = { ledger, party, recordsRoot: root(), recordCount, signedAt: unixSeconds(facts.signedAt) };
  suites[key.suite](submissionDigest(message), facts.signature, key);
}

/**
 * The key was valid when it says to have signed, and its party was not suspended.
 * @throws LedgerError KEY_NOT_VALID, PARTY_SUSPENDED, KEY_UNKNOWN
 */
export function verifyKeyWindow(signer: SignerRecord, facts: SignedFacts): void {
  const { validFrom, validTo } = keyOf(signer, facts);
  const { signedAt } = facts;
  // Order of instants' text is order of time.
  if (signedAt < validFrom || (validTo !== null && signedAt >= validTo)) {
    const window = `${validFrom} to ${validTo ?? 'further notice'}`;
    throw new LedgerError('KEY_NOT_VALID', `The key is valid from ${window}; it signed at ${signedAt}.`);
  }
  if (signer.content['status'] !== 'active') throw new LedgerError('PARTY_SUSPENDED');
}

function recordsRoot(proof: Parameters<typeof rootFromInclusion>[0]): Uint8Array {
  try {
    return rootFromInclusion(proof);
  } catch (cause) {
    throw new LedgerError('SIGNATURE_INVALID', 'The record is not proved to be part of what was signed.', { cause });
  }
}

function unixSeconds(instant: string): number {
  const seconds = secondsOfInstant(instant);
  if (seconds === undefined) throw new LedgerError('PROOF_MALFORMED', `${instant} is no instant.`);
  return seconds;
}

/** The key of the signer's party record that the submission names. */
function keyOf(record: SignerRecord, { party, keyId }: SignedFacts): RegisteredKey {
  const unknown = (reason: string): LedgerError => new LedgerError('KEY_UNKNOWN', reason);
  if (record.type !== 'party' || record.subject.uscc !== party) {
    throw unknown(`The proof does not hold the party record of ${party}.`);
  }
  const keys = Array.isArray(record.content['keys']) ? record.content['keys'] : [];
  const key: unknown = keys.find((candidate: unknown) => isKey(candidate) && candidate.id === keyId);
  if (!isKey(key)) throw unknown(`${keyId} is not a key of ${party}.`);
  return key;
}

function isKey(value: unknown): value is RegisteredKey {
  if (typeof value !== 'object' || value === null) return false;
  const { id, suite, publicKey, validFrom, validTo } = value as Readonly<Record<string, unknown>>;
  const texts =
    (suite === 'eip712-secp256k1' || suite === 'sm2-sm3') &&
    typeof id === 'string' &&
    (publicKey === undefined || typeof publicKey === 'string');
  return texts && isTime(validFrom) && (validTo === null || isTime(validTo));
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && isInstant(value);
}
