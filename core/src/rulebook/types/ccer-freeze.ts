import { z } from 'zod';
import { parseSerialRange } from '../../identifiers';
import type { Fault } from '../../errors';
import { overlappingSpan } from '../../state/serials';
import { contentFault, numberSchema, titled } from '../content';
import type { ConditionInput, RecordTypeSpec } from '../spec';
import { accountFaults, lotFaults } from '../ccer';
import { serialEffect, serialFaults, serialFields } from './ccer-lot';

const ccerFreezeContent = z.strictObject({
  ...serialFields,
  account: titled(numberSchema.max(80), 'CCER account', '自愿减排账户'),
});
export type CcerFreezeContent = z.infer<typeof ccerFreezeContent>;

/** What was used is not there any more. */
async function usedFaults({ content, state }: ConditionInput<CcerFreezeContent>): Promise<Fault[]> {
  const used = await overlappingSpan(state, 'used', parseSerialRange(content.serialFrom, content.serialTo));
  if (used === undefined) return [];
  const message = `numbers from ${used.from} to ${used.to} were used by ${used.key}`;
  return [contentFault('serialFrom', message, { holder: used.key, from: used.from, to: used.to }, 'SERIAL_OVERLAP')];
}

/** 全国履约抵销冻结: serial numbers kept for one enterprise's compliance year, until they are cancelled or released. */
export const ccerFreeze: RecordTypeSpec<CcerFreezeContent> = {
  type: 'ccer-freeze',
  title: { en: 'CCER freeze', zh: 'CCER 冻结' },
  content: ccerFreezeContent,
  filed: [{ by: 'ccer-registry', as: 'registry' }],
  labels: { names: 'any', required: true },
  unit: 'plant',
  period: 'year',
  process: 'ccer-freeze',
  cites: () => [{ role: 'ccer-lot', type: 'ccer-lot', min: 1, max: 1 }],
  effects: ({ content }) => [serialEffect('add-serials', 'frozen', content)],
  check: (input) => {
    const faults = serialFaults(input.content);
    return faults.length > 0 ? faults : lotFaults(input);
  },
  conditions: async (input) => [
    ...(await accountFaults(input)),
    ...(serialFaults(input.content).length > 0 ? [] : await usedFaults(input)),
  ],
  example: {
    projectRef: '1467848700000000001',
    serialFrom: 'FIC-A-000000001',
    serialTo: 'FIC-A-000045000',
    qty: '45000',
    account: 'FIC-CCER-0000001',
  },
};
