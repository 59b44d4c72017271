import { z } from 'zod';
import { contentFault, textSchema } from './content';
import type { LedgerRecord } from './record';
import { citesMethodology, recordType, type CitationRule } from './spec';

const contentSchema = z.strictObject({
  phase: z.enum(['pre', 'final']),
  notice: textSchema,
});
type Content = z.infer<typeof contentSchema>;

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
      },
    ];
  }
  return [
    ...shared,
    { role: 'quality-control-plan', type: 'quality-control-plan', min: 1, max: 1, same: ofUnit },
    { role: 'annual-report', type: 'annual-report', min: 1, max: 1, same: ofUnit },
  ];
}

/** 配额发放: pre-allocation (`allowance-issuance.pre`) and final determination (`allowance-issuance`). */
export const allowanceIssuance = recordType<Content>({
  type: 'allowance-issuance',
  title: { en: 'Allowance issuance', zh: '配额发放' },
  content: contentSchema,
  filedBy: ['province-authority', 'national-authority'],
  labels: ['pre'],
  unit: 'unit-or-plant',
  period: 'year',
  about: 'region',
  cites: (record) => [
    ...citesMethodology,
    ...(record.kind === 'allowance-issuance.pre' ? preCitations(record) : finalCitations(record)),
  ],
  versions: 'supersession',
  check: ({ content, record }) => {
    const expected = record.kind === 'allowance-issuance.pre' ? 'pre' : 'final';
    return content.phase === expected ? [] : [contentFault('phase', `${record.kind} is of phase ${expected}`)];
  },
});
