import { z } from 'zod';
import type { Fault } from '../../errors';
import { citedOf } from '../cited';
import { contentFault, ruleFault, titled, tonnesSchema } from '../content';
import type { Effect } from '../effects';
import { capFor, noOffset, offsetStanding } from '../offset-account';
import { capRateOf, isAsked } from '../parameters';
import type { CheckInput, ConditionInput, EffectInput, RecordTypeSpec } from '../spec';

const offsetBookingContent = z.strictObject({
  qty: titled(tonnesSchema, 'Booked, t', '抵销登记量（吨）'),
});
export type OffsetBookingContent = z.infer<typeof offsetBookingContent>;
type Input = CheckInput<OffsetBookingContent>;

/** C04 and C10: a cancellation is booked whole, and only one that was made for the national market and chosen in the surrender. */
function cancellationFaults({ content, scope }: Input): Fault[] {
  const [cancellation] = citedOf(scope, 'ccer-cancellation', 'ccer-cancellation');
  const [surrender] = citedOf(scope, 'surrender', 'surrender');
  if (cancellation === undefined || surrender === undefined) return [];
  const faults: Fault[] = [];
  const { qty, purpose } = cancellation.content;
  if (content.qty !== qty) faults.push(ruleFault('C04', '/content/qty', `${qty} t were cancelled`, { expected: qty }));
  if (purpose !== 'national-offset')
    faults.push(ruleFault('C10', '/cites', `${cancellation.scope.key} was cancelled for another purpose`));
  const isChosen = surrender.scope.record.cites.some(({ record }) => record === cancellation.scope.id);
  if (!isChosen)
    faults.push(ruleFault('C03', '/cites', `${surrender.scope.key} does not use ${cancellation.scope.key}`));
  return faults;
}

/** Where the procedure of the year asks for it, what was cancelled in the earlier registry is synced before it is booked. */
async function syncFaults({ scope, state }: ConditionInput<OffsetBookingContent>): Promise<Fault[]> {
  const [cancellation] = citedOf(scope, 'ccer-cancellation', 'ccer-cancellation');
  if (cancellation?.content.track !== 'earlier' || !isAsked(scope, 'offset.syncEarlier')) return [];
  const { key } = cancellation.scope;
  const found = await state.get('case', `ccer-cancellation/${key}`);
  if (found?.s === 'SYNCED') return [];
  const message = `${key} is ${String(found?.s)}: it is synced from the earlier registry first`;
  return [{ path: '/cites', code: 'STATE_CONFLICT', message, details: { key, state: found?.s ?? null } }];
}

/** No more than was confirmed, was cancelled, and fits under the cap of what is verified now (C06, R-L21). */
async function amountFaults({ content, record, scope, state }: ConditionInput<OffsetBookingContent>): Promise<Fault[]> {
  const { uscc, period } = record.subject;
  const account = (await state.get('offset', `${uscc}/${period}`)) ?? noOffset;
  const [parameters] = citedOf(scope, 'parameters', 'parameter');
  const rate = capRateOf(parameters === undefined ? [] : [parameters.scope.record]) ?? '0';
  const cap = capFor(account.due ?? '0', rate);
  const { booked } = offsetStanding(account);
  const asked = booked + BigInt(content.qty);
  const bounds = { confirmed: BigInt(account.confirmed), cancelled: BigInt(account.cancelled), cap };
  return Object.entries(bounds).flatMap(([name, bound]) => {
    if (asked <= bound) return [];
    const left = (bound - booked).toString();
    const details = { rule: 'R-L21', used: asked.toString(), [name]: bound.toString(), left };
    const code = name === 'cap' ? 'OVER_CAP' : 'OVER_CONFIRMED';
    return [contentFault('qty', `${asked.toString()} t in all; ${name}: ${bound.toString()} t`, details, code)];
  });
}

function effects({ record, content, cited }: EffectInput<OffsetBookingContent>): Effect[] {
  const { uscc, period: year } = record.subject;
  const rate = capRateOf(cited('parameters'));
  return [{ do: 'offset', uscc, year, booked: content.qty, ...(rate === undefined ? {} : { rate }) }];
}

/** 抵销登记: the allowance registry books a cancellation against the obligation. It is final from then on. */
export const offsetBooking: RecordTypeSpec<OffsetBookingContent> = {
  type: 'offset-booking',
  title: { en: 'Offset booking', zh: '抵销登记' },
  content: offsetBookingContent,
  filed: [{ by: 'allowance-registry', as: 'registry' }],
  labels: { names: 'any', required: true },
  unit: 'plant',
  period: 'year',
  process: 'posted',
  cites: () => [
    { role: 'parameters', type: 'parameter', min: 1, max: 1, same: ['year'] },
    { role: 'surrender', type: 'surrender', min: 1, max: 1, same: ['uscc', 'unit', 'year'] },
    {
      role: 'ccer-cancellation',
      type: 'ccer-cancellation',
      min: 1,
      max: 1,
      same: ['uscc', 'unit', 'year'],
      acts: true,
    },
  ],
  acts: () => [{ role: 'ccer-cancellation', trigger: 'offset-booking' }],
  effects,
  check: cancellationFaults,
  conditions: async (input) => [...(await syncFaults(input)), ...(await amountFaults(input))],
  example: { qty: '45000' },
};
