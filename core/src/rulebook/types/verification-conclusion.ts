import { z } from 'zod';
import type { Fault } from '../../errors';
import { citedOf } from '../cited';
import { contentFault, ruleFault, textSchema, titled, titledChoice } from '../content';
import { citesMethodology, type ConditionInput, type RecordTypeSpec } from '../spec';

const verificationConclusionContent = z.strictObject({
  reportNo: titled(textSchema, 'Number of the verification report', '核查报告编号'),
  /** `changed`: the verified emission differs from the reported one, for the reason given. */
  result: titledChoice(
    {
      confirmed: { en: 'As reported', zh: '与报告一致' },
      changed: { en: 'Differs from the report', zh: '与报告不一致' },
    },
    'Result',
    '核查结果',
  ),
  reason: titled(textSchema.optional(), 'Reason of the change', '变更原因'),
});
export type VerificationConclusionContent = z.infer<typeof verificationConclusionContent>;

/**
 * Interim regulation (国令775) art. 13: who prepared a report may not verify it. Who prepared any report of the year was
 * engaged for it, so the roster of the year tells, whichever unit it was and whatever the report at hand names.
 */
async function preparerFaults({
  record,
  scope,
  state,
}: ConditionInput<VerificationConclusionContent>): Promise<Fault[]> {
  const { uscc, period } = record.subject;
  const roster = await state.get('engaged', `${uscc}/${period}`);
  const hasPrepared = (roster?.engaged ?? []).some(({ party, as }) => party === record.issuer && as === 'preparation');
  const isNamed = citedOf(scope, 'annual-report', 'annual-report').some(
    ({ content }) => content.preparer === record.issuer,
  );
  return hasPrepared || isNamed ? [ruleFault('R-D08', '/issuer', 'the preparer of the report may not verify it')] : [];
}

/** 核查结论. */
export const verificationConclusion: RecordTypeSpec<VerificationConclusionContent> = {
  type: 'verification-conclusion',
  title: { en: 'Verification conclusion', zh: '核查结论' },
  content: verificationConclusionContent,
  filed: [{ by: 'verifier', as: 'engaged' }],
  unit: 'unit-or-plant',
  period: 'year',
  process: 'corrigible',
  follows: 'annual-report',
  cites: ({ subject }) => [
    ...citesMethodology,
    { role: 'annual-report', type: 'annual-report', min: 1, max: 1, same: ['uscc', 'unit', 'year'] },
    ...(subject.unit === 'PLANT'
      ? ([
          {
            role: 'unit-conclusion',
            type: 'verification-conclusion',
            min: 1,
            max: 40,
            same: ['uscc', 'year'],
            of: 'units',
            everyUnit: true,
          },
        ] as const)
      : []),
  ],
  check: ({ content }) =>
    content.result === 'changed' && content.reason === undefined
      ? [contentFault('reason', 'a changed result needs its reason')]
      : [],
  conditions: preparerFaults,
  example: { reportNo: 'SX-HBHC-AKE01X-2024-V1', result: 'confirmed' },
};
