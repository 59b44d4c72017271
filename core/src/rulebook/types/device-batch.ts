import { z } from 'zod';
import { shanghaiDay } from '../../calendar';
import type { Fault } from '../../errors';
import type { FigureSpec } from '../../methodology/spec';
import type { LedgerRecord } from '../../records/record';
import { codeSchema, contentFault, decimalSchema, instantSchema, numberSchema, titled, titledChoice } from '../content';
import { isFuture, isStanding } from '../authority';
import type { CheckInput, ConditionInput, RecordTypeSpec } from '../spec';

/** What a kind of meter measures: the figure of the month that its sum must come to, with its unit and decimals. */
export const meterKinds = {
  'belt-scale': { figure: 'coalConsumption_t', unit: 't', decimals: 2 },
  electricity: { figure: 'generation_MWh', unit: 'MWh', decimals: 3 },
  heat: { figure: 'heatSupply_GJ', unit: 'GJ', decimals: 2 },
  cems: { figure: undefined, unit: 'tCO2', decimals: 2 },
} as const;
export type MeterKind = keyof typeof meterKinds;

const deviceBatchContent = z.strictObject({
  meterId: titled(codeSchema(/^[A-Za-z0-9._-]{1,60}$/, 'not an id of a meter'), 'Meter', '计量器具编号'),
  meter: titledChoice(
    {
      'belt-scale': { en: 'Belt scale', zh: '皮带秤' },
      electricity: { en: 'Electricity meter', zh: '电能表' },
      heat: { en: 'Heat meter', zh: '热量表' },
      cems: { en: 'Emission monitoring', zh: '烟气连续监测' },
    } satisfies Readonly<Record<MeterKind, { en: string; zh: string }>>,
    'Kind of meter',
    '计量器具类别',
  ),
  count: titled(z.int().min(1).max(100_000), 'Readings', '读数数量'),
  first: titled(instantSchema, 'First reading', '首个读数时间'),
  last: titled(instantSchema, 'Last reading', '末个读数时间'),
  /** Between two of its readings: R-D16. */
  gap_h: titled(decimalSchema.optional(), 'Longest gap, h', '最长间隔（h）'),
  certificateNo: titled(numberSchema.optional(), 'Calibration certificate', '校准证书编号'),
  /** RFC 9162 root over the readings in the order of time (`core/src/rulebook/readings`). */
  root: titled(z.string().regex(/^[0-9a-f]{64}$/, 'not 32 bytes in hex'), 'Root of the readings', '读数默克尔根'),
});
export type DeviceBatchContent = z.infer<typeof deviceBatchContent>;

/** The sum is a business secret as the month's figures are. */
function sumSpec({ content }: Pick<LedgerRecord, 'content'>): readonly FigureSpec[] {
  const meter = String(content['meter']);
  // Where the kind of meter is not said yet, nobody knows what is summed.
  if (!Object.hasOwn(meterKinds, meter)) return [];
  const { unit, decimals } = meterKinds[meter as MeterKind];
  return [{ name: 'sum', unit, decimals, visibility: 'private', required: true, stated: true, cases: [] }];
}

function timeFaults({ content, record, time }: CheckInput<DeviceBatchContent>): Fault[] {
  const faults: Fault[] = [];
  for (const field of ['first', 'last'] as const)
    if (shanghaiDay(content[field]).slice(0, 7) !== record.subject.period)
      faults.push(contentFault(field, `${content[field]} is not in ${record.subject.period} (Asia/Shanghai)`));
  if (content.last < content.first || (content.count > 1 && content.last === content.first))
    faults.push(contentFault('last', 'the last reading does not follow the first'));
  if (isFuture(shanghaiDay(content.last), time)) faults.push(contentFault('last', 'a reading that is still to come'));
  return faults;
}

/** A device signs for the party that owns it. */
async function ownerFaults({ issuer, record, state }: ConditionInput<DeviceBatchContent>): Promise<Fault[]> {
  if (issuer.kind !== 'device') return [];
  const device = await state.get('party', record.issuer);
  const owner = device?.content.owner;
  if (!isStanding(await state.get('party', record.subject.uscc)))
    return [{ path: '/subject/uscc', code: 'PARTY_ENDED', message: `${record.subject.uscc} does not stand any more` }];
  return owner === record.subject.uscc
    ? []
    : [{ path: '/issuer', code: 'NOT_ALLOWED_TO_FILE', message: `this device belongs to ${String(owner)}` }];
}

/** 设备读数 of one meter in a month: their number, first and last, and the root against which each of them can be proved. */
export const deviceBatch: RecordTypeSpec<DeviceBatchContent> = {
  type: 'device-batch',
  title: { en: 'Readings of a device', zh: '设备读数批次' },
  content: deviceBatchContent,
  filed: [
    { by: 'enterprise', as: 'self' },
    { by: 'device', as: 'party' },
  ],
  number: true,
  unit: 'unit',
  period: 'month',
  process: 'corrigible',
  cites: () => [],
  figures: sumSpec,
  check: timeFaults,
  conditions: ownerFaults,
  example: {
    ...{ meterId: 'PDC-01', meter: 'belt-scale', count: 744, root: 'ab'.repeat(32) },
    ...{ first: '2024-01-01T00:00:00Z', last: '2024-01-31T15:00:00Z' },
  },
};
