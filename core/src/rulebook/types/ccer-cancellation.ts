import { z } from 'zod';
import { parseSerialRange } from '../../identifiers';
import type { Fault } from '../../errors';
import { statedFigure } from '../../methodology/define';
import { isFuture } from '../authority';
import { citedOf } from '../cited';
import { contentFault, daySchema, ruleFault, textSchema, titled, titledChoice } from '../content';
import { sameIdentity } from '../identity';
import { listingFaults } from '../listing';
import type { CheckInput, ConditionInput, RecordTypeSpec } from '../spec';
import { serialEffect, serialFaults, serialFields } from './ccer-lot';

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
  account: titled(textSchema.max(80), 'CCER account', '自愿减排账户'),
  cancelledOn: titled(daySchema, 'Cancelled on', '注销日期'),
});
export type CcerCancellationContent = z.infer<typeof ccerCancellationContent>;
type Input = CheckInput<CcerCancellationContent>;
type Conditions = ConditionInput<CcerCancellationContent>;

/** The cancelled numbers must lie inside the cited lot. */
function lotFaults({ content, scope }: Input): Fault[] {
  const [lot] = citedOf(scope, 'ccer-lot', 'ccer-lot');
  if (lot === undefined) return [];
  const { serialFrom, serialTo, projectRef } = lot.content;
  if (!sameIdentity(projectRef, content.projectRef))
    return [contentFault('projectRef', 'the cited lot is of another project', {}, 'SERIAL_NOT_ISSUED')];
  const issued = parseSerialRange(serialFrom, serialTo);
  const used = parseSerialRange(content.serialFrom, content.serialTo);
  if (issued.block === used.block && issued.from <= used.from && used.to <= issued.to) return [];
  return [contentFault('serialFrom', `the lot holds ${serialFrom} to ${serialTo}`, {}, 'SERIAL_NOT_ISSUED')];
}

function quantityFaults({ content, scope }: Input): Fault[] {
  const got = scope.figures.get('ccerQty_tCO2')?.value;
  if (got === content.qty) return [];
  const details = { figure: 'ccerQty_tCO2', expected: content.qty, got: got ?? null, step: 'ccer.quantity' };
  return [
    { path: '/totals/ccerQty_tCO2', code: 'FIGURE_MISMATCH', message: `the range holds ${content.qty} t`, details },
  ];
}

/** C11: the account is the one that the enterprise's registration binds to it. */
async function accountFaults({ content, record, state }: Conditions): Promise<Fault[]> {
  const party = await state.get('party', record.subject.uscc);
  const bound = party?.content.identifiers?.['ccerAccountId'];
  if (bound !== undefined && sameIdentity(bound, content.account)) return [];
  const message = `${content.account} is not the CCER account bound to ${record.subject.uscc}`;
  return [ruleFault('C11', '/content/account', message, { bound: bound ?? null })];
}

/** C08: a day of the compliance year's window, and not one to come. */
function dayFaults({ content, record, time }: Input): Fault[] {
  const next = String(Number(record.subject.period) + 1);
  if (isFuture(content.cancelledOn, time)) return [contentFault('cancelledOn', 'a cancellation that is still to come')];
  const isInside = content.cancelledOn >= `${next}-01-01` && content.cancelledOn <= `${next}-12-31`;
  if (content.purpose !== 'national-offset' || isInside) return [];
  const message = `for ${record.subject.period} CCER is cancelled from ${next}-01-01 to ${next}-12-31`;
  return [ruleFault('C08', '/content/cancelledOn', message)];
}

/** C06: no more than the province confirmed for the year, over all cancellations. */
async function confirmationFaults({ content, record, state }: Conditions): Promise<Fault[]> {
  const account = await state.get('offset', `${record.subject.uscc}/${record.subject.period}`);
  const confirmed = BigInt(account?.confirmed ?? '0');
  const cancelled = BigInt(account?.cancelled ?? '0');
  if (cancelled + BigInt(content.qty) <= confirmed) return [];
  const left = (confirmed - cancelled).toString();
  const message = `${content.qty} t is more than is left of the ${confirmed.toString()} t that the province confirmed: ${left} t`;
  const details = { confirmed: confirmed.toString(), cancelled: cancelled.toString(), left };
  return [contentFault('qty', message, details, 'OVER_CONFIRMED')];
}

async function offsetFaults(input: Conditions): Promise<Fault[]> {
  if (input.content.purpose !== 'national-offset') return [];
  return [...(await listingFaults(input.record.subject, input.state)), ...(await confirmationFaults(input))];
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
  cites: () => [{ role: 'ccer-lot', type: 'ccer-lot', min: 1, max: 1 }],
  figures: () => [statedFigure('ccerQty_tCO2', 'tCO2', 0, [], { visibility: 'public' })],
  effects: ({ record, content }) => [
    serialEffect('add-serials', 'used', content),
    ...(content.purpose === 'national-offset'
      ? [{ do: 'offset' as const, uscc: record.subject.uscc, year: record.subject.period, cancelled: content.qty }]
      : []),
  ],
  check: (input) => {
    const faults = serialFaults(input.content);
    return faults.length > 0 ? faults : [...lotFaults(input), ...quantityFaults(input), ...dayFaults(input)];
  },
  conditions: async (input) => [...(await accountFaults(input)), ...(await offsetFaults(input))],
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
