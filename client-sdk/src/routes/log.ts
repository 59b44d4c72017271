import { z } from 'zod';
import { defineRoute } from './route';
import { policy } from './models';
import { bytes, countInQuery, instant, recordStatus } from './schemas';

/** The ledger whose records this one took over at its founding. */
const earlierLedger = z.object({
  ledger: z.string(),
  /** C2SP vkey of its log. */
  logKey: z.string(),
  /** Its last checkpoint, a signed note: the first records of this log are under it. */
  checkpoint: z.string(),
  size: z.int().min(1),
  /** Whether all of them have come in. */
  complete: z.boolean(),
});

const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const logRoutes = {
  getLedger: defineRoute({
    method: 'GET',
    path: '/v1/ledger',
    tag: 'log',
    access: 'anyone',
    summary: { en: 'Which ledger this is, and how far it stands', zh: '账本标识与进度' },
    answer: z.object({
      ledger: hash,
      /** The founding authority. */
      founder: z.string(),
      trial: z.boolean(),
      channel: z.string(),
      organisation: z.string(),
      deployment: z.string(),
      version: z.string(),
      /** Number of blocks that were read. */
      height: z.string(),
      logSize: z.int().min(0),
      checkpoint: z.string().optional(),
      checkpointAt: instant.optional(),
      earlier: earlierLedger.optional(),
    }),
  }),
  getPolicy: defineRoute({
    method: 'GET',
    path: '/v1/ledger/policy',
    tag: 'log',
    access: 'anyone',
    summary: { en: 'Verification policy, to be pinned once and kept', zh: '核验策略（一次固定，长期保存）' },
    answer: policy,
    problems: ['NOT_READY'],
  }),
  getCheckpoint: defineRoute({
    method: 'GET',
    path: '/v1/log/checkpoint',
    tag: 'log',
    access: 'anyone',
    summary: { en: 'Signed checkpoint (C2SP tlog-checkpoint)', zh: '已签名检查点' },
    /** `policy`: the last one with the cosignatures that the policy asks for · `newest`: the last one that the log signed. */
    query: z.strictObject({ of: z.enum(['policy', 'newest']).default('policy') }),
    answer: z.string(),
    mediaType: 'text/plain; charset=utf-8',
    problems: ['NOT_READY', 'ROLLED_BACK'],
  }),
  getCosignedCheckpoint: defineRoute({
    method: 'GET',
    path: '/v1/log/checkpoint/cosigned',
    tag: 'log',
    access: 'anyone',
    summary: { en: 'Last checkpoint that enough organisations cosigned', zh: '已达见证数的最近检查点' },
    answer: z.string(),
    mediaType: 'text/plain; charset=utf-8',
    problems: ['NOT_READY', 'NOT_FOUND'],
  }),
  getCosigners: defineRoute({
    method: 'GET',
    path: '/v1/log/cosigners',
    tag: 'log',
    access: 'anyone',
    summary: { en: 'What each organisation last cosigned, and whether this log agrees', zh: '各组织最近的见证签名' },
    answer: z.object({
      cosigners: z.array(
        z.object({
          organisation: z.string(),
          key: z.string(),
          size: z.string(),
          root: hash,
          agrees: z.boolean(),
          sharesKey: z.boolean(),
        }),
      ),
    }),
  }),
  getInclusion: defineRoute({
    method: 'GET',
    path: '/v1/log/proof/inclusion',
    tag: 'log',
    access: 'anyone',
    summary: { en: 'Inclusion proof of a leaf (RFC 9162)', zh: '包含性证明' },
    query: z.strictObject({ index: countInQuery, size: countInQuery.optional() }),
    answer: z.object({ index: z.int(), size: z.int(), leafHash: hash, rootHash: hash, path: z.array(hash) }),
    problems: ['NOT_FOUND'],
    example: { query: { index: '0' } },
  }),
  getConsistency: defineRoute({
    method: 'GET',
    path: '/v1/log/proof/consistency',
    tag: 'log',
    access: 'anyone',
    summary: { en: 'Proof that one size of the log begins another (RFC 9162)', zh: '一致性证明' },
    query: z.strictObject({ from: countInQuery, to: countInQuery.optional() }),
    answer: z.object({ from: z.int(), to: z.int(), rootFrom: hash, rootTo: hash, path: z.array(hash) }),
    problems: ['NOT_FOUND'],
    example: { query: { from: '1' } },
  }),
  getTile: defineRoute({
    method: 'GET',
    path: '/v1/log/tile/{+path}',
    tag: 'log',
    access: 'anyone',
    summary: { en: 'Tile of the log (C2SP tlog-tiles)', zh: '日志瓦片' },
    params: z.strictObject({ path: z.string().max(120) }),
    answer: bytes,
    mediaType: 'application/octet-stream',
    caching: 'immutable',
    problems: ['NOT_FOUND'],
    example: { params: { path: '0/000.p/1' } },
  }),
  events: defineRoute({
    method: 'GET',
    path: '/v1/events',
    tag: 'log',
    access: 'anyone',
    summary: { en: 'Records as they are committed (server-sent events, resumable)', zh: '记录提交事件流（可续传）' },
    caching: 'none',
    query: z.strictObject({ from: countInQuery.optional() }),
    headers: z.object({
      'last-event-id': z
        .string()
        .regex(/^(?:0|[1-9][0-9]{0,14})$/, 'a Last-Event-ID is the log index of an event')
        .optional()
        .meta({ description: 'Log index of the last event that was seen: goes before `from`' }),
    }),
    answer: z.string(),
    mediaType: 'text/event-stream',
  }),
};

export const recordEvent = z.object({
  logIndex: z.int().min(0),
  record: z.string(),
  key: z.string(),
  type: z.string(),
  issuer: z.string(),
  subject: z.string(),
  txId: z.string(),
  blockNumber: z.string(),
  anchoredAt: instant,
  /** How records stand by it: first itself, then those that it acts on, then the version that it replaces. */
  changes: z.array(
    z.object({
      record: z.string(),
      key: z.string(),
      /** Code of its state; absent of a version that is replaced, whose state stays what it was. */
      state: z.string().optional(),
      status: recordStatus,
    }),
  ),
});
export type RecordEvent = z.infer<typeof recordEvent>;
