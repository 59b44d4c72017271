import type { Fault } from '../errors';
import type { LedgerRecord } from '../records/record';
import { codeSchema, contentFault, daySchema, titled } from './content';

/** How a unit's carbon is tested: its quality control plan declares one for the year; none comes before another (核算指南). */
export const carbonTestModes = {
  daily: { en: 'Daily', zh: '每日检测' },
  batch: { en: 'By batch', zh: '每批次检测' },
  'monthly-composite': { en: 'Monthly composite sample', zh: '月缩分样检测' },
} as const;
export type CarbonTestMode = keyof typeof carbonTestModes;

const DAY = /^[0-9]{2}$/;
const BATCH = /^[A-Z][A-Z0-9]{0,19}$/;
const batchSchema = codeSchema(BATCH, 'not the number of a batch (a capital letter, then capitals and digits: B01)');

/** What a sample stands for, where it is no composite of the month; the same in its receipt and in its report. */
export const sampleFields = {
  sampleDay: titled(daySchema.optional(), 'Day of the sample (daily tests)', '样品所属日（每日检测）'),
  batchNo: titled(batchSchema.optional(), 'Batch of the sample (tests by batch)', '样品所属批次（每批次检测）'),
};

/** What a sample stands for within its month, as a record or a form says it. */
interface SampleOf {
  readonly sampleDay?: string | undefined;
  readonly batchNo?: string | undefined;
}

interface Sample extends SampleOf {
  readonly sampleMonth: string;
}

/** The mode of which a report is, by the label of its kind: `test-report.15`, `test-report.B01`, `test-report`. */
export function modeOfKind(kind: string): CarbonTestMode {
  const label = kind.split('.')[1];
  if (label === undefined) return 'monthly-composite';
  return DAY.test(label) ? 'daily' : 'batch';
}

/** What a form asks where it asks for that label. */
export const sampleLabel = {
  title: { en: 'Day or batch', zh: '日期或批号' },
  hint: {
    en: 'tested by day: the day, as 05; by batch: its number, as B01; empty for the composite of the month',
    zh: '逐日检测填日期，如 05；按批检测填批号，如 B01；月缩分样不填',
  },
} as const;

/** The label under which a sample is filed: `15` of a day, `B01` of a batch, none of a composite. */
export function labelOfSample({ sampleDay, batchNo }: SampleOf): string | undefined {
  return sampleDay?.slice(8) ?? batchNo;
}

/**
 * A sample that is received beside the one that is tested, a kept or a second one: under any label that is no day and no
 * batch. No report rests on it, for a report rests on the receipt of its own day, batch or month.
 */
function isBeside({ type, kind }: Pick<LedgerRecord, 'type' | 'kind'>): boolean {
  const label = kind.split('.')[1];
  return type === 'sample-receipt' && label !== undefined && !DAY.test(label) && !BATCH.test(label);
}

/**
 * A sample of a day or batch is filed under it, so that a unit's month has one report of each day and of each batch: the
 * second one is a next version, or none at all.
 */
export function sampleFaults(record: Pick<LedgerRecord, 'type' | 'kind' | 'subject'>, content: Sample): Fault[] {
  const { sampleMonth, sampleDay, batchNo } = content;
  const { period } = record.subject;
  const faults: Fault[] = [];
  if (sampleMonth !== period) faults.push(contentFault('sampleMonth', `the sample month must be ${period}`));
  if (sampleDay !== undefined && !sampleDay.startsWith(`${period}-`))
    faults.push(contentFault('sampleDay', `${sampleDay} is no day of ${period}`));
  if (sampleDay !== undefined && batchNo !== undefined)
    faults.push(contentFault('batchNo', 'a sample is of a day or of a batch, not of both'));
  return [...faults, ...kindFaults(record, content)];
}

function kindFaults(record: Pick<LedgerRecord, 'type' | 'kind'>, content: Sample): Fault[] {
  const label = labelOfSample(content);
  if (label === undefined && isBeside(record)) return [];
  const kind = label === undefined ? record.type : `${record.type}.${label}`;
  if (record.kind === kind) return [];
  const { sampleDay, batchNo } = content;
  const of = sampleDay ?? (batchNo === undefined ? 'the month as a whole' : `batch ${batchNo}`);
  const message = `a sample of ${of} is filed as ${kind}, not as ${record.kind}`;
  return [{ path: '/kind', code: 'BAD_RECORD', message, details: { expected: kind, got: record.kind } }];
}
