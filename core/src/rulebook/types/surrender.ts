import { z } from 'zod';
import { parseDecimal } from '../../decimal';
import type { Fault } from '../../errors';
import { citedOf } from '../cited';
import { daySchema, ruleFault, titled } from '../content';
import { citesMethodology, type CheckInput, type RecordTypeSpec } from '../spec';

const surrenderContent = z.strictObject({
  deadline: titled(daySchema, 'Deadline', '清缴截止日期'),
  /** The day of surrender, or null while only the obligation is stated. */
  surrenderedOn: titled(daySchema.nullable(), 'Surrendered on', '清缴日期'),
});
export type SurrenderContent = z.infer<typeof surrenderContent>;

function capFaults({ scope }: CheckInput<SurrenderContent>): Fault[] {
  const used = scope.figures.get('ccerUsed_tCO2')?.value;
  const cap = scope.figures.get('ccerCap_tCO2')?.value;
  if (used === undefined || cap === undefined || parseDecimal(used).lte(cap)) return [];
  const message = `R-L21: ${used} t of CCER, but the cap is ${cap} t`;
  const details = { rule: 'R-L21', used, cap };
  return [{ path: '/totals/ccerUsed_tCO2', code: 'OVER_CAP', message, details }];
}

function purposeFaults({ scope }: CheckInput<SurrenderContent>): Fault[] {
  return citedOf(scope, 'ccer-cancellation', 'ccer-cancellation')
    .filter(({ content }) => content.purpose !== 'national-offset')
    .map((cited) => ruleFault('C10', '/cites', `${cited.scope.key} was cancelled for another purpose`));
}

/** 清缴: verified emissions against allowances and cancelled CCERs, at most 5 % of the latter. It books what it cites. */
export const surrender: RecordTypeSpec<SurrenderContent> = {
  type: 'surrender',
  title: { en: 'Surrender', zh: '配额清缴' },
  content: surrenderContent,
  filed: [{ by: 'allowance-registry', as: 'registry' }],
  unit: 'plant',
  period: 'year',
  process: 'corrigible',
  follows: 'allowance-issuance',
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
    { role: 'ccer-cancellation', type: 'ccer-cancellation', min: 0, max: 100, same: ['uscc', 'year'], acts: true },
  ],
  acts: () => [{ role: 'ccer-cancellation', trigger: 'surrender' }],
  undo: 'refused',
  check: (input) => [...capFaults(input), ...purposeFaults(input)],
  example: { deadline: '2025-12-31', surrenderedOn: '2025-12-20' },
};
