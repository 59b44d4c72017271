import type { Decimal } from '../decimal';
import { shanghaiDay } from '../calendar';
import type { Fault } from '../errors';
import { rowsOf, sumOf, type PlacedRow } from '../state/holdings';
import { contentFault, ruleFault } from './content';
import { dayParameterOf, parameterOf } from './parameters';
import type { ConditionInput } from './spec';
import type { AllowanceTransferContent } from './types/allowance-transfer';

/** The rule of a carry-over as the year's parameters state it (allocation plan 2023/2024, 结转). */
interface CarryOverRule {
  readonly base: Decimal;
  readonly factor: Decimal;
  /** First and last day of the sales that count; holdings of the last day bound the whole. */
  readonly soldFrom: string;
  readonly soldTo: string;
  /** The last day on which anything is carried over. */
  readonly until: string;
  /** The vintage that it is carried into. */
  readonly into: string;
}

const sales: readonly string[] = ['listed', 'block', 'auction'];
const max = (one: bigint, other: bigint): bigint => (one > other ? one : other);

interface CarryOver {
  readonly most: bigint;
  readonly carried: bigint;
  /** What was sold more than bought inside the window. */
  readonly netSold: bigint;
}

/**
 * The most that an account may carry over: floor(base + factor × max(0, net sold)), and no more than it held on the last
 * day of the window; and what it has carried over already. Tonnes.
 */
function carryOverOf(rows: readonly PlacedRow[], rule: CarryOverRule): CarryOver {
  const own = rows.filter(({ pool, vintage }) => pool === 'held' && vintage < rule.into);
  const sold = own.filter(({ how, on }) => sales.includes(how) && on >= rule.soldFrom && on <= rule.soldTo);
  const netSold = -sumOf(sold);
  const allowed = BigInt(rule.factor.times(max(0n, netSold).toString()).plus(rule.base).floor().toFixed(0));
  const heldThen = sumOf(own.filter(({ on }) => on <= rule.soldTo));
  return {
    most: allowed < heldThen ? allowed : heldThen,
    carried: -sumOf(own.filter(({ how }) => how === 'carry-over')),
    netSold,
  };
}

type Conditions = ConditionInput<AllowanceTransferContent>;

function ruleOf({ scope }: Conditions): CarryOverRule | undefined {
  const number = (name: string): Decimal | undefined => parameterOf(scope, `carryOver.${name}`);
  const day = (name: string): string | undefined => dayParameterOf(scope, `carryOver.${name}`);
  const found = { base: number('base'), factor: number('factor'), into: number('into')?.toFixed(0) };
  const days = { soldFrom: day('soldFrom'), soldTo: day('soldTo'), until: day('until') };
  const rule = { ...found, ...days };
  return Object.values(rule).includes(undefined) ? undefined : (rule as CarryOverRule);
}

/** A default in one of the two compliance years before the vintage that it is carried into forbids it. */
async function defaultFaults({ record, state }: Conditions, { into }: CarryOverRule): Promise<Fault[]> {
  const { uscc } = record.subject;
  for (const year of [Number(into) - 2, Number(into) - 1].map(String))
    if ((await state.get('compliance', `${uscc}/${year}`))?.outcome === 'default')
      return [contentFault('how', `${uscc} is in default for ${year}: nothing is carried over`, {}, 'STATE_CONFLICT')];
  return [];
}

function dayFaults({ content, record, time }: Conditions, rule: CarryOverRule): Fault[] {
  const faults: Fault[] = [];
  if (record.subject.period >= rule.into)
    faults.push({
      path: '/subject/period',
      code: 'STATE_CONFLICT',
      message: `older vintages than ${rule.into} are carried over`,
    });
  if (content.toVintage !== rule.into)
    faults.push(contentFault('toVintage', `${record.subject.period} is carried over into ${rule.into}`));
  if (shanghaiDay(time) > rule.until || content.tradedOn > rule.until)
    faults.push(contentFault('tradedOn', `carried over until ${rule.until}`, {}, 'STATE_CONFLICT'));
  return faults;
}

/** R-L29: what is stated as sold is what the account's trades come to. */
function soldFaults({ content }: Conditions, { soldFrom, soldTo }: CarryOverRule, sold: bigint): Fault[] {
  const netSold = sold.toString();
  if ((content.netSold_t ?? netSold) === netSold) return [];
  const message = `by its account it sold ${netSold} t more than it bought, ${soldFrom} to ${soldTo}`;
  return [ruleFault('R-L29', '/content/netSold_t', message, { netSold })];
}

/** Faults of a carry-over: in time, of nobody in default, and within what may be carried. */
export async function carryOverFaults(input: Conditions): Promise<Fault[]> {
  if (input.content.how !== 'carry-over') return [];
  const rule = ruleOf(input);
  if (rule === undefined)
    return [contentFault('how', 'the parameters of this vintage know no carry-over', {}, 'FIGURE_MISSING')];
  const { most, carried, netSold } = carryOverOf(await rowsOf(input.state, input.record.subject.uscc), rule);
  const asked = BigInt(input.content.quantity_t);
  const left = max(0n, most - carried);
  const details = { most: most.toString(), carried: carried.toString(), left: left.toString() };
  const over = `${asked.toString()} t; ${left.toString()} t may still be carried over`;
  return [
    ...soldFaults(input, rule, netSold),
    ...dayFaults(input, rule),
    ...(await defaultFaults(input, rule)),
    ...(asked > left ? [contentFault('quantity_t', over, details, 'OVER_CAP')] : []),
  ];
}
