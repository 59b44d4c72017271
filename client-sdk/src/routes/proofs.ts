import { z } from 'zod';
import { extents } from '@carbon-ledger/core';
import { defineRoute } from './route';
import { receipt, receiptVerdict, trace } from './models';
import {
  bytes,
  dayOrInstant,
  earlierAnchor,
  exampleRecord,
  figureName,
  integerInQuery,
  instant,
  keyText,
  recordId,
  recordStatus,
  sha256Text,
  sm3Text,
  uscc,
} from './schemas';

/** 一致 · 一致但记录已失效 · 一致但记录存疑 · 不一致 · 未找到 · 无法判定 */
export const verdict = z.enum([
  'consistent',
  'no-longer-stands',
  'questioned',
  'inconsistent',
  'not-found',
  'undecidable',
]);

/** A record that changed how another stands: who filed it, when, and the reasons given. */
const cause = z.object({ record: recordId, type: z.string(), party: uscc, at: instant, why: z.string() });

const verificationItem = z
  .strictObject({
    /** File name, if known: a known name with another digest is 不一致 rather than 未找到. */
    name: z.string().max(400).optional(),
    role: z.string().max(40).optional(),
    sha256: sha256Text.optional(),
    sm3: sm3Text.optional(),
    /** Only records of this one are meant. */
    record: recordId.optional(),
    /** Only records about this party are meant. */
    party: uscc.optional(),
  })
  .refine((item) => item.sha256 !== undefined || item.sm3 !== undefined, 'give sha256, sm3 or both');
export type VerificationItem = z.infer<typeof verificationItem>;

/** A file of a folder that is to be certified: its path below the folder, its bytes, its digests. */
const listedFile = z.strictObject({
  path: z.string().min(1).max(400),
  size: z.int().min(0),
  sha256: sha256Text,
  sm3: sm3Text,
});

const verificationAnswer = z.object({
  verdict,
  verdictZh: z.string(),
  reason: z.string(),
  name: z.string().optional(),
  record: recordId.optional(),
  key: keyText.optional(),
  /** Who signed the record. */
  party: uscc.optional(),
  anchoredAt: instant.optional(),
  earlier: earlierAnchor.optional(),
  status: recordStatus.optional(),
  /** Code of the record's state in the process of its type. */
  state: z.string().optional(),
  /** Where the record does not stand: what ended it. */
  ended: cause.optional(),
  /** Where it stands and is doubted: by what. */
  questioned: cause.optional(),
  /** What stands on the ledger where the file differs. */
  anchored: z.object({ name: z.string(), sha256: sha256Text, sm3: sm3Text }).optional(),
  /** Other records that name the very same file, whatever the question was narrowed to: at most 20, current ones first. */
  also: z
    .array(z.object({ record: recordId, key: keyText, party: uscc, anchoredAt: instant, status: recordStatus }))
    .optional(),
});
export type VerificationAnswer = z.infer<typeof verificationAnswer>;

const traceFormat = {
  /** Before what is accepted; without either JSON. */
  format: z.enum(['json', 'prov', 'provn', 'svg', 'pdf']).optional(),
  /** Of a PDF, which is for people. */
  language: z.enum(['zh', 'en']).default('zh'),
  /** Levels below the figure that an SVG draws; all of them where it is not said. */
  depth: integerInQuery(0, 999).optional(),
  /** As it was believed at the end of this day (Asia/Shanghai), or at this instant. */
  asOf: dayOrInstant.optional(),
};

export const proofRoutes = {
  getReceipt: defineRoute({
    method: 'GET',
    path: '/v1/records/{id}/receipt',
    tag: 'proofs',
    access: 'anyone',
    summary: { en: 'Receipt of a record, to be verified offline', zh: '记录的离线可验证回执' },
    params: z.strictObject({ id: recordId }),
    /** `earlier`: under the last checkpoint of the ledger that the record came from, for who pinned the policy of that one. */
    query: z.strictObject({ log: z.enum(['own', 'earlier']).default('own') }),
    answer: receipt,
    problems: ['NOT_FOUND', 'NOT_READY'],
    example: { params: { id: exampleRecord } },
  }),
  getCertificate: defineRoute({
    method: 'GET',
    path: '/v1/records/{id}/certificate',
    tag: 'proofs',
    access: 'anyone',
    summary: {
      en: 'Certificate of a record as PDF/A-3, its receipt inside',
      zh: '记录的存证证书（PDF/A-3，内附回执）',
    },
    params: z.strictObject({ id: recordId }),
    query: z.strictObject({ language: z.enum(['zh', 'en']).default('zh') }),
    answer: bytes,
    mediaType: 'application/pdf',
    problems: ['NOT_FOUND', 'NOT_READY'],
    example: { params: { id: exampleRecord } },
  }),
  certifyFolder: defineRoute({
    method: 'POST',
    path: '/v1/certificates',
    tag: 'proofs',
    access: 'anyone',
    summary: {
      en: 'One certificate for a folder: its files by their digests, and the receipts of the records that name them',
      zh: '整个文件夹的一份存证证书：列出各文件摘要，内附相应记录的回执',
    },
    query: z.strictObject({ language: z.enum(['zh', 'en']).default('zh') }),
    body: z.strictObject({
      /** Name of the folder, as it stands on the certificate. */
      name: z.string().min(1).max(200),
      files: z.array(listedFile).min(1).max(2000),
    }),
    answer: bytes,
    mediaType: 'application/pdf',
    bodyLimit: 2 * 1024 * 1024,
    problems: ['BAD_FILE', 'NOT_READY'],
    example: {
      body: {
        name: '2024-09',
        files: [{ path: '报告.pdf', size: 7, sha256: `sha256:${'0'.repeat(64)}`, sm3: `sm3:${'0'.repeat(64)}` }],
      },
    },
  }),
  makePaper: defineRoute({
    method: 'POST',
    path: '/v1/papers',
    tag: 'proofs',
    access: 'party',
    summary: {
      en: 'A reconciliation or a signed inspection report as a paper for people (PDF/A-3); nothing of it is kept',
      zh: '将对账结果或已签名的检查报告制成 PDF（PDF/A-3）；服务端不留存',
    },
    query: z.strictObject({ language: z.enum(['zh', 'en']).default('zh') }),
    body: z.strictObject({
      of: z.enum(['reconciliation', 'inspection']),
      /** The report as `reconcile -o` and `inspect report -o` write it: it is attached whole. */
      report: z.record(z.string(), z.unknown()),
    }),
    answer: bytes,
    mediaType: 'application/pdf',
    bodyLimit: 8 * 1024 * 1024,
    problems: ['BAD_FILE', 'PROOF_MALFORMED'],
    example: { body: { of: 'reconciliation', report: { schema: 'carbon-ledger/reconciliation/v1' } } },
  }),
  getReceipts: defineRoute({
    method: 'POST',
    path: '/v1/receipts',
    tag: 'proofs',
    access: 'anyone',
    summary: { en: 'Receipts of many records, all under one checkpoint', zh: '多条记录在同一检查点下的回执' },
    body: z.strictObject({ records: z.array(recordId).min(1).max(500) }),
    answer: z.object({ receipts: z.array(receipt) }),
    problems: ['NOT_FOUND', 'NOT_READY'],
    example: { body: { records: [exampleRecord] } },
  }),
  prove: defineRoute({
    method: 'POST',
    path: '/v1/proofs',
    tag: 'proofs',
    access: 'optional',
    summary: { en: 'Proof of one figure and its path, the rest hidden', zh: '单一数据项及其路径的证明（其余不公开）' },
    body: z.strictObject({ figure: z.string().max(300), extent: z.enum(extents).default('full') }),
    answer: bytes,
    mediaType: 'application/octet-stream',
    problems: [
      'BAD_FIGURE_ADDRESS',
      'NOT_FOUND',
      'FIGURE_NOT_FOUND',
      'FIGURES_AWAITED',
      'FIGURES_ELSEWHERE',
      'PROOF_OVERSIZED',
      'NOT_READY',
    ],
    example: { body: { figure: '91140000MA0FAKE01X/PLANT/2024/annual-report#emission_tCO2' } },
  }),
  verify: defineRoute({
    method: 'POST',
    path: '/v1/verifications',
    tag: 'proofs',
    access: 'anyone',
    summary: { en: 'Compare digests of files, or check receipts', zh: '比对文件摘要或核验回执' },
    body: z.strictObject({
      items: z.array(verificationItem).max(10_000).default([]),
      receipts: z.array(z.unknown()).max(100).default([]),
    }),
    answer: z.object({ items: z.array(verificationAnswer), receipts: z.array(receiptVerdict) }),
    bodyLimit: 8 * 1024 * 1024,
    example: { body: { items: [{ name: 'report.csv', sha256: `sha256:${'0'.repeat(64)}` }] } },
  }),
  traceFigure: defineRoute({
    method: 'GET',
    path: '/v1/records/{id}/figures/{name}/trace',
    tag: 'proofs',
    access: 'optional',
    summary: { en: 'A figure, recomputed down to its sources', zh: '数据项溯源与重算' },
    params: z.strictObject({ id: recordId, name: figureName }),
    query: z.strictObject(traceFormat),
    answer: trace,
    alsoAs: ['image/svg+xml', 'application/pdf', 'text/provenance-notation'],
    problems: ['NOT_FOUND', 'FIGURE_NOT_FOUND', 'FIGURES_AWAITED', 'FIGURES_ELSEWHERE', 'FIGURES_PURGED'],
    example: { params: { id: exampleRecord, name: 'emission_tCO2' } },
  }),
  trace: defineRoute({
    method: 'GET',
    path: '/v1/trace',
    tag: 'proofs',
    access: 'optional',
    summary: { en: 'The same by figure address USCC/UNIT/PERIOD/KIND#figure', zh: '按数据项地址溯源' },
    query: z.strictObject({ figure: z.string().max(300), ...traceFormat }),
    answer: trace,
    alsoAs: ['image/svg+xml', 'application/pdf', 'text/provenance-notation'],
    problems: ['BAD_FIGURE_ADDRESS', 'FIGURE_NOT_FOUND', 'FIGURES_AWAITED', 'FIGURES_ELSEWHERE', 'FIGURES_PURGED'],
    example: { query: { figure: '91140000MA0FAKE01X/U2/2024-09/monthly-evidence#emission_tCO2' } },
  }),
};
