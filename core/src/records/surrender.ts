import { z } from 'zod';
import { parseDecimal } from '../decimal';
import { ruleFault } from './content';
import { daySchema } from './content';
import { citesMethodology, recordType } from './spec';

const contentSchema = z.strictObject({
  deadline: daySchema,
  /** The day of surrender, or null while only the obligation is stated. */
  surrenderedOn: daySchema.nullable(),
});
type Content = z.infer<typeof contentSchema>;

/** 清缴: verified emissions against allowances and cancelled CCERs, at most 5 % of the latter. */
export const surrender = recordType<Content>({
  type: 'surrender',
  title: { en: 'Surrender', zh: '配额清缴' },
  content: contentSchema,
  filedBy: ['allowance-registry'],
  labels: 'none',
  unit: 'plant',
  period: 'year',
  about: 'any',
  cites: () => [
    ...citesMethodology,
    {
      role: 'verification-conclusion',
      type: 'verification-conclusion',
      min: 1,
      max: 1,
      same: ['uscc', 'unit', 'year'],
    },
    {
      role: 'allowance-issuance',
      type: 'allowance-issuance',
      kind: 'allowance-issuance',
      min: 1,
      max: 1,
      same: ['uscc', 'unit', 'year'],
    },
    { role: 'ccer-cancellation', type: 'ccer-cancellation', min: 0, max: 100, same: ['uscc', 'year'] },
  ],
  versions: 'supersession',
  check: ({ scope }) => {
    const faults = [];
    const used = scope.figures.get('ccerUsed_tCO2')?.value;
    const cap = scope.figures.get('ccerCap_tCO2')?.value;
    if (used !== undefined && cap !== undefined && parseDecimal(used).gt(cap)) {
      faults.push({
        path: '/totals/ccerUsed_tCO2',
        code: 'OVER_CAP' as const,
        message: `R-L21: ${used} t of CCER, but the cap is ${cap} t`,
        details: { rule: 'R-L21', used, cap },
      });
    }
    for (const cancellation of scope.cited.get('ccer-cancellation') ?? []) {
      if (cancellation.record.content['purpose'] !== 'national-offset') {
        faults.push(ruleFault('C10', '/cites', `${cancellation.key} was cancelled for another purpose`));
      }
    }
    return faults;
  },
});
