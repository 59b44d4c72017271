import { z } from 'zod';
import { isHex, toHex } from '../bytes';
import { LedgerError } from '../errors';
import { boundedTree, leafHash } from '../merkle';
import { parseRecord, recordBytes, usccSchema, type LedgerRecord } from '../records';
import { faultsOf } from '../validation';
import { submissionDigest } from './typed-data';

export const maxRecordsPerSubmission = 1000;

const instantPattern = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/;

export const signatureSuites = ['eip712-secp256k1', 'sm2-sm3'] as const;
export type SignatureSuite = (typeof signatureSuites)[number];

const envelopeSchema = z.strictObject({
  schema: z.literal('carbon-ledger/submission/v1'),
  ledger: z.string().refine((text) => isHex(text, 32), 'not a ledger id'),
  party: usccSchema,
  keyId: z.string().regex(/^(?:0x[0-9a-f]{40}|sm2:[0-9a-f]{64})$/),
  suite: z.enum(signatureSuites),
  signedAt: z.string().regex(instantPattern, 'not an instant (2026-01-31T08:00:00Z)'),
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

/** A submission with what is derived from it once: leaf hashes, digest, id. */
export interface DigestedSubmission {
  readonly submission: SignedSubmission;
  readonly leafHashes: readonly Uint8Array[];
  readonly digest: Uint8Array;
  readonly id: string;
}

export function unixSeconds(instant: string): number {
  const millis = Date.parse(instant);
  if (!instantPattern.test(instant) || Number.isNaN(millis))
    throw new LedgerError('BAD_SUBMISSION', `${instant} is not an instant`);
  return millis / 1000;
}

/** @throws LedgerError BAD_SUBMISSION, or BAD_RECORD, with every fault and its place */
export function parseSubmission(value: unknown): SignedSubmission {
  const result = envelopeSchema.safeParse(value);
  if (!result.success) {
    throw new LedgerError('BAD_SUBMISSION', 'the submission is not well formed', {
      faults: faultsOf('BAD_SUBMISSION', result.error),
    });
  }
  return { ...result.data, records: parseRecords(result.data.records) };
}

function parseRecords(values: readonly unknown[]): LedgerRecord[] {
  const faults: LedgerError['faults'][number][] = [];
  const records = values.flatMap((value, index) => {
    try {
      return [parseRecord(value)];
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      faults.push(...error.faults.map((fault) => ({ ...fault, path: `/records/${index}${fault.path}` })));
      return [];
    }
  });
  if (faults.length > 0) throw new LedgerError('BAD_RECORD', 'records are not well formed', { faults });
  return records;
}

export function formatSubmissionId(digest: Uint8Array): string {
  return `sub:${toHex(digest)}`;
}

/** RFC 6962 root over the records' leaf hashes. */
export function recordsRoot(leafHashes: readonly Uint8Array[]): Uint8Array {
  return boundedTree(leafHashes).root;
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

/** An entry bundle of the log (C2SP tlog-tiles) gives the length of an entry 16 bits. */
const maxRecordBytes = 65_535;

function boundedLeafHash(record: LedgerRecord, index: number): Uint8Array {
  const bytes = recordBytes(record);
  if (bytes.length <= maxRecordBytes) return leafHash(bytes);
  const message = `the record has ${bytes.length} bytes, at most ${maxRecordBytes} are possible`;
  throw new LedgerError('TOO_LARGE', message, { faults: [{ path: `/records/${index}`, code: 'TOO_LARGE', message }] });
}

/**
 * Hashes a submission once, for all who need its leaves, digest or id.
 * @throws LedgerError TOO_LARGE for a record that the log could not hold
 */
export function digestSubmission(submission: SignedSubmission): DigestedSubmission {
  const leafHashes = submission.records.map(boundedLeafHash);
  const digest = digestOf(submission, leafHashes);
  return { submission, leafHashes, digest, id: formatSubmissionId(digest) };
}
