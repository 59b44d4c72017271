import { z } from 'zod';
import { contentFault, ruleFault, textSchema } from './content';
import { citesMethodology, recordType } from './spec';

const contentSchema = z.strictObject({
  reportNo: textSchema,
  /** `changed`: the verified emission differs from the reported one, for the reason given. */
  result: z.enum(['confirmed', 'changed']),
  reason: textSchema.optional(),
});
type Content = z.infer<typeof contentSchema>;

/** 核查结论. */
export const verificationConclusion = recordType<Content>({
  type: 'verification-conclusion',
  title: { en: 'Verification conclusion', zh: '核查结论' },
  content: contentSchema,
  filedBy: ['verifier'],
  labels: 'none',
  unit: 'unit-or-plant',
  period: 'year',
  about: 'any',
  cites: () => [
    ...citesMethodology,
    { role: 'annual-report', type: 'annual-report', min: 1, max: 1, same: ['uscc', 'unit', 'year'] },
  ],
  versions: 'supersession',
  check: ({ content, record, scope }) => {
    const [report] = scope.cited.get('annual-report') ?? [];
    const faults = [];
    // Interim regulation (国令775) art. 13: who prepared a report may not verify it.
    if (report?.record.content['preparer'] === record.issuer)
      faults.push(ruleFault('R-D08', '/issuer', 'the preparer of the report may not verify it'));
    if (content.result === 'changed' && content.reason === undefined)
      faults.push(contentFault('reason', 'a changed result needs its reason'));
    return faults;
  },
});
