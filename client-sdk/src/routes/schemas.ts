import { z } from 'zod';
import {
  businessKeyPattern,
  figureSchema,
  isDay,
  isInstant,
  isUscc,
  doubtNames,
  markNames,
  periodPattern,
  recordSchema,
  recordTypeNames,
  signatureSuites,
  stateCodes,
  typeOfKind,
  unitPattern,
} from '@carbon-ledger/core';

export const uscc = z
  .string()
  .refine(isUscc, 'not a unified social credit code (GB 32100)')
  .meta({ pattern: '^[0-9A-HJ-NPQRTUWXY]{18}$' });
/** GB/T 2260, or its first digits; zeros at the end count for nothing. */
export const region = z.string().regex(/^[0-9]{2,6}$/, 'not a region (2 to 6 digits, GB/T 2260)');
export const recordId = z.string().regex(/^rec:[0-9a-f]{64}$/, 'not a record id (rec: and 64 hex digits)');
export const submissionId = z.string().regex(/^sub:[0-9a-f]{64}$/, 'not a submission id (sub: and 64 hex digits)');
export const keyText = z.string().min(1).max(160);
/*
 * What a list is narrowed by is read as strictly as what is filed: a mistyped state, month or key must not be answered
 * by an empty list, which says that there is nothing.
 */
export const businessKey = keyText
  .regex(businessKeyPattern, 'not a business key (USCC/UNIT/PERIOD/KIND)')
  .refine(
    (text) => recordTypeNames.some((name) => name === typeOfKind(text.split('/')[3] ?? '')),
    'not a kind of record',
  );
export const unitCode = z.string().regex(unitPattern, 'not a unit (letters, digits, - and _, 40 at most)');
export const period = z.string().regex(periodPattern, 'not a year (YYYY), a month (YYYY-MM) or -');
/** Of any lifecycle: docs/lifecycles.md. */
export const stateCode = z.enum(stateCodes, 'not the code of a state (docs/lifecycles.md)');
export const figureName = z.string().min(1).max(120);
/** RFC 3339 in UTC, as the service answers it: an instant of the ledger, or one with a fraction of its clock. */
export const instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/, 'not an RFC 3339 time in UTC')
  .refine((text) => isInstant(text.replace(/\.\d+Z$/, 'Z')), 'not an RFC 3339 time in UTC');
/**
 * A whole number in a query: decimal digits and nothing else, so that no text, the empty one included, counts as a number by
 * accident. A client of this package may give it as number.
 */
export function integerInQuery(minimum: number, maximum: number): z.ZodType<number, number | string> {
  return z
    .union([
      z.number(),
      z
        .string()
        .regex(/^(?:0|[1-9][0-9]{0,15})$/, 'not a whole number in decimal digits')
        .transform(Number),
    ])
    .pipe(z.int().min(minimum).max(maximum))
    .meta({ type: 'integer', minimum, maximum });
}

/** A count in a query, read as a safe integer. */
export const countInQuery = integerInQuery(0, Number.MAX_SAFE_INTEGER);
/** A day of Asia/Shanghai. */
export const day = z.string().refine(isDay, 'not a day (YYYY-MM-DD)').meta({ format: 'date' });
/** A day of Asia/Shanghai, or an instant. */
export const dayOrInstant = z
  .string()
  .refine((text) => isDay(text) || isInstant(text), 'neither a day (YYYY-MM-DD) nor an RFC 3339 time in UTC')
  .meta({ pattern: String.raw`^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?$` });
const wholeSeconds = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, 'not an RFC 3339 time in whole seconds, UTC');

/** How an order is signed by its party: a session is not enough for it (docs/integration.md, Orders). */
export const orderFields = {
  signedAt: wholeSeconds,
  keyId: z.string().max(100),
  suite: z.enum(signatureSuites),
  signature: z.string().regex(/^0x[0-9a-f]{128,130}$/),
};
/** Why an order is not carried out. */
export const orderProblems = [
  'PARTY_ENDED',
  'PARTY_SUSPENDED',
  'KEY_UNKNOWN',
  'KEY_NOT_VALID',
  'SIGNATURE_INVALID',
  'SIGNED_TIME_OUT_OF_RANGE',
] as const;

export const sha256Text = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'not sha256: and 64 hex digits');
export const sm3Text = z.string().regex(/^sm3:[0-9a-f]{64}$/, 'not sm3: and 64 hex digits');
export const recordType = z.enum(recordTypeNames);

export const figure = figureSchema.meta({ id: 'Figure', description: 'A private figure, with the salt of its leaf' });

export const record = recordSchema.meta({
  id: 'Record',
  description: 'The public part of what a party filed (docs/formats/record.md); what `content` holds depends on `type`',
});

/** `ended` too where its registration was withdrawn. */
export const partyStatus = z.enum(['active', 'suspended', 'ended']);

export const recordStatus = z.enum(['current', 'open', 'superseded', 'withdrawn']);

/** One fault at one place: a JSON pointer into what was sent, or the name of a record or figure. */
export const fault = z
  .object({
    path: z.string(),
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Fault', description: 'What is wrong at one place' });

/** RFC 9457, with the code of the catalogue and every fault that was found. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().optional(),
    code: z.string(),
    titleZh: z.string(),
    cure: z.string(),
    cureZh: z.string(),
    requestId: z.string().optional(),
    faults: z.array(fault),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem document: the code, its cure, and every fault' });
export type Problem = z.infer<typeof problem>;

/** Where a record was anchored first, if an earlier ledger was taken over; its log index was the same there. */
export const earlierAnchor = z
  .object({
    ledger: z.string(),
    txId: z.string(),
    blockNumber: z.string(),
    anchoredAt: instant,
  })
  .meta({ id: 'EarlierAnchor' });

export const markName = z.enum(markNames);

/** `late`, of the key or the freeze that it is about: see the descriptions of core's `Mark`. */
export const mark = z
  .object({
    mark: markName,
    /** Natural days that its first version was late. */
    days: z.int().min(1).optional(),
    keyId: z.string().optional(),
    /** Since when the key was in other hands. */
    since: instant.optional(),
    /** Business key of the finding, the inspection, the freeze of numbers, or the input that does not stand. */
    by: keyText.optional(),
    /** How many more inputs do not stand. */
    others: z.int().min(1).optional(),
  })
  .meta({ id: 'Mark', description: 'What is to be known of a record beside how it stands' });

/** A record with what the ledger knows of it. `figures` only for those who may see them. */
export const anchoredRecord = z
  .object({
    id: recordId,
    key: keyText,
    record,
    status: recordStatus,
    /** Code of its state in the process of its type: `FILED`, `ACCEPTED`, `RETURNED`. */
    state: z.string(),
    /** The record that put it there: a review, a correction, its next version. */
    changedBy: recordId.optional(),
    /** Absent where there is nothing to be told. */
    marks: z.array(mark).optional(),
    /** Why its word is in doubt though it stands; absent where it is not. */
    doubts: z.array(z.enum(doubtNames)).optional(),
    txId: z.string(),
    blockNumber: z.string(),
    logIndex: z.int().min(0),
    anchoredAt: instant,
    submission: submissionId,
    earlier: earlierAnchor.optional(),
    figures: z.array(figure).optional(),
    /**
     * `none`: it has no private figures · `shown`: included · `open`: ask with include=figures · `hidden`: not for this
     * caller · `awaited`: this organisation's peer has not got them yet · `elsewhere`: this organisation never gets them ·
     * `purged`: their retention is over.
     */
    figuresAccess: z.enum(['none', 'shown', 'open', 'hidden', 'awaited', 'elsewhere', 'purged']),
    /** When they were purged, how many years they were kept at least, and by which transaction. */
    figuresPurged: z.object({ at: instant, years: z.int(), txId: z.string() }).optional(),
  })
  .meta({ id: 'AnchoredRecord', description: 'A record with what the ledger knows of it' });
export type AnchoredRecordView = z.infer<typeof anchoredRecord>;

/** Bytes as they are; the typed client gives them as Uint8Array. */
export const bytes = z
  .custom<Uint8Array>((value) => value instanceof Uint8Array)
  .meta({ type: 'string', format: 'binary' });

/** Where a page goes on; absent on the last one. */
export function pageOf<Item extends z.ZodType>(
  item: Item,
): z.ZodObject<{ items: z.ZodArray<Item>; next: z.ZodOptional<z.ZodString> }> {
  return z.object({ items: z.array(item), next: z.string().optional() });
}

/** How the lists are searched: somewhere in what they show of each item (its route says where); capitals count for nothing. */
export const textQuery = { text: z.string().min(1).max(100).optional() };

/** Anchored on or after a day of Asia/Shanghai, or at or after an instant; up to and with a day, or before an instant. */
export const timeQuery = { since: dayOrInstant.optional(), until: dayOrInstant.optional() };

export const orderQuery = { order: z.enum(['asc', 'desc']).optional() };

export const pageQuery = {
  cursor: z.string().max(200).optional(),
  limit: integerInQuery(1, 500).default(50),
};

export const exampleUscc = '91140000MA0FAKE01X';
export const exampleRecord = `rec:${'0'.repeat(64)}`;
export const exampleSubmission = `sub:${'0'.repeat(64)}`;

/** A decimal number as text; null where there is none, or it cannot be computed. */
export const decimalOrNull = z.string().nullable();
