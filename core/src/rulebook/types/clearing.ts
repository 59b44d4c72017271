import { z } from 'zod';
import type { Fault } from '../../errors';
import { contentFault, titled } from '../content';
import { citedBookingFaults, settlementOf, statedFaults } from '../settlement';
import type { CitationRule, ConditionInput, RecordTypeSpec } from '../spec';

const countSchema = z.string().regex(/^(?:0|[1-9][0-9]{0,17})$/, 'not a whole number of tonnes, or 0');

/** What clearing and default state of a compliance year: what the ledger comes to. */
export const settlementFields = {
  obligation_t: titled(countSchema, 'To be surrendered, t', '应清缴配额量（吨）'),
  allowances_t: titled(countSchema, 'Allowances surrendered, t', '已清缴配额量（吨）'),
  ccer_t: titled(countSchema, 'CCER that counts, t', '抵销量（吨）'),
  /** Booked beyond the cap of what is verified now; the last bookings are hit first. */
  overshoot_t: titled(countSchema, 'CCER beyond the cap, t', '超出抵销上限量（吨）'),
  overshootBookings: titled(z.array(z.string().max(160)).max(100), 'Bookings that it hits', '超限涉及的抵销登记'),
};

export const settlementCitations: readonly CitationRule[] = [
  { role: 'surrender', type: 'surrender', min: 1, max: 1, same: ['uscc', 'unit', 'year'], acts: true },
  {
    role: 'allowance-issuance',
    type: 'allowance-issuance',
    kind: 'allowance-issuance',
    min: 1,
    max: 1,
    same: ['uscc', 'unit', 'year'],
    acts: true,
  },
  { role: 'verification-conclusion', type: 'verification-conclusion', min: 1, max: 1, same: ['uscc', 'unit', 'year'] },
  { role: 'offset-booking', type: 'offset-booking', min: 0, max: 100, same: ['uscc', 'unit', 'year'] },
];

const clearingContent = z.strictObject(settlementFields);
export type ClearingContent = z.infer<typeof clearingContent>;

async function metFaults({ content, record, scope, state }: ConditionInput<ClearingContent>): Promise<Fault[]> {
  const found = await settlementOf(state, record.subject);
  const faults = [...statedFaults(content, found), ...citedBookingFaults(scope, found)];
  if (found.shortfall > 0n) {
    const missing = found.shortfall.toString();
    faults.push(contentFault('obligation_t', `${missing} t are missing`, { shortfall: missing }, 'STATE_CONFLICT'));
  }
  if (found.handBack > 0n) {
    const due = found.handBack.toString();
    const message = `${due} t of ${record.subject.period} are still to be handed back`;
    faults.push(contentFault('allowances_t', message, { handBack: due }, 'STATE_CONFLICT'));
  }
  return faults;
}

/** 履约确认: the province finds that a compliance year's obligation is met. It ends a default, with its deduction. */
export const clearing: RecordTypeSpec<ClearingContent> = {
  type: 'clearing',
  title: { en: 'Clearing', zh: '履约确认' },
  content: clearingContent,
  filed: [{ by: 'province-authority', as: 'region' }],
  unit: 'plant',
  period: 'year',
  process: 'continued',
  cites: () => settlementCitations,
  acts: () => [
    { role: 'surrender', trigger: 'clearing' },
    { role: 'allowance-issuance', trigger: 'clearing' },
  ],
  effects: ({ record: { subject } }) => [
    { do: 'comply', uscc: subject.uscc, year: subject.period, outcome: 'cleared', shortfall: '0' },
    {
      ...({ do: 'deduct', uscc: subject.uscc, qty: '0', what: `default-${subject.period}` } as const),
      vintage: String(Number(subject.period) + 1),
    },
  ],
  undo: 'refused',
  conditions: metFaults,
  example: {
    obligation_t: '4146356',
    allowances_t: '4086356',
    ccer_t: '60000',
    overshoot_t: '0',
    overshootBookings: [],
  },
};
