import { z } from 'zod';
import { doubtNames, signatureSuites, type SignedSubmission } from '@carbon-ledger/core';
import {
  decimalOrNull,
  earlierAnchor,
  fault,
  figure,
  instant,
  keyText,
  mark,
  record,
  recordId,
  recordStatus,
  sha256Text,
  submissionId,
  uscc,
} from './schemas';

/*
 * What the service answers with beside records: proofs and what is computed from them, field by field. A schema with an id
 * is a named type of the interface (`components.schemas`), so that generated clients have one class of it, not many.
 */

const hex32 = z.string().regex(/^[0-9a-f]{64}$/, 'not 64 hex digits');
const decimalDigits = z.string().regex(/^(?:0|[1-9][0-9]{0,19})$/, 'not a number in decimal digits');
/** Hashes in a row, lowest sibling first, as one text. */
const path = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/, 'not base64');
const chainContract = { chainId: decimalDigits, contract: z.string().regex(/^0x[0-9a-f]{40}$/) };

/** In JSON Schema: a decimal number as text, or null. */

export const figuresByRecord = z.record(recordId, z.array(figure).max(2000)).meta({
  id: 'FiguresByRecord',
  description: 'Private figures by record id; they travel as transient data and never stand in a block',
});

/** What `parseSubmission` of core reads strictly, with every fault: told here, looked at there. */
const submissionShape = {
  schema: { type: 'string', const: 'carbon-ledger/submission/v1' },
  ledger: { type: 'string', pattern: '^[0-9a-f]{64}$' },
  party: { type: 'string', pattern: '^[0-9A-Z]{18}$' },
  keyId: { type: 'string', pattern: '^(?:0x[0-9a-f]{40}|sm2:[0-9a-f]{64})$' },
  suite: { type: 'string', enum: [...signatureSuites] },
  signedAt: { type: 'string', format: 'date-time' },
  records: { type: 'array', minItems: 1, maxItems: 1000, items: { $ref: '#/components/schemas/Record' } },
  signature: { type: 'string', pattern: '^0x[0-9a-f]+$', maxLength: 400 },
} as const;

export const signedSubmission = z
  .custom<SignedSubmission>((value) => typeof value === 'object' && value !== null)
  .meta({
    id: 'SignedSubmission',
    type: 'object',
    description: 'Records of one party, signed once (docs/formats/submission.md)',
    properties: submissionShape,
    required: Object.keys(submissionShape),
    additionalProperties: false,
  });

export const receipt = z
  .strictObject({
    schema: z.literal('carbon-ledger/receipt/v1'),
    ledger: hex32,
    record,
    submission: z.strictObject({
      party: uscc,
      keyId: z.string(),
      suite: z.enum(signatureSuites),
      signedAt: instant,
      signature: z.string(),
      recordCount: z.int().min(1),
      recordIndex: z.int().min(0),
      path,
    }),
    signer: z.strictObject({ record, logIndex: decimalDigits, path }),
    logIndex: decimalDigits,
    path,
    checkpoint: z.string(),
    txId: hex32,
    blockNumber: decimalDigits,
    policyId: z.string().regex(/^pol:[0-9a-f]{64}$/),
    timestamp: z.string().optional(),
    anchor: z.strictObject({ ...chainContract, transaction: z.string() }).optional(),
  })
  .meta({ id: 'Receipt', description: 'Receipt of a record, verified offline (docs/formats/receipt.md)' });
export type ReceiptView = z.infer<typeof receipt>;

export const policy = z
  .strictObject({
    schema: z.enum(['carbon-ledger/policy/v1', 'carbon-ledger/policy/v2']),
    ledgerId: hex32,
    origin: z.string(),
    logKey: z.string(),
    retiredLogKeys: z.array(z.strictObject({ logKey: z.string(), size: decimalDigits })).optional(),
    witnesses: z.array(z.string()),
    quorum: z.int().min(0),
    timestampRoots: z.array(z.string()).optional(),
    anchor: z.strictObject(chainContract).optional(),
    earlier: z.strictObject({ ledgerId: hex32, size: decimalDigits }).optional(),
  })
  .meta({ id: 'Policy', description: 'What a verifier pins once and keeps (docs/formats/receipt.md)' });

const statement = z.object({ id: z.string(), en: z.string(), zh: z.string() });

export const receiptVerdict = z
  .object({
    result: z.enum(['PASS', 'FAIL', 'PENDING']),
    code: z.string().optional(),
    message: z.string().optional(),
    missing: z.array(z.string()),
    steps: z.array(z.object({ name: z.string(), outcome: z.enum(['ok', 'not-asked', 'pending', 'failed']) })),
    record: z.looseObject({ id: recordId, key: keyText }).optional(),
    proves: z.array(statement),
    doesNotProve: z.array(statement),
    /** How its record stands on this ledger now: a receipt passes for ever. Absent where it failed, or is of another ledger. */
    standing: z
      .object({ status: recordStatus, state: z.string(), doubts: z.array(z.enum(doubtNames)).optional() })
      .optional(),
  })
  .meta({ id: 'ReceiptVerdict', description: 'What became of checking a receipt, step by step' });

const traceBreak = z
  .object({ figure: z.string(), step: z.string(), expected: decimalOrNull, got: decimalOrNull })
  .meta({ id: 'TraceBreak', description: 'The figure at which a chain breaks, and how' });

const traceDoubt = z
  .object({ figure: z.string(), step: z.enum(['questioned', 'under-finding']), by: keyText.optional() })
  .meta({ id: 'TraceDoubt', description: 'A record on the path that stands, and whose word is in doubt' });

const traceNode = z
  .object({
    figure: z.string(),
    record: z.string(),
    /** Null where it is not open to the caller. */
    value: decimalOrNull,
    unit: z.string().nullable(),
    formula: z.string().optional(),
    expression: z.string().optional(),
    recomputed: z.string().optional(),
    party: z.string(),
    anchoredAt: z.string(),
    status: recordStatus,
    state: z.string(),
    marks: z.array(mark).optional(),
    earlier: z.object({ ledger: z.string(), anchoredAt: instant }).optional(),
    documents: z.array(z.object({ name: z.string(), sha256: sha256Text, place: z.string().optional() })),
    hidden: z.literal(true).optional(),
  })
  .meta({ id: 'TraceNode', description: 'A figure of a trace, with what computing it anew gave' });

export const trace = z
  .object({
    figure: z.string(),
    value: decimalOrNull,
    unit: z.string().nullable(),
    /** `questioned`: a record on the path is in doubt. `undecidable`: not every step is open to the caller; those that are hold. */
    status: z.enum(['intact', 'broken', 'questioned', 'undecidable']),
    breaks: z.array(traceBreak),
    doubts: z.array(traceDoubt).optional(),
    nodes: z.array(traceNode),
    /** From an input to what is computed from it. */
    edges: z.array(z.object({ from: z.string(), to: z.string() })),
    /** Figures that were not computed anew, because they or their inputs are not open to the caller. */
    hidden: z.int().min(0),
  })
  .meta({ id: 'Trace', description: 'A figure with all that it rests on, computed anew' });

export const submissionStatus = z
  .object({
    submission: submissionId,
    /** accepted: taken, not yet committed · unknown: sent, outcome not known (resolved by txId) */
    state: z.enum(['accepted', 'committed', 'refused', 'unknown']),
    txId: z.string().optional(),
    blockNumber: z.string().optional(),
    anchoredAt: instant.optional(),
    records: z.array(z.object({ record: recordId, key: keyText, logIndex: z.int().min(0).optional() })),
    refusal: z.object({ code: z.string(), message: z.string(), faults: z.array(fault) }).optional(),
    /** With wait=proven: the receipt of each record, in order. */
    receipts: z.array(receipt).optional(),
  })
  .meta({ id: 'SubmissionStatus' });
export type SubmissionStatus = z.infer<typeof submissionStatus>;

export const committedSubmission = z
  .object({
    submission: signedSubmission,
    txId: z.string(),
    blockNumber: z.string(),
    anchoredAt: instant,
    /** Log index of its first record; the others follow. */
    first: z.int().min(0),
    earlier: earlierAnchor.optional(),
    /** With include=figures: private figures that are open to the caller, by record id. */
    figures: figuresByRecord,
    /** Records whose private figures are not shown here. */
    hidden: z.array(recordId),
  })
  .meta({ id: 'CommittedSubmission' });
export type CommittedSubmission = z.infer<typeof committedSubmission>;
