import { MOST_PURGED, RETENTION_YEARS } from '@carbon-ledger/core';
import { z } from 'zod';
import { defineRoute } from './route';
import { countInQuery, instant, integerInQuery, orderFields, orderProblems } from './schemas';

const txId = z.string().regex(/^[0-9a-f]{64}$/);

/** Whoever keeps figures longer than the law asks for says how many years. */
const years = z.int().min(RETENTION_YEARS).max(100);

export const retentionRoutes = {
  getRetention: defineRoute({
    method: 'GET',
    path: '/v1/retention',
    tag: 'retention',
    access: 'party',
    summary: { en: 'Transactions whose private figures were kept long enough', zh: '保存期满的私有数据' },
    query: z.strictObject({
      years: integerInQuery(RETENTION_YEARS, 100).default(RETENTION_YEARS),
      from: countInQuery.default(0),
    }),
    answer: z.object({
      years: z.int(),
      transactions: z.array(z.object({ txId, anchoredAt: instant, records: z.int() })),
      /** Log index to go on from. */
      next: z.int().optional(),
    }),
    problems: ['FORBIDDEN'],
  }),
  purgeFigures: defineRoute({
    method: 'POST',
    path: '/v1/retention/purges',
    tag: 'retention',
    access: 'party',
    summary: { en: 'Purge private figures whose retention is over', zh: '清除保存期满的私有数据' },
    /** Signed by the founding authority (core's `signPurge`), over the ids in ascending order: a session is not enough. */
    body: z.strictObject({
      years,
      transactions: z.array(txId).min(1).max(MOST_PURGED),
      ...orderFields,
    }),
    answer: z.object({ txId, blockNumber: z.string() }),
    statuses: [201],
    problems: [
      'FORBIDDEN',
      ...orderProblems,
      'RETENTION_RUNNING',
      'NOT_FOUND',
      'WRONG_MSP',
      'NOT_SENT',
      'OUTCOME_UNKNOWN',
      'COMMIT_INVALID',
    ],
  }),
};
