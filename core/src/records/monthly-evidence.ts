import { z } from 'zod';
import { daysBetween, evidenceDue, evidenceDueDays, hoursOfMonth, lastDayOfMonth } from '../calendar';
import { parseDecimal } from '../decimal';
import type { Fault } from '../errors';
import type { RecordScope } from '../methodology/scope';
import { contentFault, daySchema, ruleFault } from './content';
import { citesMethodology, recordType, type CheckInput } from './spec';

const contentSchema = z.strictObject({
  /** `not-applicable` only for the plant's stock balance. */
  carbonBasis: z.enum(['measured', 'default', 'not-applicable']),
  dailyRecords: z.boolean(),
  due: daySchema,
  submitted: daySchema,
  onTime: z.boolean(),
});
type Content = z.infer<typeof contentSchema>;

/**
 * Is the month's carbon test compliant? Issued and received within 40 natural days after the month's end (R-D04); the
 * lab's certificate was judged when the report was anchored (R-D06).
 */
export function isCompliantTest(
  report: { readonly issued: string; readonly received: string },
  month: string,
): boolean {
  const end = lastDayOfMonth(month);
  return daysBetween(end, report.issued) <= evidenceDueDays && daysBetween(end, report.received) <= evidenceDueDays;
}

/** R-L16: the default carbon content is used if, and only if, there is no compliant report. */
function basisFaults({ content, record, scope }: CheckInput<Content>): Fault[] {
  const [report] = scope.cited.get('test-report') ?? [];
  const compliant =
    report !== undefined &&
    isCompliantTest(report.record.content as { issued: string; received: string }, record.subject.period);
  const expected = compliant ? 'measured' : 'default';
  if (content.carbonBasis === expected) return [];
  const why = report
    ? `its report is ${compliant ? '' : 'not '}compliant (40 days after month end, R-D04)`
    : 'there is no report';
  return [
    ruleFault('R-L16', '/content/carbonBasis', `the month must use the ${expected} carbon content: ${why}`, {
      expected,
      got: content.carbonBasis,
    }),
  ];
}

function figure(scope: RecordScope, name: string): string | undefined {
  return scope.figures.get(name)?.value;
}

function exceeds(scope: RecordScope, name: string, limit: string | undefined): boolean {
  const value = figure(scope, name);
  return value !== undefined && limit !== undefined && parseDecimal(value).gt(limit);
}

/** Arithmetic and physical impossibilities: they block (R-X07, R-L05, R-L09). */
function physicalFaults({ record, scope }: CheckInput<Content>): Fault[] {
  const faults: Fault[] = [];
  const at = (name: string): string => `/figures/${name}`;
  if (exceeds(scope, 'operatingHours_h', String(hoursOfMonth(record.subject.period)))) {
    faults.push(ruleFault('R-X07', at('operatingHours_h'), 'more hours than the month has'));
  }
  if (exceeds(scope, 'loadFactor_pct', '100'))
    faults.push(ruleFault('R-L09', at('loadFactor_pct'), 'a load factor above 100 %'));
  const [report] = scope.cited.get('test-report') ?? [];
  if (report && exceeds(report, 'Mad_pct', figure(scope, 'Mar_pct'))) {
    faults.push(ruleFault('R-L05', at('Mar_pct'), 'air-dry moisture Mad above as-received moisture Mar'));
  }
  return faults;
}

function dateFaults({ content, record }: CheckInput<Content>): Fault[] {
  const due = evidenceDue(record.subject.period);
  const faults: Fault[] = [];
  if (content.due !== due) faults.push(contentFault('due', `evidence of ${record.subject.period} is due on ${due}`));
  if (content.onTime !== content.submitted <= due)
    faults.push(contentFault('onTime', `submitted ${content.submitted}, due ${due}`));
  return faults;
}

/** R-L08: a month of daily records has every day, in every column. */
function dailyFaults({ content, record, scope }: CheckInput<Content>): Fault[] {
  const days = Number(lastDayOfMonth(record.subject.period).slice(8));
  return ['daily.fc_t.', 'daily.ncv_GJ_t.', 'daily.mar_pct.'].flatMap((prefix) => {
    const count = [...scope.figures.keys()].filter((name) => name.startsWith(prefix)).length;
    const expected = content.dailyRecords ? days : 0;
    return count === expected
      ? []
      : [ruleFault('R-L08', `/figures/${prefix}*`, `${String(count)} daily figures, not ${String(expected)}`)];
  });
}

/** 月度信息化存证 of one unit; of the plant: its coal stock balance. */
export const monthlyEvidence = recordType<Content>({
  type: 'monthly-evidence',
  title: { en: 'Monthly evidence', zh: '月度存证' },
  content: contentSchema,
  filedBy: ['enterprise'],
  labels: 'none',
  unit: 'unit-or-plant',
  period: 'month',
  about: 'self',
  cites: (record) =>
    record.subject.unit === 'PLANT'
      ? [
          ...citesMethodology,
          { role: 'unit-evidence', type: 'monthly-evidence', min: 1, max: 40, same: ['uscc', 'period'], of: 'units' },
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
          { role: 'test-report', type: 'test-report', min: 0, max: 1, same: ['uscc', 'unit', 'period'] },
        ],
  versions: 'supersession',
  check: (input) => {
    if (input.record.subject.unit === 'PLANT') return dateFaults(input);
    return [...dateFaults(input), ...basisFaults(input), ...physicalFaults(input), ...dailyFaults(input)];
  },
});
