import { z } from 'zod';
import type { Fault } from '../../errors';
import { usccSchema } from '../../records/fields';
import { isFuture, isInRegion, isStanding, type PartyKind } from '../authority';
import { carryOverFaults } from '../carry-over';
import { contentFault, daySchema, decimalSchema, textSchema, titled, titledChoice, tonnesSchema } from '../content';
import type { Effect } from '../effects';
import type { CheckInput, ConditionInput, EffectInput, RecordTypeSpec } from '../spec';

const ways = {
  listed: { en: 'Listed agreement', zh: '挂牌协议交易' },
  block: { en: 'Block agreement', zh: '大宗协议交易' },
  auction: { en: 'Auction', zh: '单向竞价' },
  cancellation: { en: 'Voluntary cancellation', zh: '自愿注销' },
  'carry-over': { en: 'Carry-over', zh: '结转' },
  'hand-back': { en: 'Hand-back', zh: '退回' },
  provincial: { en: 'To or from the provincial account', zh: '省级账户划转' },
} as const;

/** Whole tonnes with their sign. */
const changeSchema = z.string().regex(/^(?:0|-?[1-9][0-9]{0,17})$/, 'not a whole number of tonnes with its sign');

const allowanceTransferContent = z.strictObject({
  how: titledChoice(ways, 'Kind of transfer', '划转类型'),
  /** Whose account it goes to; absent where nobody receives it. */
  to: titled(usccSchema.optional(), 'Received by', '转入方'),
  quantity_t: titled(tonnesSchema, 'Quantity, t', '数量（吨）'),
  /** R-M02, R-M03. */
  price_yuan_t: titled(decimalSchema.optional(), 'Price, yuan per t', '成交价（元/吨）'),
  /** The group inside which it is transferred, where giver and receiver belong to one. */
  group: titled(textSchema.optional(), 'Group', '集团'),
  tradedOn: titled(daySchema, 'Day', '交易日期'),
  /** Of a carry-over: what was sold more than bought in the days that count (R-L29); below zero where more was bought. */
  netSold_t: titled(changeSchema.optional(), 'Net sold, t', '净卖出量（吨）'),
  /** Of a carry-over. */
  toVintage: titled(
    z
      .string()
      .regex(/^[0-9]{4}$/)
      .optional(),
    'Carried into',
    '结转至年度',
  ),
});
export type AllowanceTransferContent = z.infer<typeof allowanceTransferContent>;
type Content = AllowanceTransferContent;
type Input = CheckInput<Content>;
type Conditions = ConditionInput<Content>;

/** Ways in which somebody else receives what is given. */
const betweenAccounts: readonly string[] = ['listed', 'block', 'auction', 'provincial'];

function formFaults({ content, record, time }: Input): Fault[] {
  const { how, to, toVintage } = content;
  const faults: Fault[] = [];
  const isBetween = betweenAccounts.includes(how);
  if (isBetween && to === undefined) faults.push(contentFault('to', `say who receives it: ${how}`));
  if (!isBetween && to !== undefined) faults.push(contentFault('to', `nobody else receives what is given as ${how}`));
  if (to === record.subject.uscc) faults.push(contentFault('to', 'giver and receiver are one'));
  if ((how === 'carry-over') !== (toVintage !== undefined))
    faults.push(contentFault('toVintage', 'a carry-over, and nothing else, names the vintage that it is carried into'));
  if (isFuture(content.tradedOn, time)) faults.push(contentFault('tradedOn', 'a transfer that is still to come'));
  if (['-', 'PLANT'].includes(record.subject.unit))
    faults.push({ path: '/subject/unit', code: 'BAD_RECORD', message: 'the number of the transfer stands here' });
  return faults;
}

const authorities: readonly PartyKind[] = ['province-authority', 'national-authority'];
const holders: readonly PartyKind[] = ['enterprise', ...authorities];

/** Who may hold allowances, and who may give them to whom in this way. */
async function holderFaults({ content, record, state }: Conditions): Promise<Fault[]> {
  const giver = await state.get('party', record.subject.uscc);
  if (giver === undefined || !holders.includes(giver.content.kind))
    return [
      { path: '/subject/uscc', code: 'PARTY_UNKNOWN', message: `${record.subject.uscc} has no allowance account` },
    ];
  if (content.to === undefined) return [];
  const receiver = await state.get('party', content.to);
  if (!isStanding(receiver) || !holders.includes(receiver.content.kind))
    return [contentFault('to', `${content.to} has no allowance account`, {}, 'PARTY_UNKNOWN')];
  if (content.how !== 'provincial') return [];
  const isOfRegion =
    isInRegion(giver.content, receiver.content.region) || isInRegion(receiver.content, giver.content.region);
  return isOfRegion ? [] : [contentFault('to', 'one of the two is the authority of the other’s region')];
}

/** Nobody hands back more than is due. */
async function dueFaults({ content, record, state }: Conditions): Promise<Fault[]> {
  if (content.how !== 'hand-back') return [];
  const { uscc, period } = record.subject;
  const due = (await state.get('allocation', `${uscc}/${period}`))?.handBack ?? '0';
  if (BigInt(content.quantity_t) <= BigInt(due)) return [];
  return [contentFault('quantity_t', `${due} t of ${period} are due to be handed back`, { due }, 'STATE_CONFLICT')];
}

function effects({ record, content }: EffectInput<Content>): Effect[] {
  const { uscc, period: vintage } = record.subject;
  const { how, quantity_t: qty, tradedOn: on, to = uscc } = content;
  const held = (account: string): { account: string; pool: 'held' } => ({ account, pool: 'held' });
  const unissued = { account: uscc, pool: 'issued' } as const;
  const given = { do: 'move', vintage, qty, from: held(uscc), line: 0, how, on } as const;
  if (how === 'cancellation') return [{ ...given, to: { account: uscc, pool: 'cancelled' } }];
  if (how === 'hand-back')
    return [
      { ...given, to: unissued },
      { do: 'hand-back', uscc, vintage, qty },
    ];
  if (how !== 'carry-over') return [{ ...given, to: held(to) }];
  const carried = { ...given, vintage: content.toVintage ?? vintage, from: unissued, to: held(uscc), line: 1 };
  return [{ ...given, to: unissued }, carried];
}

/**
 * 配额划转 out of an account: the subject is whose account it leaves, its unit the number of the transfer, its period the
 * vintage. Nobody gives what it does not hold; what is given is received, cancelled, carried over or handed back, so that
 * of every vintage as much stays as was issued.
 */
export const allowanceTransfer: RecordTypeSpec<Content> = {
  type: 'allowance-transfer',
  title: { en: 'Allowance transfer', zh: '配额划转' },
  content: allowanceTransferContent,
  filed: [{ by: 'allowance-registry', as: 'registry' }],
  unit: 'any',
  period: 'year',
  process: 'posted',
  // A carry-over is held to them; nothing else needs them.
  cites: () => [{ role: 'parameters', type: 'parameter', min: 0, max: 1 }],
  effects,
  check: formFaults,
  conditions: async (input) => [
    ...(await holderFaults(input)),
    ...(await dueFaults(input)),
    ...(await carryOverFaults(input)),
  ],
  example: { how: 'listed', to: '91140100MA0FAKE2XU', quantity_t: '10000', tradedOn: '2025-06-30' },
};
