import { z } from 'zod';
import { isHex, toHex } from '../bytes';
import { INSTANT_WORDS, isInstant, secondsOfInstant } from '../calendar';
import { canonicalize } from '../canonical';
import { LedgerError, type Fault } from '../errors';
import { leafOfText, rootOf } from '../merkle';
import { parseRecord, usccSchema, type LedgerRecord } from '../records';
import { faultsOf } from '../validation';
import { assertBounded, maxRecordBytes, MOST_FAULTS } from './bounds';
import { runToEnd, type Steps } from './steps';
import { submissionDigest } from './typed-data';

export const maxRecordsPerSubmission = 1000;

export const signatureSuites = ['eip712-secp256k1', 'sm2-sm3'] as const;
export type SignatureSuite = (typeof signatureSuites)[number];

const envelopeSchema = z.strictObject({
  schema: z.literal('carbon-ledger/submission/v1'),
  ledger: z.string().refine((text) => isHex(text, 32), 'not a ledger id'),
  party: usccSchema,
  keyId: z.string().regex(/^(?:0x[0-9a-f]{40}|sm2:[0-9a-f]{64})$/),
  suite: z.enum(signatureSuites),
  signedAt: z.string().refine(isInstant, INSTANT_WORDS),
  records: z.array(z.unknown()).min(1).max(maxRecordsPerSubmission),
  signature: z
    .string()
    .max(400)
    .regex(/^0x[0-9a-f]+$/),
});

/** Records of one party, signed once. Judged and anchored as a whole. */
export interface SignedSubmission {
  readonly schema: 'carbon-ledger/submission/v1';
  readonly ledger: string;
  readonly party: string;
  readonly keyId: string;
  readonly suite: SignatureSuite;
  readonly signedAt: string;
  readonly records: readonly LedgerRecord[];
  readonly signature: string;
}

/** A submission with what is derived from it once: canonical texts, leaf hashes, digest, id. */
export interface DigestedSubmission {
  readonly submission: SignedSubmission;
  /** Canonical JSON of each record. */
  readonly recordTexts: readonly string[];
  readonly leafHashes: readonly Uint8Array[];
  readonly digest: Uint8Array;
  readonly id: string;
}

export function unixSeconds(instant: string): number {
  const seconds = secondsOfInstant(instant);
  if (seconds === undefined) throw new LedgerError('BAD_SUBMISSION', `${JSON.stringify(instant)} is ${INSTANT_WORDS}`);
  return seconds;
}

/** @throws LedgerError BAD_SUBMISSION, or BAD_RECORD or TOO_LARGE of its records, with every fault and its place */
export function parseSubmission(value: unknown): SignedSubmission {
  return runToEnd(parsingSubmission(value));
}

/**
 * {@link parseSubmission} in steps: stops after each record, so that a service can serve others in between. Counts are held
 * to their bounds before anything is read by a schema, and reading ends at {@link MOST_FAULTS}.
 */
export function* parsingSubmission(value: unknown): Steps<SignedSubmission> {
  assertCounts(value);
  const result = envelopeSchema.safeParse(value);
  if (!result.success) {
    throw new LedgerError('BAD_SUBMISSION', 'the submission is not well formed', {
      faults: faultsOf('BAD_SUBMISSION', result.error).slice(0, MOST_FAULTS),
    });
  }
  return { ...result.data, records: yield* parsingRecords(result.data.records) };
}

/** Members of an envelope that are not known are listed by the schema; of so many they would fill a book. */
const MOST_MEMBERS = 100;

function assertCounts(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (Object.keys(value).length > MOST_MEMBERS)
    throw new LedgerError('BAD_SUBMISSION', `a submission has no more than ${MOST_MEMBERS} members`);
  const records: unknown = Reflect.get(value, 'records');
  if (!Array.isArray(records) || records.length <= maxRecordsPerSubmission) return;
  const message = `${records.length} records, at most ${maxRecordsPerSubmission} are possible`;
  const faults = [{ path: '/records', code: 'BAD_SUBMISSION', message }] as const;
  throw new LedgerError('BAD_SUBMISSION', message, { faults });
}

function* parsingRecords(values: readonly unknown[]): Steps<LedgerRecord[]> {
  const faults: Fault[] = [];
  const records: LedgerRecord[] = [];
  for (const [index, value] of values.entries()) {
    try {
      assertBounded(value);
      records.push(parseRecord(value));
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      for (const fault of ownFaults(error)) faults.push({ ...fault, path: `/records/${index}${fault.path}` });
    }
    if (faults.length >= MOST_FAULTS) break;
    yield;
  }
  const [first] = faults;
  if (first === undefined) return records;
  throw new LedgerError(first.code, 'records are not well formed', { faults: faults.slice(0, MOST_FAULTS) });
}

function ownFaults({ faults, code, message }: LedgerError): readonly Fault[] {
  return faults.length > 0 ? faults : [{ path: '', code, message }];
}

export function formatSubmissionId(digest: Uint8Array): string {
  return `sub:${toHex(digest)}`;
}

/** RFC 6962 root over the records' leaf hashes. */
export function recordsRoot(leafHashes: readonly Uint8Array[]): Uint8Array {
  return rootOf(leafHashes);
}

export function digestOf(
  body: Pick<SignedSubmission, 'ledger' | 'party' | 'signedAt'>,
  leafHashes: readonly Uint8Array[],
): Uint8Array {
  return submissionDigest({
    ledger: body.ledger,
    party: body.party,
    recordsRoot: recordsRoot(leafHashes),
    recordCount: leafHashes.length,
    signedAt: unixSeconds(body.signedAt),
  });
}

function boundedLeafHash(recordText: string, index: number): Uint8Array {
  const { hash, size } = leafOfText(recordText);
  if (size <= maxRecordBytes) return hash;
  const message = `the record has ${size} bytes, at most ${maxRecordBytes} are possible`;
  throw new LedgerError('TOO_LARGE', message, { faults: [{ path: `/records/${index}`, code: 'TOO_LARGE', message }] });
}

/**
 * Encodes and hashes a submission once, for all who need its texts, leaves, digest or id.
 * @throws LedgerError TOO_LARGE for a record that the log could not hold
 */
export function digestSubmission(submission: SignedSubmission): DigestedSubmission {
  return runToEnd(digestingSubmission(submission));
}

/** {@link digestSubmission} in steps: stops after each record. */
export function* digestingSubmission(submission: SignedSubmission): Steps<DigestedSubmission> {
  const recordTexts: string[] = [];
  const leafHashes: Uint8Array[] = [];
  for (const [index, record] of submission.records.entries()) {
    const text = canonicalize(record);
    recordTexts.push(text);
    leafHashes.push(boundedLeafHash(text, index));
    yield;
  }
  const digest = digestOf(submission, leafHashes);
  return { submission, recordTexts, leafHashes, digest, id: formatSubmissionId(digest) };
}

/** Canonical JSON of a submission, joined from the texts of its records: members in the order of RFC 8785. */
export function submissionText({
  submission,
  recordTexts,
}: Pick<DigestedSubmission, 'submission' | 'recordTexts'>): string {
  const { keyId, ledger, party, schema, signature, signedAt, suite } = submission;
  const head = canonicalize({ keyId, ledger, party }).slice(0, -1);
  const tail = canonicalize({ schema, signature, signedAt, suite }).slice(1);
  return `${head},"records":[${recordTexts.join(',')}],${tail}`;
}
