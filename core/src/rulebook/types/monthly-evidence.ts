import { z } from 'zod';
import { hoursOfMonth, lastDayOfMonth } from '../../calendar';
import { parseDecimal, type Decimal } from '../../decimal';
import type { Fault } from '../../errors';
import type { RecordScope } from '../../methodology/scope';
import { isFuture } from '../authority';
import { basisFaults, carbonTestFaults, standingReports } from '../carbon-tests';
import { citedOf } from '../cited';
import { dueTerms } from '../due-terms';
import { citedValues, dueDay, type YearValues } from '../due';
import { factFaults } from '../facts';
import { meterKinds, type MeterKind } from './device-batch';
import { contentFault, daySchema, factSchema, ruleFault, textSchema, titled, titledChoice } from '../content';
import { beltFaults } from '../shared-belt';
import { citesMethodology, type CheckInput, type ConditionInput, type RecordTypeSpec } from '../spec';

/** Beside the fields that all evidence has, a sector's methodology may ask for facts of its own, by their names. */
const monthlyEvidenceContent = z
  .object({
    /** `not-applicable` for the plant's stock balance, and for a sector that tests no carbon. */
    carbonBasis: titledChoice(
      {
        measured: { en: 'Measured', zh: '实测' },
        default: { en: 'Default value', zh: '缺省值' },
        'not-applicable': { en: 'Not applicable', zh: '不适用' },
      },
      'Carbon content',
      '元素碳含量来源',
    ),
    dailyRecords: titled(z.boolean(), 'With daily records', '附每日记录'),
    /** As the parameters of the year set it; absent where they set none. */
    due: titled(daySchema.optional(), 'Due on', '截止日期'),
    /** Of a unit that burns coal: where limits may depend on it. */
    coalMine: titled(textSchema.optional(), 'Mine that most of the coal came from', '主要来煤煤矿'),
    /** Of the scale or meter that its fuel was weighed by: R-L19. */
    scaleCalibrated: titled(daySchema.optional(), 'Scale or meter calibrated on', '计量器具校准日期'),
    /** Of a version that takes the place of another: R-D12. */
    changeReason: titled(textSchema.optional(), 'Reason of the change', '改动原因'),
    /** The day on which the filer says to have submitted it elsewhere: a claim. The ledger counts by its own time. */
    claimedSubmission: titled(daySchema.optional(), 'Submitted on (claimed)', '自述提交日期'),
  })
  .catchall(factSchema);
type MonthlyEvidenceContent = z.infer<typeof monthlyEvidenceContent>;
type Content = MonthlyEvidenceContent;

/** A report that stands for the month is used, whether the filer likes it or not (R-L16). */
async function omittedFaults({ record, scope, state }: ConditionInput<Content>): Promise<Fault[]> {
  if (record.subject.unit === 'PLANT') return [];
  const standing = await standingReports(state, scope, record.subject.period);
  const cited = new Set(record.cites.filter(({ role }) => role === 'test-report').map(({ record: id }) => id));
  return standing
    .filter((report) => !cited.has(report.record))
    .map((report) => {
      const details = { rule: 'R-L16', key: report.key, record: report.record };
      return ruleFault('R-L16', '/cites', `the report ${report.key} stands for this month and must be cited`, details);
    });
}

function figure(scope: RecordScope, name: string): string | undefined {
  return scope.figures.get(name)?.value;
}

function exceeds(scope: RecordScope, name: string, limit: string | undefined): boolean {
  const value = figure(scope, name);
  return value !== undefined && limit !== undefined && parseDecimal(value).gt(limit);
}

/** Arithmetic and physical impossibilities: they block (R-X07, R-L09). */
function physicalFaults({ record, scope }: CheckInput<Content>): Fault[] {
  const faults: Fault[] = [];
  const at = (name: string): string => `/figures/${name}`;
  if (exceeds(scope, 'operatingHours_h', String(hoursOfMonth(record.subject.period)))) {
    faults.push(ruleFault('R-X07', at('operatingHours_h'), 'more hours than the month has'));
  }
  if (exceeds(scope, 'loadFactor_pct', '100'))
    faults.push(ruleFault('R-L09', at('loadFactor_pct'), 'a load factor above 100 %'));
  return faults;
}

/** The last day for the evidence of a month, by the values of its year; undefined where they set none. */
export function evidenceDue(month: string, values: YearValues | undefined): string | undefined {
  return dueDay(
    { due: dueTerms['monthly-evidence'] },
    { subject: { uscc: '', unit: '', period: month }, kind: 'monthly-evidence' },
    values,
  );
}

function statedDueFaults({ content, record, scope }: CheckInput<Content>): Fault[] {
  const day = evidenceDue(record.subject.period, citedValues(scope));
  if (content.due === day) return [];
  const { period } = record.subject;
  const message =
    day === undefined
      ? `the parameters that are cited set no day for the evidence of ${period}: leave it out`
      : `evidence of ${period} is due on ${day}, by the parameters that are cited`;
  return [contentFault('due', message, { expected: day ?? null })];
}

function dateFaults(input: CheckInput<Content>): Fault[] {
  const { content, time } = input;
  const { claimedSubmission: claimed } = content;
  const faults = statedDueFaults(input);
  if (claimed !== undefined && isFuture(claimed, time))
    faults.push(contentFault('claimedSubmission', 'a submission that is still to come'));
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

/** R-L23: what meters of a kind read together is the month's figure, exactly. */
function batchFaults({ scope }: CheckInput<Content>): Fault[] {
  const sums = new Map<MeterKind, Decimal>();
  for (const { content, scope: batch } of citedOf(scope, 'device-batch', 'device-batch')) {
    const sum = batch.figures.get('sum')?.value ?? '0';
    sums.set(content.meter, (sums.get(content.meter) ?? parseDecimal('0')).plus(sum));
  }
  return [...sums].flatMap(([meter, sum]) => {
    const name = meterKinds[meter].figure;
    const stated = name === undefined ? undefined : figure(scope, name);
    if (name === undefined || (stated !== undefined && sum.eq(stated))) return [];
    const message = `the ${meter} batches come to ${sum.toFixed()}, not ${stated ?? 'nothing'}`;
    return [ruleFault('R-L23', `/figures/${name}`, message, { sum: sum.toFixed() })];
  });
}

/** 月度信息化存证 of one unit; of the plant: its coal stock balance. */
export const monthlyEvidence: RecordTypeSpec<Content> = {
  type: 'monthly-evidence',
  title: { en: 'Monthly evidence', zh: '月度存证' },
  content: monthlyEvidenceContent,
  filed: [{ by: 'enterprise', as: 'self' }],
  unit: 'unit-or-plant',
  period: 'month',
  process: 'three-level-review',
  cites: ({ subject }) => [
    ...citesMethodology,
    ...(subject.unit === 'PLANT'
      ? ([
          {
            role: 'unit-evidence',
            type: 'monthly-evidence',
            min: 1,
            max: 40,
            same: ['uscc', 'period'],
            of: 'units',
            everyUnit: true,
          },
        ] as const)
      : ([
          {
            role: 'quality-control-plan',
            type: 'quality-control-plan',
            min: 1,
            max: 1,
            same: ['uscc', 'unit', 'year'],
          },
          {
            role: 'shared-belt-plan',
            type: 'quality-control-plan',
            min: 0,
            max: 39,
            same: ['uscc', 'year'],
            of: 'units',
            belt: 'others',
          },
          {
            role: 'test-report',
            type: 'test-report',
            min: 0,
            max: 100,
            same: ['uscc', 'period'],
            severally: true,
            belt: 'all',
          },
          { role: 'device-batch', type: 'device-batch', min: 0, max: 40, same: ['uscc', 'unit', 'period'] },
        ] as const)),
  ],
  due: dueTerms['monthly-evidence'],
  expected: 'of-units',
  check: (input) => {
    const facts = factFaults(input.scope, input.content, monthlyEvidenceContent.shape);
    if (input.record.subject.unit === 'PLANT') return [...facts, ...dateFaults(input)];
    return [
      ...facts,
      ...dateFaults(input),
      ...beltFaults(input.scope),
      ...carbonTestFaults(input.scope),
      ...basisFaults(input.scope),
      ...physicalFaults(input),
      ...batchFaults(input),
      ...dailyFaults(input),
    ];
  },
  conditions: omittedFaults,
  example: { carbonBasis: 'measured', dailyRecords: false, due: '2024-03-11', claimedSubmission: '2024-03-10' },
};
