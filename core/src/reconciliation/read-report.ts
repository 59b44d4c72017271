import { z } from 'zod';
import { LedgerError } from '../errors';
import { faultsOf } from '../validation';
import { findingKinds, type FindingKind } from './kinds';
import { digestOfReconciliation, RECONCILIATION_SCHEMA, type ReconciliationReport } from './report';
import { sources } from './rows';

const text = z.string().max(4000);
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'not a SHA-256 digest');
const amount = z.string().regex(/^-?[0-9]{1,30}(?:\.[0-9]{1,10})?$/, 'not a decimal number');
const count = z.int().min(0);
const source = z.enum(sources as [(typeof sources)[number], ...(typeof sources)[number][]]);
const kind = z.enum(Object.keys(findingKinds) as [FindingKind, ...FindingKind[]]);
const severity = z.enum(['none', 'info', 'warn', 'critical', 'block']);
const kinds = z.partialRecord(kind, count);

const otherSchema = z.strictObject({
  file: text.exactOptional(),
  sheet: text.exactOptional(),
  row: count.exactOptional(),
  cell: text.exactOptional(),
  record: text.exactOptional(),
  value: text,
});
const findingSchema = z.strictObject({
  kind,
  cell: text.exactOptional(),
  found: text.exactOptional(),
  expected: text.exactOptional(),
  other: otherSchema.exactOptional(),
  severity: severity.exactOptional(),
  tonnes: amount.exactOptional(),
});

const rowSchema = z.strictObject({
  ...{ source, file: text, sheet: text, row: count, uscc: text, year: text, project: text, qty: amount },
  severity,
  findings: z.array(findingSchema),
  counterpart: otherSchema.exactOptional(),
  unchecked: z.array(text).exactOptional(),
});

const enterpriseSchema = z.strictObject({
  ...{ uscc: text, name: text, year: text },
  ...{ due: amount.nullable(), cap: amount.nullable() },
  ...{ applied: amount, cancelled: amount, booked: amount },
  kinds,
});

const reportSchema = z.strictObject({
  schema: z.literal(RECONCILIATION_SCHEMA),
  year: z.string().regex(/^[0-9]{4}$/, 'not a year'),
  asOf: z.iso.date(),
  rules: z.looseObject({}),
  files: z.array(z.strictObject({ source, name: text, sha256: z.string().max(80), rows: count })),
  ledger: z
    .strictObject({
      ledger: text.exactOptional(),
      size: text.exactOptional(),
      file: text.exactOptional(),
      sha256: text.exactOptional(),
      facts: count,
    })
    .nullable(),
  totals: z.strictObject({ applied: amount, cancelled: amount, booked: amount, kinds, isClean: z.boolean() }),
  enterprises: z.array(enterpriseSchema),
  rows: z.array(rowSchema),
  digest,
});

/**
 * A report that comes from elsewhere, held to its form and to its own digest: a paper is made of none that was changed.
 * @throws LedgerError BAD_FILE with every fault
 */
export function parseReconciliationReport(value: unknown): ReconciliationReport {
  const read = reportSchema.safeParse(value);
  if (!read.success)
    throw new LedgerError('BAD_FILE', 'it is no report of a reconciliation', {
      faults: faultsOf('BAD_FILE', read.error),
    });
  const { digest: stated, ...body } = read.data;
  const found = digestOfReconciliation(body);
  if (found === stated) return value as ReconciliationReport;
  const message = `the report was changed: its digest is ${found}, not ${stated}`;
  throw new LedgerError('BAD_FILE', message, { faults: [{ path: '/digest', code: 'BAD_FILE', message }] });
}
