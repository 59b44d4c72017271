import { z } from 'zod';
import type { Fault } from '../../errors';
import { noAllocation, reallocate } from '../allocation';
import { citedOf } from '../cited';
import { dueTerms } from '../due-terms';
import { contentFault, titled, titledChoice } from '../content';
import type { Effect } from '../effects';
import { listingFaults } from '../listing';
import type { CheckInput, ConditionInput, EffectInput, RecordTypeSpec } from '../spec';

const countSchema = z.string().regex(/^(?:0|[1-9][0-9]{0,17})$/, 'not a whole number of tonnes, or 0');
const changeSchema = z.string().regex(/^(?:0|-?[1-9][0-9]{0,17})$/, 'not a whole number of tonnes with its sign');

const allowanceCreditContent = z.strictObject({
  entitled_t: titled(countSchema, 'Entitlement, t', '应发配额（吨）'),
  deducted_t: titled(changeSchema, 'Deducted now, t', '本次核减（吨）'),
  credited_t: titled(countSchema, 'Issued to the account now, t', '本次发放（吨）'),
  handBack_t: titled(countSchema, 'Due to be handed back, t', '应退回（吨）'),
  deductionLeft_t: titled(countSchema, 'Left to deduct, t', '剩余待核减（吨）'),
  /** Of who is closing, in default or frozen, the province holds what is issued (differentiated issue). */
  account: titledChoice(
    { enterprise: { en: 'Of the enterprise', zh: '企业账户' }, provincial: { en: 'Of the province', zh: '省级账户' } },
    'Account',
    '发放账户',
  ),
  reason: titledChoice(
    {
      closing: { en: 'Closing', zh: '关停' },
      default: { en: 'In default', zh: '未履约' },
      frozen: { en: 'Frozen', zh: '冻结' },
    },
    'Why the province holds it',
    '差异化发放原因',
  ).optional(),
});
type AllowanceCreditContent = z.infer<typeof allowanceCreditContent>;
type Content = AllowanceCreditContent;

/** Figures of an issuance that say how much there is. */
const entitlements: Readonly<Record<string, string>> = { 'allowance-issuance.pre': 'preallocation_tCO2' };

function entitlementFaults({ content, record, scope }: CheckInput<Content>): Fault[] {
  const [issuance] = citedOf(scope, 'issuance', 'allowance-issuance');
  if (issuance === undefined) return [];
  const { kind } = issuance.scope.record;
  const faults: Fault[] = [];
  const expected = kind.replace('allowance-issuance', 'allowance-credit');
  if (record.kind !== expected)
    faults.push({ path: '/kind', code: 'BAD_RECORD', message: `the kind must be ${expected}` });
  const entitled = issuance.scope.figures.get(entitlements[kind] ?? 'allowance_tCO2')?.value ?? '0';
  if (content.entitled_t !== entitled)
    faults.push(contentFault('entitled_t', `${issuance.scope.key} says ${entitled} t`, { expected: entitled }));
  if ((content.account === 'provincial') !== (content.reason !== undefined))
    faults.push(contentFault('reason', 'a reason is given where the province holds it, and nowhere else'));
  return faults;
}

/** The registry computes anew what the entitlement comes to; a sum that differs goes back. */
async function sumFaults({ content, record, state }: ConditionInput<Content>): Promise<Fault[]> {
  const { uscc, period } = record.subject;
  const before = (await state.get('allocation', `${uscc}/${period}`)) ?? noAllocation;
  const { next, credited, deducted, remaining } = reallocate(before, BigInt(content.entitled_t));
  const expected: Partial<Content> = {
    deducted_t: deducted.toString(),
    credited_t: credited.toString(),
    handBack_t: next.handBack,
    deductionLeft_t: remaining.toString(),
  };
  return Object.entries(expected).flatMap(([field, value]) => {
    const got = content[field as keyof Content];
    return got === value ? [] : [contentFault(field, `it comes to ${value} t`, { expected: value, got })];
  });
}

function effects({ record, content, cited }: EffectInput<Content>): Effect[] {
  const { uscc, period: vintage } = record.subject;
  const [issuance] = cited('issuance');
  const account = content.account === 'provincial' ? (issuance?.issuer ?? uscc) : uscc;
  const shared = { uscc, vintage, entitled: content.entitled_t, account, how: record.kind };
  return [{ do: 'allocate', ...shared, isFinal: record.kind !== 'allowance-credit.pre' }];
}

/**
 * 配额登记发放: the registry puts what the province determined on the account: true-up against what was issued before
 * (多退少补), deductions taken off first, what was issued beyond it due to be handed back.
 */
export const allowanceCredit: RecordTypeSpec<Content> = {
  type: 'allowance-credit',
  title: { en: 'Issuance to the account', zh: '配额登记发放' },
  content: allowanceCreditContent,
  filed: [{ by: 'allowance-registry', as: 'registry' }],
  labels: { names: ['pre', 'adjustment'] },
  unit: 'plant',
  period: 'year',
  process: 'dated',
  due: dueTerms['allowance-credit'],
  cites: () => [
    {
      role: 'issuance',
      type: 'allowance-issuance',
      min: 1,
      max: 1,
      same: ['uscc', 'unit', 'year'],
      acts: true,
    },
    { role: 'parameters', type: 'parameter', min: 1, max: 1, same: ['year'] },
  ],
  acts: ({ kind }) => [{ role: 'issuance', trigger: kind }],
  effects,
  undo: 'refused',
  check: entitlementFaults,
  conditions: async (input) => [
    ...(await listingFaults(input.record.subject, input.state)),
    ...(await sumFaults(input)),
  ],
  example: {
    entitled_t: '30000',
    deducted_t: '-20000',
    credited_t: '0',
    handBack_t: '0',
    deductionLeft_t: '40000',
    account: 'enterprise',
  },
};
