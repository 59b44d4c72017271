import { z } from 'zod';
import { maxSerialLength, parseSerialRange, serialCount } from '../../identifiers';
import { isLedgerError, type Fault } from '../../errors';
import { contentFault, textSchema, titled, tonnesSchema } from '../content';
import type { Effect } from '../effects';
import type { RecordTypeSpec } from '../spec';

export const serialFields = {
  /** The project as people call it. It identifies nothing: the serial numbers do. */
  projectRef: titled(z.string().regex(/^[A-Za-z0-9-]{1,40}$/), 'Project number', '项目编号'),
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
  what: 'add-serials' | 'free-serials',
  space: 'lot' | 'used',
  { serialFrom, serialTo }: SerialContent,
): Effect {
  return { do: what, space, serialFrom, serialTo };
}

const ccerLotContent = z.strictObject({
  ...serialFields,
  projectName: titled(textSchema, 'Project', '项目名称'),
  methodology: titled(z.string().max(60), 'Methodology', '方法学编号'),
});
export type CcerLotContent = z.infer<typeof ccerLotContent>;

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
  example: {
    projectRef: '1467848700000000001',
    projectName: '（虚构）并网海上风电项目 A',
    methodology: 'CCER-01-002-V01',
    serialFrom: 'FIC-A-000000001',
    serialTo: 'FIC-A-000045000',
    qty: '45000',
  },
};
