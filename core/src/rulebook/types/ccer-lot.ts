import { z } from 'zod';
import { maxSerialLength, parseSerialRange, serialCount } from '../../identifiers';
import { isLedgerError, type Fault } from '../../errors';
import {
  codeSchema,
  contentFault,
  daySchema,
  permitSchema,
  ruleFault,
  textSchema,
  titled,
  titledChoice,
  tonnesSchema,
} from '../content';
import type { SerialSpace } from '../../state/serials';
import type { Effect } from '../effects';
import type { ConditionInput, RecordTypeSpec } from '../spec';
import { acceptedUnder, facilityId } from '../unit-effects';

export const serialFields = {
  /** The project as people call it. It identifies nothing: the serial numbers do. */
  projectRef: titled(codeSchema(/^[A-Za-z0-9-]{1,40}$/, 'not a project number'), 'Project number', '项目编号'),
  serialFrom: titled(z.string().max(maxSerialLength), 'First serial number', '起始序列号'),
  serialTo: titled(z.string().max(maxSerialLength), 'Last serial number', '截止序列号'),
  /** Whole tonnes: one CCER is one tCO2e. */
  qty: titled(tonnesSchema, 'Quantity, tCO2e', '数量（tCO2e）'),
};

export interface SerialContent {
  readonly serialFrom: string;
  readonly serialTo: string;
  readonly qty: string;
}

export const trackSchema = titledChoice(
  {
    earlier: { en: 'Before the present registry', zh: '原登记系统' },
    current: { en: 'Present registry', zh: '现登记系统' },
  },
  'Registry',
  '登记系统',
);

/** The range must be one of a single block, in order, and hold exactly `qty` numbers. */
export function serialFaults(content: SerialContent): Fault[] {
  try {
    const count = serialCount(parseSerialRange(content.serialFrom, content.serialTo));
    if (count === BigInt(content.qty)) return [];
    return [contentFault('qty', `the range holds ${count.toString()} serial numbers, not ${content.qty}`)];
  } catch (error) {
    if (isLedgerError(error)) return [contentFault('serialFrom', error.message)];
    throw error;
  }
}

export function serialEffect(
  what: 'add-serials' | 'free-serials' | 'take-serials',
  space: SerialSpace,
  { serialFrom, serialTo }: SerialContent,
): Effect {
  return { do: what, space, serialFrom, serialTo };
}

const ccerLotContent = z.strictObject({
  ...serialFields,
  projectName: titled(textSchema, 'Project', '项目名称'),
  methodology: titled(z.string().max(60), 'Methodology', '方法学编号'),
  /** Day on which the reductions were registered; which years they serve for follows from it. */
  registeredOn: titled(daySchema.optional(), 'Registered on', '减排量登记日期'),
  /** `earlier`: registered in the registry before the present one. */
  track: trackSchema.optional(),
  /** Where the project stands, if it is one of a discharge permit. */
  facility: titled(
    z
      .strictObject({
        permitNo: titled(permitSchema, 'Discharge permit', '排污许可证编号'),
        facilityCode: titled(
          codeSchema(/^[A-Z]{2}[0-9]{4}$/, 'not a code of the permit'),
          'Facility code',
          '生产设施编号',
        ),
      })
      .optional(),
    'Facility',
    '所在设施',
  ),
});
export type CcerLotContent = z.infer<typeof ccerLotContent>;

/** C07: reductions of a facility that is itself in the market serve nobody. */
async function boundaryFaults({ content, state }: ConditionInput<CcerLotContent>): Promise<Fault[]> {
  if (content.facility === undefined) return [];
  const { permitNo, facilityCode } = content.facility;
  const holder = await acceptedUnder(state, facilityId({ permit: permitNo, code: facilityCode }));
  if (holder === undefined) return [];
  const message = `${facilityCode} of ${permitNo} is a unit of the market: ${holder}`;
  return [ruleFault('C07', '/content/facility', message, { holder })];
}

/** A lot of issued CCERs: which serial numbers exist. */
export const ccerLot: RecordTypeSpec<CcerLotContent> = {
  type: 'ccer-lot',
  title: { en: 'CCER lot', zh: 'CCER 签发批次' },
  content: ccerLotContent,
  filed: [{ by: 'ccer-registry', as: 'self' }],
  labels: { names: 'any' },
  unit: 'any',
  period: 'none',
  process: 'ccer-lot',
  cites: () => [],
  effects: ({ content }) => [serialEffect('add-serials', 'lot', content)],
  check: ({ content }) => serialFaults(content),
  conditions: boundaryFaults,
  example: {
    projectRef: '1467848700000000001',
    projectName: '（虚构）并网海上风电项目 A',
    methodology: 'CCER-01-002-V01',
    serialFrom: 'FIC-A-000000001',
    serialTo: 'FIC-A-000045000',
    qty: '45000',
  },
};
