import { z } from 'zod';
import { shanghaiDay } from '../../calendar';
import type { Fault } from '../../errors';
import { contentFault, titled, tonnesSchema } from '../content';
import { dayParameterOf } from '../parameters';
import { citedBookingFaults, settlementOf, statedFaults } from '../settlement';
import type { CheckInput, ConditionInput, RecordTypeSpec } from '../spec';
import { settlementCitations, settlementFields } from './clearing';

const defaultContent = z.strictObject({
  ...settlementFields,
  shortfall_t: titled(tonnesSchema, 'Missing, t', '未清缴量（吨）'),
  /** Taken off the next year's allowances: the shortfall, or nothing where no such decision is made any more. */
  deduction_t: titled(
    z.string().regex(/^(?:0|[1-9][0-9]{0,17})$/, 'not a whole number of tonnes, or 0'),
    'To be deducted, t',
    '应核减量（吨）',
  ),
});
export type DefaultContent = z.infer<typeof defaultContent>;

/**
 * 国令775 art. 24: what is missing is taken off the next year's allowances. The Ecological and Environmental Code knows no
 * such decision from its first day on: the parameters name the last day (`deduction.lastDecision`).
 */
function deductionFaults({ content, scope, time }: CheckInput<DefaultContent>): Fault[] {
  const last = dayParameterOf(scope, 'deduction.lastDecision');
  const isDecided = last === undefined || shanghaiDay(time) <= last;
  const expected = isDecided ? content.shortfall_t : '0';
  if (content.deduction_t === expected) return [];
  const rule = isDecided ? 'what is missing is deducted' : `no deduction is decided after ${last}`;
  return [contentFault('deduction_t', `${rule}: ${expected} t`, { expected, lastDecision: last ?? null })];
}

function deadlineFaults({ scope, time }: CheckInput<DefaultContent>): Fault[] {
  const deadline = dayParameterOf(scope, 'surrender.deadline');
  if (deadline === undefined)
    return [contentFault('shortfall_t', 'the parameters of the year name no deadline', {}, 'FIGURE_MISSING')];
  return shanghaiDay(time) > deadline
    ? []
    : [contentFault('shortfall_t', `the year is surrendered until ${deadline}`, { deadline }, 'STATE_CONFLICT')];
}

async function missingFaults({ content, record, scope, state }: ConditionInput<DefaultContent>): Promise<Fault[]> {
  const found = await settlementOf(state, record.subject);
  const missing = found.shortfall.toString();
  const faults = [...statedFaults(content, found), ...citedBookingFaults(scope, found)];
  if (content.shortfall_t !== missing)
    faults.push(contentFault('shortfall_t', `${missing} t are missing`, { expected: missing }, 'FIGURE_MISMATCH'));
  return faults;
}

/** 未足额清缴: the province finds what is missing after the deadline. */
export const defaulted: RecordTypeSpec<DefaultContent> = {
  type: 'default',
  title: { en: 'Default', zh: '未足额清缴' },
  content: defaultContent,
  filed: [{ by: 'province-authority', as: 'region' }],
  unit: 'plant',
  period: 'year',
  process: 'continued',
  cites: () => [...settlementCitations, { role: 'parameters', type: 'parameter', min: 1, max: 1, same: ['year'] }],
  acts: () => [
    { role: 'surrender', trigger: 'default' },
    { role: 'allowance-issuance', trigger: 'default' },
  ],
  effects: ({ record: { subject }, content }) => [
    { do: 'comply', uscc: subject.uscc, year: subject.period, outcome: 'default', shortfall: content.shortfall_t },
    {
      ...({ do: 'deduct', uscc: subject.uscc, qty: content.deduction_t, what: `default-${subject.period}` } as const),
      vintage: String(Number(subject.period) + 1),
    },
  ],
  undo: 'refused',
  check: (input) => [...deductionFaults(input), ...deadlineFaults(input)],
  conditions: missingFaults,
  example: {
    ...{ obligation_t: '100000', allowances_t: '78099', ccer_t: '0', overshoot_t: '0', overshootBookings: [] },
    ...{ shortfall_t: '21901', deduction_t: '21901' },
  },
};
