import { z } from 'zod';
import type { Fault } from '../../errors';
import { isFuture, labelOf } from '../authority';
import { contentFault, daySchema, titled } from '../content';
import type { CheckInput, RecordTypeSpec } from '../spec';

const countSchema = z.string().regex(/^(?:0|[1-9][0-9]{0,9})$/, 'not a count');

const reconciliationContent = z.strictObject({
  asOf: titled(daySchema, 'Day of the run', '对账日'),
  /** Of the report's canonical body, which names files, rules and rows: the same inputs give the same. */
  digest: titled(z.string().regex(/^sha256:[0-9a-f]{64}$/, 'not a digest'), 'Digest of the report', '报告摘要'),
  rows: titled(countSchema, 'Rows compared', '对账行数'),
  open: titled(countSchema, 'Rows that do not match', '不一致行数'),
});
type ReconciliationContent = z.infer<typeof reconciliationContent>;

function faultsOf({ content, record, time }: CheckInput<ReconciliationContent>): Fault[] {
  const faults: Fault[] = [];
  if (isFuture(content.asOf, time)) faults.push(contentFault('asOf', 'a day that is still to come'));
  if (BigInt(content.open) > BigInt(content.rows)) faults.push(contentFault('open', 'more than were compared'));
  const label = content.asOf.replaceAll('-', '');
  if (labelOf(record.kind) !== label) faults.push(contentFault('asOf', `the label of this day is ${label}`));
  if (!record.documents.some(({ role }) => role === 'report'))
    faults.push({
      path: '/documents',
      code: 'BAD_RECORD',
      message: 'the report itself is a document of role "report"',
    });
  return faults;
}

/** 对账 of a registry or province for a compliance year: what a day's comparison of the registries came to, and its report. */
export const reconciliation: RecordTypeSpec<ReconciliationContent> = {
  type: 'reconciliation',
  title: { en: 'Reconciliation', zh: '对账' },
  content: reconciliationContent,
  filed: [
    { by: 'ccer-registry', as: 'self' },
    { by: 'allowance-registry', as: 'self' },
    { by: 'province-authority', as: 'self' },
  ],
  /** The day: one a day and compliance year. */
  labels: {
    names: 'any',
    required: true,
    title: { en: 'Day of the run', zh: '对账日' },
    hint: { en: 'eight digits, as 20241209', zh: '八位数字，如 20241209' },
  },
  unit: 'none',
  period: 'year',
  process: 'corrigible',
  cites: () => [],
  check: faultsOf,
  example: {
    asOf: '2025-12-08',
    digest: 'sha256:3a2eaa48d35a48f9d8695667513736ec7cd1a78c4be364b7231e6f698a765986',
    rows: '6',
    open: '2',
  },
};
