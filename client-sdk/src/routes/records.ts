import { doubtNames, partyKinds } from '@carbon-ledger/core';
import { z } from 'zod';
import { defineRoute } from './route';
import {
  anchoredRecord,
  businessKey,
  bytes,
  dayOrInstant,
  exampleRecord,
  exampleUscc,
  instant,
  keyText,
  markName,
  orderQuery,
  pageOf,
  pageQuery,
  partyStatus,
  period,
  recordId,
  recordStatus,
  recordType,
  stateCode,
  textQuery,
  timeQuery,
  unitCode,
  uscc,
} from './schemas';

const include = { include: z.enum(['figures']).optional() };

const recordFilter = {
  type: recordType.optional(),
  /** Business key: every version of it, newest last. */
  key: businessKey.optional(),
  /** The party that the record is about. */
  party: uscc.optional(),
  /** The party that signed it. */
  issuer: uscc.optional(),
  unit: unitCode.optional(),
  period: period.optional(),
  /** `sha256:…` or `sm3:…` of a document. */
  document: z
    .string()
    .regex(/^(?:sha256|sm3):[0-9a-f]{64}$/)
    .optional(),
  /** Records that cite this one. */
  cites: recordId.optional(),
  status: recordStatus.optional(),
  /** Code of the state in which the current version stands (docs/lifecycles.md). */
  state: stateCode.optional(),
  /** Only what bears this mark: late, signed with a key in other hands, held or filed under a freeze. */
  mark: markName.optional(),
  /** Somewhere in the record as it was signed, or in its business key; capitals count for nothing. */
  ...textQuery,
  ...timeQuery,
  /** Brought to where they stand since then, and until then; they come in the order of these changes. */
  changedSince: dayOrInstant.optional(),
  changedUntil: dayOrInstant.optional(),
  /** By business key, or as they were anchored; without it the order is that of the narrowest filter. */
  sort: z.enum(['key', 'anchored']).optional(),
  ...orderQuery,
};

/** As many records as one question about doubts may read: each costs what a record of a page costs. */
const keysAtOnce = 2000;

const head = z.object({
  key: keyText,
  record: recordId,
  version: z.int().min(1),
  status: recordStatus,
  /** Where it was asked: why its word is in doubt though it stands; absent where it is not. */
  doubts: z.array(z.object({ why: z.enum(doubtNames), by: keyText.optional() })).optional(),
});

const party = z
  .object({
    uscc,
    kind: z.string(),
    name: z.string(),
    region: z.string(),
    trial: z.boolean(),
    /** `ended` too where its registration was withdrawn. */
    status: partyStatus,
    record: recordId,
    anchoredAt: instant,
  })
  .meta({ id: 'Party', description: 'A registered party' });
export type PartyView = z.infer<typeof party>;

export const recordRoutes = {
  getRecord: defineRoute({
    method: 'GET',
    path: '/v1/records/{id}',
    tag: 'records',
    access: 'optional',
    summary: { en: 'One record', zh: '一条记录' },
    params: z.strictObject({ id: recordId }),
    query: z.strictObject(include),
    answer: anchoredRecord,
    problems: ['NOT_FOUND'],
    example: { params: { id: exampleRecord } },
  }),
  getRecordBytes: defineRoute({
    method: 'GET',
    path: '/v1/records/{id}/bytes',
    tag: 'records',
    access: 'anyone',
    summary: { en: 'Canonical bytes of a record: the leaf of the log', zh: '记录的规范字节（日志叶）' },
    params: z.strictObject({ id: recordId }),
    answer: bytes,
    mediaType: 'application/octet-stream',
    caching: 'immutable',
    problems: ['NOT_FOUND'],
    example: { params: { id: exampleRecord } },
  }),
  listRecords: defineRoute({
    method: 'GET',
    path: '/v1/records',
    tag: 'records',
    access: 'optional',
    summary: {
      en: 'Records by type, party, unit, period, state, time, text …',
      zh: '按类型、主体、机组、时期、状态、时间、文字等查询记录',
    },
    query: z.strictObject({ ...recordFilter, ...include, ...pageQuery }),
    answer: pageOf(anchoredRecord),
    alsoAs: ['text/csv'],
    example: { query: { party: exampleUscc, limit: '2' } },
  }),
  findHeads: defineRoute({
    method: 'POST',
    path: '/v1/heads',
    tag: 'records',
    access: 'anyone',
    summary: { en: 'Current record of each of these business keys', zh: '各业务键的当前记录' },
    body: z.strictObject({
      keys: z.array(keyText).min(1).max(keysAtOnce),
      /** Also tell of each that stands why its word is in doubt. */
      doubts: z.boolean().optional(),
    }),
    answer: z.object({ heads: z.array(head.nullable()) }),
    bodyLimit: 512 * 1024,
    example: { body: { keys: [`${exampleUscc}/U1/2024-01/monthly-evidence`] } },
  }),
  listParties: defineRoute({
    method: 'GET',
    path: '/v1/parties',
    tag: 'records',
    access: 'anyone',
    summary: { en: 'Registered parties', zh: '已登记主体' },
    query: z.strictObject({
      kind: z.enum(partyKinds).optional(),
      /** Leading digits of the region code (GB/T 2260). */
      region: z
        .string()
        .regex(/^[0-9]{1,6}$/, 'not the beginning of a region code')
        .optional(),
      /** Somewhere in the name or the code. */
      ...textQuery,
      status: partyStatus.optional(),
      /** When its registration in force was anchored. */
      ...timeQuery,
      /** By unified social credit code. */
      ...orderQuery,
      ...pageQuery,
    }),
    answer: pageOf(party),
    alsoAs: ['text/csv'],
  }),
  getParty: defineRoute({
    method: 'GET',
    path: '/v1/parties/{uscc}',
    tag: 'records',
    access: 'anyone',
    summary: { en: 'One registered party', zh: '一个已登记主体' },
    params: z.strictObject({ uscc }),
    answer: party,
    problems: ['PARTY_UNKNOWN'],
    example: { params: { uscc: exampleUscc } },
  }),
};
