import { z } from 'zod';
import { utf8Encode } from '../bytes';
import { canonicalize } from '../canonical';
import { digestBytes } from '../digest';
import { LedgerError } from '../errors';
import type { ContentOf } from '../rulebook';
import type { Signer } from '../submission';
import { faultsOf } from '../validation';
import { folderCheckSchema, type FolderCheck } from './folder-check';
import type { RiskTickets } from './risk';
import { signStatement } from './statement';

export const INSPECTION_REPORT_SCHEMA = 'carbon-ledger/inspection-report/v1';

type Inspection = ContentOf<'inspection'>;

/** A sample with everything from which anybody draws it again. */
export interface DrawnSample {
  readonly rule: Inspection['rule'];
  readonly frame: readonly string[];
  readonly tickets?: readonly number[];
  readonly size: number;
  readonly seed: string;
  readonly commitment: string;
  readonly drawn: readonly string[];
  /** What the tickets were counted from. */
  readonly risk?: readonly RiskTickets[];
}

/** A finding with its two times: claimed by who signed it, and anchored. */
export interface ReportedFinding {
  readonly key: string;
  readonly record: string;
  readonly clause: string;
  readonly seen: string;
  readonly figures: ContentOf<'finding'>['figures'];
  readonly documents: ContentOf<'finding'>['documents'];
  /** `anchored.1`, `found.1`, `atStake_tCO2` as far as they are open. */
  readonly values: Readonly<Record<string, string>>;
  readonly claimedAt: string;
  readonly anchoredAt: string;
}

interface Sentence {
  readonly id: string;
  readonly en: string;
  readonly zh: string;
}

/** What a report of an inspection does not say, in two languages: it stands in every report. */
export const notClaimed: readonly Sentence[] = [
  {
    id: 'truth',
    en: 'That what was anchored was true when it was anchored: the ledger shows no change since, not truth before.',
    zh: '不证明数据在存证之前真实：账本只能证明存证之后未被更改。',
  },
  {
    id: 'absence',
    en: 'That a file which was never anchored is false, or that one which is missing here does not exist elsewhere.',
    zh: '不认定未存证的文件为虚假，也不认定此处缺失的文件在别处不存在。',
  },
  {
    id: 'whole-file',
    en: 'Where a file was compared as a whole only, where in it the change is, and what it costs.',
    zh: '仅作整体比对的文件，不说明变更位置及其影响。',
  },
  {
    id: 'clock',
    en: 'When a finding was made on the spot: that time is the inspector’s own claim; the time of anchoring is the ledger’s.',
    zh: '现场发现的时间为检查人员自述；存证时间以账本为准。',
  },
];

export interface InspectionReport {
  readonly schema: typeof INSPECTION_REPORT_SCHEMA;
  readonly ledger: string;
  readonly party: string;
  readonly signedAt: string;
  readonly plan?: { readonly key: string; readonly record: string; readonly basis: string };
  readonly sample?: DrawnSample;
  readonly plants: readonly string[];
  readonly years: readonly string[];
  readonly check?: FolderCheck;
  readonly findings: readonly ReportedFinding[];
  readonly notClaimed: readonly Sentence[];
  /** Receipts of every record that the report names. */
  readonly receipts: readonly unknown[];
}

export interface SignedInspectionReport {
  readonly body: InspectionReport;
  readonly keyId: string;
  readonly signature: string;
}

const text = z.string().max(4096);
const key = z.string().min(1).max(160);
const record = z.string().regex(/^rec:[0-9a-f]{64}$/, 'not a record id');
const hex = z.string().regex(/^[0-9a-f]{64}$/, 'not 32 bytes in hex');
const instant = z.string().refine((time) => !Number.isNaN(Date.parse(time)), 'not an instant');
const count = z.int().min(0);

const sampleSchema = z.strictObject({
  rule: z.enum(['lowest-hash', 'lowest-ticket']),
  frame: z.array(text),
  tickets: z.array(count).exactOptional(),
  size: count,
  seed: hex,
  commitment: hex,
  drawn: z.array(text),
  risk: z
    .array(
      z.strictObject({
        uscc: text,
        ...{ block: count, warn: count, months: count, defaults: count, laboratory: count, tickets: count },
        emission: text,
      }),
    )
    .exactOptional(),
});

const findingSchema = z.strictObject({
  ...{ key, record, clause: text, seen: text },
  figures: z.array(z.strictObject({ record: key, figure: text, unit: text, decimals: count })),
  documents: z.array(z.strictObject({ record: key, document: text })),
  values: z.record(z.string(), text),
  ...{ claimedAt: instant, anchoredAt: instant },
});

const signedSchema: z.ZodType<SignedInspectionReport> = z.strictObject({
  body: z.strictObject({
    schema: z.literal(INSPECTION_REPORT_SCHEMA),
    ...{ ledger: hex, party: text, signedAt: instant },
    plan: z.strictObject({ key, record, basis: text }).exactOptional(),
    sample: sampleSchema.exactOptional(),
    plants: z.array(text),
    years: z.array(text),
    check: folderCheckSchema.exactOptional(),
    findings: z.array(findingSchema),
    notClaimed: z.array(z.strictObject({ id: text, en: text, zh: text })),
    receipts: z.array(z.unknown()),
  }),
  keyId: text,
  signature: text,
});

/** @throws LedgerError BAD_FILE with every fault */
export function parseInspectionReport(value: unknown): SignedInspectionReport {
  const read = signedSchema.safeParse(value);
  if (read.success) return read.data;
  throw new LedgerError('BAD_FILE', 'it is no report of an inspection', { faults: faultsOf('BAD_FILE', read.error) });
}

/** The signer's registration travels among the receipts, so that the report needs nothing else. */
export async function signInspectionReport(body: InspectionReport, signer: Signer): Promise<SignedInspectionReport> {
  const { ledger, party, signedAt } = body;
  const head = { kind: 'inspection-report', ledger, party, signedAt } as const;
  const { keyId, signature } = await signStatement(head, body, signer);
  return { body, keyId, signature };
}

/** SHA-256 of its canonical text: by it the JSON and the paper are known to be one report. */
export function digestOfInspectionReport(report: SignedInspectionReport): string {
  return digestBytes(utf8Encode(canonicalize(report))).sha256;
}

/** Every record id that stands in a value, at any depth. */
export function namedRecords(value: unknown): string[] {
  if (typeof value === 'string') return record.safeParse(value).success ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(namedRecords);
}
