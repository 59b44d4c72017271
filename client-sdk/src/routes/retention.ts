import { MOST_PURGED, RETENTION_YEARS, signatureSuites } from '@carbon-ledger/core';
import { z } from 'zod';
import { defineRoute } from './route';
import { countInQuery, instant, integerInQuery } from './schemas';

const txId = z.string().regex(/^[0-9a-f]{64}$/);

const wholeSeconds = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, 'not an RFC 3339 time in whole seconds, UTC');

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
      signedAt: wholeSeconds,
      keyId: z.string().max(100),
      suite: z.enum(signatureSuites),
      signature: z.string().regex(/^0x[0-9a-f]{128,130}$/),
    }),
    answer: z.object({ txId, blockNumber: z.string() }),
    statuses: [201],
    problems: [
      'FORBIDDEN',
      'PARTY_ENDED',
      'PARTY_SUSPENDED',
      'KEY_UNKNOWN',
      'KEY_NOT_VALID',
      'SIGNATURE_INVALID',
      'SIGNED_TIME_OUT_OF_RANGE',
      'RETENTION_RUNNING',
      'NOT_FOUND',
      'WRONG_MSP',
      'NOT_SENT',
      'OUTCOME_UNKNOWN',
      'COMMIT_INVALID',
    ],
    example: {
      body: {
        years: RETENTION_YEARS,
        transactions: ['0'.repeat(64)],
        signedAt: '2031-01-31T08:00:00Z',
        keyId: `0x${'0'.repeat(40)}`,
        suite: 'eip712-secp256k1',
        signature: `0x${'0'.repeat(130)}`,
      },
    },
  }),
};
