import { z } from 'zod';
import { toHex } from '../bytes';
import { canonicalBytes, canonicalize } from '../canonical';
import { LedgerError } from '../errors';
import { formatBusinessKey, kindPattern, periodPattern, typeOfKind, unitPattern, type Subject } from '../identifiers';
import { leafOfText } from '../merkle';
import { faultsOf } from '../validation';
import { recordIdSchema, usccSchema } from './fields';
import { figureTextSchema, figureNameSchema } from './figure';

/**
 * Every kind of thing that a party can put on the ledger. A new type is one line here and one file beside.
 */
export const recordTypeNames = [
  'party',
  'methodology',
  'parameter',
  'benchmark',
  'rule-edition',
  'rule-set',
  'emitter-list',
  'facility',
  'engagement',
  'quality-control-plan',
  'sample-receipt',
  'test-report',
  'monthly-evidence',
  'review',
  'annual-report',
  'nonconformity',
  'nonconformity-response',
  'verification-conclusion',
  'working-days',
  'verifier-assessment',
  'emission-factor',
  'product-footprint',
  'objection',
  'decision',
  'inspection',
  'finding',
  'handover',
  'rectification',
  'closure',
  'self-inspection',
  'screening-result',
  'explanation',
  'unit-change',
  'device-batch',
  'disclosure',
  'allowance-issuance',
  'allowance-credit',
  'allowance-transfer',
  'offset-application',
  'offset-confirmation',
  'ccer-lot',
  'ccer-freeze',
  'ccer-release',
  'ccer-sync',
  'ccer-cancellation',
  'ccer-reversal',
  'surrender',
  'offset-booking',
  'reconciliation',
  'clearing',
  'default',
  'supersession',
  'revocation',
] as const;
export type RecordType = (typeof recordTypeNames)[number];

const keySchema = z
  .string()
  .max(160)
  .regex(/^[0-9A-Z]{18}\/[A-Za-z0-9_-]{1,40}\/[0-9-]{1,7}\/[A-Za-z0-9._-]{1,92}$/, 'not a business key');

const documentSchema = z.strictObject({
  role: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  name: z.string().min(1).max(200),
  mediaType: z
    .string()
    .max(100)
    .regex(/^[a-z0-9.+-]+\/[a-z0-9.+-]+$/),
  /** Bytes, as decimal digits. */
  size: z.string().regex(/^(?:0|[1-9][0-9]{0,14})$/),
  sha256: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  sm3: z.string().regex(/^sm3:[0-9a-f]{64}$/),
  /** Root over the salted cells of a table, so that one of them can be named or opened later; the values stay with the party. */
  cells: z
    .strictObject({ root: z.string().regex(/^[0-9a-f]{64}$/), count: z.string().regex(/^[1-9][0-9]{0,6}$/) })
    .exactOptional(),
});

const citationSchema = z.strictObject({
  role: z.string().regex(/^[a-z][a-z-]{0,39}$/),
  record: recordIdSchema,
  key: keySchema,
});

const totalSchema = z.strictObject({
  value: figureTextSchema,
  unit: z.string().max(40),
  formula: z.string().max(120).optional(),
});

/** The public part of a record. Its canonical bytes are the leaf of the log, so the record id is the leaf hash. */
export const recordSchema = z.strictObject({
  schema: z.literal('carbon-ledger/record/v1'),
  type: z.enum(recordTypeNames),
  issuer: usccSchema,
  subject: z.strictObject({
    uscc: usccSchema,
    unit: z.string().regex(unitPattern),
    period: z.string().regex(periodPattern),
  }),
  kind: z.string().regex(kindPattern),
  version: z.int().min(1).max(9999),
  cites: z.array(citationSchema).max(400),
  documents: z.array(documentSchema).max(200),
  totals: z.record(figureNameSchema, totalSchema),
  figuresRoot: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  readers: z.array(usccSchema).max(20).optional(),
  content: z.record(z.string().max(60), z.unknown()),
});

export type LedgerRecord = z.infer<typeof recordSchema>;
export type DocumentRef = z.infer<typeof documentSchema>;
export type Citation = z.infer<typeof citationSchema>;
export type Total = z.infer<typeof totalSchema>;

/** RFC 8785 bytes of a record: the leaf of the log. */
export function recordBytes(record: LedgerRecord): Uint8Array {
  return canonicalBytes(record);
}

export function recordLeafHash(record: LedgerRecord): Uint8Array {
  return leafOfText(canonicalize(record)).hash;
}

/** `rec:` and the RFC 6962 leaf hash of the record's bytes in hex: the same everywhere, and checkable by anybody. */
export function recordId(record: LedgerRecord): string {
  return formatRecordId(recordLeafHash(record));
}

export function formatRecordId(hash: Uint8Array): string {
  return `rec:${toHex(hash)}`;
}

export function businessKey(record: { readonly subject: Subject; readonly kind: string }): string {
  return formatBusinessKey(record.subject, record.kind);
}

/**
 * Reads the envelope of a record; the content is read by its type (`parseContent`).
 * @throws LedgerError BAD_RECORD with a fault for every bad field
 */
export function parseRecord(value: unknown): LedgerRecord {
  const result = recordSchema.safeParse(value);
  if (!result.success) {
    throw new LedgerError('BAD_RECORD', 'the record is not well formed', {
      faults: faultsOf('BAD_RECORD', result.error),
    });
  }
  if (typeOfKind(result.data.kind) !== result.data.type) {
    const message = `kind ${result.data.kind} is not of type ${result.data.type}`;
    throw new LedgerError('BAD_RECORD', message, { faults: [{ path: '/kind', code: 'BAD_RECORD', message }] });
  }
  // Not the copy: the schema changes nothing, and members that came in canonical order keep it.
  return value as LedgerRecord;
}
