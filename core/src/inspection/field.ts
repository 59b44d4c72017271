import { z } from 'zod';
import { LedgerError } from '../errors';
import type { AnchoredRecord } from '../provenance';
import { verifyReceipt } from '../receipt';
import { recordId } from '../records';
import { faultsOf } from '../validation';

export const FIELD_PACK_SCHEMA = 'carbon-ledger/field-pack/v1';
export const FIELD_FINDINGS_SCHEMA = 'carbon-ledger/field-findings/v1';

/** What an inspector's telephone takes along inside one page: records as far as they were open, their receipts, the policy. */
export interface FieldPack {
  readonly schema: typeof FIELD_PACK_SCHEMA;
  readonly ledger: string;
  /** When it was made, by the clock of who made it. */
  readonly madeAt: string;
  readonly plants: readonly { readonly uscc: string; readonly name: string }[];
  readonly years: readonly string[];
  readonly policy: unknown;
  readonly records: readonly AnchoredRecord[];
  /** By record id. */
  readonly receipts: Readonly<Record<string, unknown>>;
}

/**
 * Records of a pack that their receipts do not prove: another content than the id says, no receipt, or one that fails.
 * One is looked at at a time, so that a page can breathe between them.
 */
export function* unprovedRecords({ records, receipts, policy }: FieldPack): Generator<string | undefined, void, void> {
  const policyText = JSON.stringify(policy);
  for (const { id, record } of records) {
    const receipt = receipts[id];
    const isProved =
      receipt !== undefined &&
      recordId(record) === id &&
      verifyReceipt({ receipt, policy: policyText, expect: { recordId: id } }).result !== 'FAIL';
    yield isProved ? undefined : id;
  }
}

const text = z.string().max(2000);

const findingSchema = z.strictObject({
  /** Business key and id of the record that it is about. */
  key: z.string().min(1).max(160),
  record: z.string().regex(/^rec:[0-9a-f]{64}$/, 'not a record id'),
  document: z.string().max(200).exactOptional(),
  figure: z.string().max(120).exactOptional(),
  unit: z.string().max(40).exactOptional(),
  /** The anchored value, and what was found instead. */
  anchored: z.string().max(60).exactOptional(),
  found: z.string().max(60).exactOptional(),
  clause: text,
  seen: text,
  /** By the clock of the telephone. */
  at: z.string().max(40),
});

const findingsSchema = z.strictObject({
  schema: z.literal(FIELD_FINDINGS_SCHEMA),
  ledger: z.string().regex(/^[0-9a-f]{64}$/, 'not a ledger id'),
  madeAt: z.string().max(40),
  plants: z.array(z.string().max(18)).max(200),
  files: z
    .array(
      z.strictObject({
        path: z.string().max(2000),
        sha256: z.string().max(80),
        verdict: z.string().max(40),
        key: z.string().max(160).exactOptional(),
      }),
    )
    .max(20_000),
  missing: z.array(z.strictObject({ key: z.string().max(160), name: z.string().max(200) })).max(20_000),
  findings: z.array(findingSchema).max(1000),
});

export type FieldFinding = z.infer<typeof findingSchema>;
export type FieldFindings = z.infer<typeof findingsSchema>;

/** What was brought back from the field. @throws LedgerError BAD_FILE with what is wrong, for other ledgers too */
export function readFieldFindings(value: unknown, ledger: string): FieldFindings {
  const read = findingsSchema.safeParse(value);
  if (!read.success)
    throw new LedgerError('BAD_FILE', 'they are no findings of an inspection', {
      faults: faultsOf('BAD_FILE', read.error),
    });
  if (read.data.ledger !== ledger)
    throw new LedgerError('BAD_FILE', `these findings are about another ledger: ${read.data.ledger}`);
  return read.data;
}
