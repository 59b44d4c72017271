import { z } from 'zod';
import type { Fault } from '../../errors';
import { contentFault, textSchema, titled, titledChoice } from '../content';
import type { LedgerRecord } from '../../records/record';
import { listingFaults } from '../listing';
import { citesMethodology, type CheckInput, type CitationRule, type RecordTypeSpec } from '../spec';

const allowanceIssuanceContent = z.strictObject({
  phase: titledChoice(
    { pre: { en: 'Pre-allocation', zh: '预分配' }, final: { en: 'Final', zh: '核定' } },
    'Phase',
    '阶段',
  ),
  notice: titled(textSchema, 'Notice', '通知'),
});
export type AllowanceIssuanceContent = z.infer<typeof allowanceIssuanceContent>;

const same = ['uscc', 'year'] as const;
const ofUnit = ['uscc', 'unit', 'year'] as const;

function preCitations(record: LedgerRecord): CitationRule[] {
  if (record.subject.unit !== 'PLANT') return [];
  return [
    {
      role: 'unit-issuance',
      type: 'allowance-issuance',
      kind: 'allowance-issuance.pre',
      min: 1,
      max: 40,
      same,
      of: 'units',
      everyUnit: true,
    },
  ];
}

function finalCitations(record: LedgerRecord): CitationRule[] {
  const shared: CitationRule[] = [
    { role: 'verification-conclusion', type: 'verification-conclusion', min: 1, max: 1, same: ofUnit },
    { role: 'pre-issuance', type: 'allowance-issuance', kind: 'allowance-issuance.pre', min: 1, max: 1, same: ofUnit },
  ];
  if (record.subject.unit === 'PLANT') {
    return [
      ...shared,
      {
        role: 'unit-issuance',
        type: 'allowance-issuance',
        kind: 'allowance-issuance',
        min: 1,
        max: 40,
        same,
        of: 'units',
        everyUnit: true,
      },
    ];
  }
  return [
    ...shared,
    { role: 'quality-control-plan', type: 'quality-control-plan', min: 1, max: 1, same: ofUnit },
    { role: 'annual-report', type: 'annual-report', min: 1, max: 1, same: ofUnit },
  ];
}

function phaseFaults({ content, record }: CheckInput<AllowanceIssuanceContent>): Fault[] {
  const expected = record.kind === 'allowance-issuance.pre' ? 'pre' : 'final';
  return content.phase === expected ? [] : [contentFault('phase', `${record.kind} is of phase ${expected}`)];
}

/** 配额发放: pre-allocation (`allowance-issuance.pre`) and final determination (`allowance-issuance`). */
export const allowanceIssuance: RecordTypeSpec<AllowanceIssuanceContent> = {
  type: 'allowance-issuance',
  title: { en: 'Allowance issuance', zh: '配额发放' },
  content: allowanceIssuanceContent,
  filed: [{ by: 'province-authority', as: 'region' }],
  labels: { names: ['pre'] },
  unit: 'unit-or-plant',
  period: 'year',
  process: 'corrigible',
  follows: 'verification-conclusion',
  cites: (record) => [
    ...citesMethodology,
    ...(record.kind === 'allowance-issuance.pre' ? preCitations(record) : finalCitations(record)),
  ],
  check: phaseFaults,
  conditions: ({ record, state }) => listingFaults(record.subject, state),
  example: { phase: 'final', notice: '2024 年度配额核定通知' },
};
