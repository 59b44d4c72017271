import { z } from 'zod';
import type { Fault } from '../../errors';
import { statedFigure } from '../../methodology/define';
import { isFuture } from '../authority';
import { accountFaults, freezeFaults, lotFaults, offsetFaults } from '../ccer';
import { contentFault, daySchema, numberSchema, titled, titledChoice } from '../content';
import type { Effect } from '../effects';
import { listingFaults } from '../listing';
import type { CheckInput, ConditionInput, EffectInput, RecordTypeSpec } from '../spec';
import { serialEffect, serialFaults, serialFields, trackSchema } from './ccer-lot';

export const ccerCancellationContent = z.strictObject({
  ...serialFields,
  /** Only a cancellation for the national market can be used for surrender there. */
  purpose: titledChoice(
    {
      'national-offset': { en: 'Offset in the national market', zh: '全国碳市场抵销' },
      voluntary: { en: 'Voluntary cancellation', zh: '自愿注销' },
      'pilot-market': { en: 'Pilot market', zh: '试点碳市场' },
      other: { en: 'Other', zh: '其他' },
    },
    'Purpose',
    '注销用途',
  ),
  /** Account in the CCER registry, bound to the enterprise by its party record. */
  account: titled(numberSchema.max(80), 'CCER account', '自愿减排账户'),
  cancelledOn: titled(daySchema, 'Cancelled on', '注销日期'),
  /** In which registry, where it is not the present one. */
  track: trackSchema.optional(),
});
export type CcerCancellationContent = z.infer<typeof ccerCancellationContent>;
type Input = CheckInput<CcerCancellationContent>;
type Conditions = ConditionInput<CcerCancellationContent>;

function quantityFaults({ content, scope }: Input): Fault[] {
  const got = scope.figures.get('ccerQty_tCO2')?.value;
  if (got === content.qty) return [];
  const details = { figure: 'ccerQty_tCO2', expected: content.qty, got: got ?? null, step: 'ccer.quantity' };
  return [
    { path: '/totals/ccerQty_tCO2', code: 'FIGURE_MISMATCH', message: `the range holds ${content.qty} t`, details },
  ];
}

function dayFaults({ content, time }: Input): Fault[] {
  return isFuture(content.cancelledOn, time)
    ? [contentFault('cancelledOn', 'a cancellation that is still to come')]
    : [];
}

async function conditionFaults(input: Conditions): Promise<Fault[]> {
  // Numbers that make no range are told once, by the check.
  if (serialFaults(input.content).length > 0) return [];
  const faults = [...(await accountFaults(input)), ...(await freezeFaults(input))];
  if (input.content.purpose !== 'national-offset') return faults;
  return [...faults, ...(await listingFaults(input.record.subject, input.state)), ...(await offsetFaults(input))];
}

function effects({ record, content }: EffectInput<CcerCancellationContent>): Effect[] {
  const { uscc, period: year } = record.subject;
  const cancelled = { project: content.projectRef, qty: content.qty };
  const isFrozen = record.cites.some(({ role }) => role === 'ccer-freeze');
  return [
    serialEffect('add-serials', 'used', content),
    ...(isFrozen ? [serialEffect('take-serials', 'frozen', content)] : []),
    ...(content.purpose === 'national-offset' ? [{ do: 'offset', uscc, year, cancelled } as const] : []),
  ];
}

/** CCER 注销 for one enterprise and compliance year. Its serial numbers can never be used again. */
export const ccerCancellation: RecordTypeSpec<CcerCancellationContent> = {
  type: 'ccer-cancellation',
  title: { en: 'CCER cancellation', zh: 'CCER 注销' },
  content: ccerCancellationContent,
  filed: [{ by: 'ccer-registry', as: 'registry' }],
  labels: { names: 'any' },
  unit: 'plant',
  period: 'year',
  process: 'ccer-cancellation',
  cites: () => [
    { role: 'ccer-lot', type: 'ccer-lot', min: 1, max: 1 },
    // Where the procedure of the year begins with a freeze (domain 4.2).
    { role: 'ccer-freeze', type: 'ccer-freeze', min: 0, max: 1, same: ['uscc', 'unit', 'year'], acts: true },
  ],
  acts: () => [{ role: 'ccer-freeze', trigger: 'ccer-cancellation' }],
  figures: () => [statedFigure('ccerQty_tCO2', 'tCO2', 0, [], { visibility: 'public' })],
  effects,
  check: (input) => {
    const faults = serialFaults(input.content);
    return faults.length > 0 ? faults : [...lotFaults(input), ...quantityFaults(input), ...dayFaults(input)];
  },
  conditions: conditionFaults,
  example: {
    projectRef: '1467848700000000001',
    serialFrom: 'FIC-A-000000001',
    serialTo: 'FIC-A-000045000',
    qty: '45000',
    purpose: 'national-offset',
    account: 'FIC-CCER-0000001',
    cancelledOn: '2025-12-02',
  },
};
