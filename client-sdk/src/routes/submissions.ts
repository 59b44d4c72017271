import { z } from 'zod';
import { figureSchema, type SignedSubmission } from '@carbon-ledger/core';
import { defineRoute } from './route';
import {
  countInQuery,
  earlierAnchor,
  exampleSubmission,
  fault,
  instant,
  keyText,
  recordId,
  submissionId,
} from './schemas';

/** Read strictly by core's parseSubmission, with every fault; here only its place in the body is fixed. */
const signedSubmission = z
  .custom<SignedSubmission>((value) => typeof value === 'object' && value !== null)
  .meta({
    type: 'object',
    description: 'SignedSubmission (carbon-ledger/submission/v1), signed by its party with EIP-712',
  });

const figuresByRecord = z.record(recordId, z.array(figureSchema).max(2000)).meta({
  description: 'Private figures by record id; they travel as transient data and never stand in a block',
});

const submissionStatus = z.object({
  submission: submissionId,
  /** accepted: taken, not yet committed · unknown: sent, outcome not known (resolved by txId) */
  state: z.enum(['accepted', 'committed', 'refused', 'unknown']),
  txId: z.string().optional(),
  blockNumber: z.string().optional(),
  anchoredAt: instant.optional(),
  records: z.array(z.object({ record: recordId, key: keyText, logIndex: z.int().min(0).optional() })),
  refusal: z.object({ code: z.string(), message: z.string(), faults: z.array(fault) }).optional(),
  /** With wait=proven: receipt.v1 of each record, in order. */
  receipts: z.array(z.unknown()).optional(),
});
export type SubmissionStatus = z.infer<typeof submissionStatus>;

const submissionAnswer = z.object({ submissions: z.array(submissionStatus) });

const committedSubmission = z.object({
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
});
export type CommittedSubmission = z.infer<typeof committedSubmission>;

const SUBMISSION_BODY_LIMIT = 24 * 1024 * 1024;

export const submissionRoutes = {
  submit: defineRoute({
    method: 'POST',
    path: '/v1/submissions',
    tag: 'submissions',
    access: 'anyone',
    summary: { en: 'Anchor signed submissions', zh: '锚定已签名的提交' },
    query: z.strictObject({ wait: z.enum(['accepted', 'committed', 'proven']).default('committed') }),
    body: z.strictObject({
      submissions: z
        .array(z.strictObject({ submission: signedSubmission, figures: figuresByRecord }))
        .min(1)
        .max(1000),
    }),
    answer: submissionAnswer,
    statuses: [201, 202],
    bodyLimit: SUBMISSION_BODY_LIMIT,
    problems: ['BAD_SUBMISSION', 'BAD_RECORD', 'TOO_LARGE', 'IDEMPOTENCY_CONFLICT', 'NOT_SENT', 'COMMIT_INVALID'],
    example: { query: { wait: 'committed' } },
  }),
  listSubmissions: defineRoute({
    method: 'GET',
    path: '/v1/submissions',
    tag: 'submissions',
    access: 'optional',
    summary: { en: 'Committed submissions, whole, in log order', zh: '按日志顺序列出已提交内容（完整）' },
    query: z.strictObject({
      /** Log index to begin at. */
      from: countInQuery.default(0),
      limit: z.coerce.number().int().min(1).max(500).default(50),
      include: z.enum(['figures']).optional(),
    }),
    answer: z.object({
      items: z.array(committedSubmission),
      /** Log index at which the next page begins; absent at the end of the log. */
      next: z.int().min(0).optional(),
    }),
    example: { query: { from: '0', limit: '2' } },
  }),
  getSubmission: defineRoute({
    method: 'GET',
    path: '/v1/submissions/{id}',
    tag: 'submissions',
    access: 'anyone',
    summary: { en: 'What became of a submission', zh: '查询提交状态' },
    params: z.strictObject({ id: submissionId }),
    answer: submissionStatus,
    problems: ['NOT_FOUND'],
    example: { params: { id: exampleSubmission } },
  }),
};
