import { z } from 'zod';
import { defineRoute } from './route';
import { committedSubmission, figuresByRecord, signedSubmission, submissionStatus } from './models';
import { judgedProblems } from './problems';
import {
  countInQuery,
  exampleSubmission,
  integerInQuery,
  orderQuery,
  recordStatus,
  recordType,
  submissionId,
  textQuery,
  timeQuery,
  uscc,
} from './schemas';

const submissionAnswer = z.object({ submissions: z.array(submissionStatus) });

const idempotencyHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, 'an Idempotency-Key is 1 to 255 printable characters')
    .optional()
    .meta({ description: 'Binds this request to its content: the same key with another body is refused' }),
});

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
    headers: idempotencyHeaders,
    problems: [
      ...judgedProblems,
      'IDEMPOTENCY_CONFLICT',
      'IDEMPOTENCY_IN_PROGRESS',
      'NOT_SENT',
      'ENDORSEMENT_FAILED',
      'COMMIT_INVALID',
      'NOT_READY',
      'UNREACHABLE',
    ],
    example: { query: { wait: 'committed' } },
  }),
  listSubmissions: defineRoute({
    method: 'GET',
    path: '/v1/submissions',
    tag: 'submissions',
    access: 'optional',
    summary: { en: 'Committed submissions, whole, in log order', zh: '按日志顺序列出已提交内容（完整）' },
    query: z.strictObject({
      /** Log index to begin at: that of the first record, or the last one where the newest come first. */
      from: countInQuery.optional(),
      limit: integerInQuery(1, 500).default(50),
      include: z.enum(['figures']).optional(),
      /** Who signed it. */
      party: uscc.optional(),
      /** One of its records is of this type. */
      type: recordType.optional(),
      /** One of its records stands so. */
      status: recordStatus.optional(),
      /** Somewhere in one of its records, or in its business key. */
      ...textQuery,
      ...timeQuery,
      /** As they were anchored; `desc`: newest first. */
      ...orderQuery,
    }),
    answer: z.object({
      items: z.array(committedSubmission),
      /** Log index at which the next page begins; absent at the end. A page may be short or empty and still have a next one. */
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
