import { z } from 'zod';
import { LedgerError } from '../errors';
import { accountNames, tonnesNames } from '../provenance';
import { faultsOf } from '../validation';
import type { Consequences } from './consequences';
import { fileVerdicts, type FileVerdict } from './match';
import type { Twins } from './twins';

/** How it was found out where a file was changed. */
export type Compared =
  /** With the opening that the party kept: each cell is proved to be the one that was anchored. */
  | 'opening'
  /** With a copy of what was anchored. */
  | 'own-copy'
  /** Neither is here: only the whole file can be compared. */
  | 'whole-file';

export interface CheckedFile {
  readonly path: string;
  readonly verdict: FileVerdict;
  readonly sha256?: string;
  readonly size?: number;
  /** The record that names it, and under which name and digest. */
  readonly key?: string;
  readonly record?: string;
  readonly anchoredName?: string;
  readonly anchoredSha256?: string;
  readonly anchoredAt?: string;
  readonly compared?: Compared;
  /** What differs in a document that is no table: pages, text. */
  readonly differs?: readonly string[];
  readonly cells?: Consequences['cells'];
  readonly impact?: NonNullable<Consequences['impact']>;
  /** Why it was not looked at, or compared no further; what is odd about it. */
  readonly why?: string;
}

/** A document that is anchored, and was not there. */
interface MissingDocument {
  readonly key: string;
  readonly record: string;
  readonly name: string;
  readonly sha256: string;
}

/** What a folder was found to be, beside what is anchored. */
export interface FolderCheck {
  readonly counts: Readonly<Record<FileVerdict | 'missing' | 'twins', number>>;
  readonly files: readonly CheckedFile[];
  readonly missing: readonly MissingDocument[];
  readonly twins: readonly Twins[];
}

/** As long as it is: a path may lead through archives, and a cell of a CSV file hold a page. */
const text = z.string();
const key = z.string().min(1).max(160);
const record = z.string().regex(/^rec:[0-9a-f]{64}$/, 'not a record id');
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'not a SHA-256 digest');
const value = z.string().max(120);
const count = z.int().min(0);
const verdicts = Object.keys(fileVerdicts) as [FileVerdict, ...FileVerdict[]];

const impactSchema = z.strictObject({
  record,
  key,
  assume: z.enum(['withdrawn', 'replaced']),
  figures: z.array(
    z.strictObject({
      ...{ figure: text, record, unit: value, now: value },
      ...{ then: value.nullable(), delta: value.nullable() },
    }),
  ),
  takenBackBy: z.array(z.strictObject({ step: value, to: value, by: z.array(value) })),
  records: z.array(z.strictObject({ id: record, key, falls: z.boolean() })),
  plants: z.array(value),
  hidden: z.int().min(1).exactOptional(),
  tonnes: z.record(z.enum(tonnesNames), value.nullable()),
  accounts: z.array(
    z.strictObject({ party: value, year: value, account: z.enum(accountNames), change_t: value.nullable() }),
  ),
  money: z
    .strictObject({
      price: value,
      of: z.enum(['allowancesToBuy_tCO2', 'gap_tCO2', 'accounts']),
      change_CNY: value.nullable(),
      parties: z.array(z.strictObject({ party: value, change_CNY: value })),
    })
    .exactOptional(),
});

const changedCellSchema = z.strictObject({
  ...{ sheet: text, cell: value, anchored: text.nullable(), found: text.nullable() },
  figure: text.exactOptional(),
  by: z.enum(['source', 'value']).exactOptional(),
});

const fileSchema = z.strictObject({
  path: text,
  verdict: z.enum(verdicts),
  sha256: digest.exactOptional(),
  size: count.exactOptional(),
  key: key.exactOptional(),
  record: record.exactOptional(),
  anchoredName: text.exactOptional(),
  anchoredSha256: digest.exactOptional(),
  anchoredAt: value.exactOptional(),
  compared: z.enum(['opening', 'own-copy', 'whole-file']).exactOptional(),
  differs: z.array(text).exactOptional(),
  cells: z.array(changedCellSchema).exactOptional(),
  impact: impactSchema.exactOptional(),
  why: text.exactOptional(),
});

export const folderCheckSchema: z.ZodType<FolderCheck> = z.strictObject({
  counts: z.record(z.enum([...verdicts, 'missing', 'twins']), count),
  files: z.array(fileSchema),
  missing: z.array(z.strictObject({ key, record, name: text, sha256: digest })),
  twins: z.array(
    z.strictObject({
      by: z.enum(['file', 'results', 'copies']),
      reports: z.array(z.strictObject({ key, record, number: text })),
      same: z.array(text),
    }),
  ),
});

/** @throws LedgerError BAD_FILE with every fault, for what is no comparison of a folder: a report is signed over it */
export function parseFolderCheck(given: unknown, name: string): FolderCheck {
  const read = folderCheckSchema.safeParse(given);
  if (read.success) return read.data;
  throw new LedgerError('BAD_FILE', `${name} is no comparison of a folder`, {
    faults: faultsOf('BAD_FILE', read.error),
  });
}
