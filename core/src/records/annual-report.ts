import { z } from 'zod';
import { monthsOfYear } from '../calendar';
import type { Fault } from '../errors';
import { ruleFault, textSchema } from './content';
import { usccSchema } from './record';
import { citesMethodology, recordType, type CheckInput } from './spec';

const contentSchema = z.strictObject({
  /** Who prepared the report (报告编制机构), where not the enterprise itself. */
  preparer: usccSchema.nullable(),
  title: textSchema,
});
type Content = z.infer<typeof contentSchema>;

/** R-L15: a year is its twelve months, each once. */
function monthFaults({ record, scope }: CheckInput<Content>): Fault[] {
  const cited = (scope.cited.get('monthly-evidence') ?? []).map((month) => month.record.subject.period);
  const missing = monthsOfYear(record.subject.period).filter((month) => !cited.includes(month));
  return missing.length === 0
    ? []
    : [ruleFault('R-L15', '/cites', `these months are not cited: ${missing.join(', ')}`, { missing })];
}

/** 年度排放报告 of one unit, from its twelve months; of the plant, from its units. */
export const annualReport = recordType<Content>({
  type: 'annual-report',
  title: { en: 'Annual emission report', zh: '年度排放报告' },
  content: contentSchema,
  filedBy: ['enterprise'],
  labels: 'none',
  unit: 'unit-or-plant',
  period: 'year',
  about: 'self',
  cites: (record) =>
    record.subject.unit === 'PLANT'
      ? [
          ...citesMethodology,
          { role: 'unit-report', type: 'annual-report', min: 1, max: 40, same: ['uscc', 'year'], of: 'units' },
        ]
      : [
          ...citesMethodology,
          {
            role: 'quality-control-plan',
            type: 'quality-control-plan',
            min: 1,
            max: 1,
            same: ['uscc', 'unit', 'year'],
          },
          { role: 'monthly-evidence', type: 'monthly-evidence', min: 12, max: 12, same: ['uscc', 'unit', 'year'] },
        ],
  versions: 'supersession',
  check: (input) => (input.record.subject.unit === 'PLANT' ? [] : monthFaults(input)),
});
