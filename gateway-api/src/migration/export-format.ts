import {
  canonicalize,
  isLedgerError,
  LedgerError,
  parseCanonical,
  parseEarlierTransaction,
  parsePolicy,
  type EarlierTransaction,
  type Figure,
  type Policy,
  type SignedSubmission,
} from '@carbon-ledger/core';
import { z } from 'zod';

/**
 * The export of a ledger (docs/formats/ledger-export.md): lines of canonical JSON. First the header, then one line for each
 * transaction in log order, last the digest of all lines before it.
 */
export const EXPORT_SCHEMA = 'carbon-ledger/ledger-export/v1';

/** Longest line that is read: a transaction holds at most some MB of submissions, and their figures. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** What an export says of the ledger that it is of. */
export interface ExportHeader {
  readonly schema: typeof EXPORT_SCHEMA;
  /** Id of the ledger, hex. */
  readonly ledger: string;
  readonly founder: string;
  /** The ledger's verification policy: receipts that it gave out are verified with it. */
  readonly policy: Policy;
  /** Signed note: the export holds what is under it, no more and no less. */
  readonly checkpoint: string;
}

const headerSchema = z.strictObject({
  schema: z.literal(EXPORT_SCHEMA),
  ledger: z.string().regex(/^[0-9a-f]{64}$/),
  founder: z.string().max(18),
  policy: z.custom<Policy>((value) => isPolicy(value), 'not a verification policy'),
  checkpoint: z.string().max(32_768),
});

function isPolicy(value: unknown): boolean {
  try {
    parsePolicy(value as Policy);
    return true;
  } catch (error) {
    if (isLedgerError(error)) return false;
    throw error;
  }
}

/** Private figures by record id. */
type ExportFigures = Readonly<Record<string, readonly Figure[]>>;

/** A transaction as an export holds it. */
export interface ExportedTransaction {
  readonly txId: string;
  readonly blockNumber: string;
  readonly time: string;
  readonly submissions: readonly SignedSubmission[];
  readonly figures: ExportFigures;
}

/** One line of an export, read. */
export interface ExportEntry {
  readonly transaction: EarlierTransaction;
  /** Unchecked: whoever judges the records holds figures to their roots. */
  readonly figures: Readonly<Record<string, unknown>>;
}

const lineSchema = z.strictObject({ transaction: z.unknown(), figures: z.record(z.string(), z.unknown()) });

export interface ExportEnd {
  /** `sha256:` and hex: over every byte before this line. */
  readonly digest: string;
  readonly records: number;
  readonly transactions: number;
}

const endSchema = z.strictObject({
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  records: z.int().min(1),
  transactions: z.int().min(1),
});

export function formatTransaction({ figures, ...transaction }: ExportedTransaction): string {
  return `${canonicalize({ figures, transaction })}\n`;
}

export function formatLine(value: ExportHeader | ExportEnd): string {
  return `${canonicalize(value)}\n`;
}

/** @throws LedgerError EXPORT_DAMAGED, UNSUPPORTED_VERSION */
export function readHeader(line: Uint8Array): ExportHeader {
  const value = readLine(line, 1);
  const schema = (value as { readonly schema?: unknown } | null)?.schema;
  if (typeof schema === 'string' && schema !== EXPORT_SCHEMA)
    throw new LedgerError('UNSUPPORTED_VERSION', `${schema.slice(0, 80)} is not ${EXPORT_SCHEMA}`);
  const header = headerSchema.safeParse(value);
  if (!header.success) throw damaged(1, 'it is not the header of an export');
  return header.data;
}

/** @throws LedgerError EXPORT_DAMAGED, BAD_REQUEST, BAD_SUBMISSION, BAD_RECORD */
export function readEntry(line: Uint8Array, number: number): ExportEntry {
  const entry = lineSchema.safeParse(readLine(line, number));
  if (!entry.success) throw damaged(number, 'it holds no transaction');
  return { transaction: parseEarlierTransaction(entry.data.transaction), figures: entry.data.figures };
}

/** The last line of an export; undefined for any other. @throws LedgerError EXPORT_DAMAGED */
export function readEnd(line: Uint8Array, number: number): ExportEnd | undefined {
  if (line.length > 400) return undefined;
  return endSchema.safeParse(readLine(line, number)).data;
}

function readLine(line: Uint8Array, number: number): unknown {
  try {
    return parseCanonical(line, { maxBytes: MAX_LINE_BYTES });
  } catch (error) {
    if (isLedgerError(error)) throw damaged(number, `it is not canonical JSON: ${error.message}`);
    throw error;
  }
}

/** @param number of the line, from 1 */
export function damaged(number: number, reason: string): LedgerError {
  const path = `/lines/${String(number)}`;
  const message = `line ${String(number)}: ${reason}`;
  return new LedgerError('EXPORT_DAMAGED', message, { faults: [{ path, code: 'EXPORT_DAMAGED', message: reason }] });
}
