import { z } from 'zod';
import { defineRoute } from './route';
import {
  day,
  exampleRecord,
  fault,
  figure,
  figureName,
  instant,
  keyText,
  period,
  record,
  recordId,
  recordType,
  unitCode,
  uscc,
} from './schemas';

const stated = z.record(z.string(), z.unknown());

const documentRef = z.strictObject({
  role: z.string().max(60),
  name: z.string().max(200),
  mediaType: z.string().max(120),
  size: z.string().max(20),
  sha256: z.string(),
  sm3: z.string(),
  /** Of a table: root over its salted cells, and their number (docs/formats/cells.md). */
  cells: z.strictObject({ root: z.string().max(64), count: z.string().max(7) }).exactOptional(),
});

const facts = z
  .strictObject({
    type: recordType,
    /** `type` or `type.label`; where it acts on a record, that gives it. */
    kind: z.string().max(80).optional(),
    /** Absent parts are those of `on`, else the party itself and none (`-`). */
    subject: z
      .strictObject({
        uscc: uscc.optional(),
        unit: unitCode.optional(),
        period: period.optional(),
      })
      .optional(),
    /** What it acts on, or is about: record id or business key. */
    on: keyText.optional(),
    content: stated.optional(),
    /** Stated figures, as decimal text; what the rules compute is left out. */
    figures: z.record(figureName, z.string().max(60)).optional(),
    /** By role, ids or business keys; roles that are not named are proposed. */
    cites: z.record(z.string().max(60), z.array(keyText).max(200)).optional(),
    documents: z.array(documentRef).max(100).optional(),
    readers: z.array(uscc).max(20).optional(),
  })
  .meta({ id: 'DraftFacts', description: 'Plain facts from which a record is drafted' });

const draft = z
  .object({
    record,
    recordId,
    key: keyText,
    /** Private figures with their salts; they go with the submission, beside the record. */
    figures: z.array(figure),
    ledger: z.string(),
    party: uscc,
    signedAt: instant,
    /** What is signed (EIP-712): 32 bytes in hex. Compute it anew from the record before signing. */
    digest: z.string().regex(/^0x[0-9a-f]{64}$/),
    /** What the record says, line by line. */
    words: z.object({ en: z.array(z.string()), zh: z.array(z.string()) }),
    /** Why the ledger would refuse it as it stands now, at the places of the record; empty where it would not. */
    faults: z.array(fault),
    /** Roles that the ledger could not fill by itself, with the records that would serve where there is a choice. */
    open: z.array(z.object({ role: z.string(), candidates: z.array(keyText) })),
    /** Figures that the record can carry. */
    asked: z.array(
      z.object({
        name: z.string(),
        unit: z.string(),
        decimals: z.int(),
        visibility: z.enum(['public', 'private']),
        isStated: z.boolean(),
        isRequired: z.boolean(),
      }),
    ),
    /** Stated figures that the ledger knows and that stand in the draft unless others are given: last verified emissions. */
    proposed: z.record(z.string(), z.string()).optional(),
    /** What it acts on, with the state from which and to which it leads. */
    on: z.object({ key: keyText, record: recordId, state: z.string(), to: z.string().optional() }).optional(),
    /** Last day in time, where the type has one. */
    due: day.optional(),
  })
  .meta({ id: 'Draft', description: 'The exact record that would be signed, what it means, and the digest to sign' });
export type DraftView = z.infer<typeof draft>;

export const draftRoutes = {
  createDraft: defineRoute({
    method: 'POST',
    path: '/v1/drafts',
    tag: 'agenda',
    access: 'party',
    summary: { en: 'Draft a record from plain facts; nothing is anchored', zh: '由事实生成记录草稿（不锚定）' },
    body: facts,
    answer: draft,
    bodyLimit: 1024 * 1024,
    problems: [
      'NOT_FOUND',
      'CITATION_UNKNOWN',
      'FIGURE_UNKNOWN',
      'BAD_FIGURE_ADDRESS',
      'BAD_RECORD',
      'EDITION_UNKNOWN',
    ],
    example: { body: { type: 'review', on: exampleRecord, content: { decision: 'accept', reasons: [] } } },
  }),
};
