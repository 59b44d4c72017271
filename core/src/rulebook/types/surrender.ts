import { z } from 'zod';
import { parseDecimal } from '../../decimal';
import type { Fault } from '../../errors';
import { usccSchema } from '../../records/fields';
import { isFuture } from '../authority';
import { citedOf } from '../cited';
import { dueTerms } from '../due-terms';
import { contentFault, daySchema, ruleFault, titled, tonnesSchema } from '../content';
import type { Effect } from '../effects';
import { dayParameterOf, parameterOf } from '../parameters';
import { citesMethodology, type CheckInput, type EffectInput, type RecordTypeSpec } from '../spec';

const rowSchema = z.strictObject({
  vintage: titled(z.string().regex(/^[0-9]{4}$/), 'Vintage', '配额年度'),
  qty: titled(tonnesSchema, 'Quantity, t', '数量（吨）'),
  /** Whose account they come from: the enterprise's own where absent, or that of the province that holds them for it. */
  account: titled(usccSchema.optional(), 'Account', '账户'),
});

const surrenderContent = z.strictObject({
  deadline: titled(daySchema, 'Deadline', '清缴截止日期'),
  /** The day of surrender, or null while only the obligation is stated. */
  surrenderedOn: titled(daySchema.nullable(), 'Surrendered on', '清缴日期'),
  /** What is surrendered with this version, beside what was with those before it. */
  allowances: titled(z.array(rowSchema).max(40).optional(), 'Allowances', '清缴配额'),
});
export type SurrenderContent = z.infer<typeof surrenderContent>;
type Input = CheckInput<SurrenderContent>;

function capFaults({ scope }: Input): Fault[] {
  const used = scope.figures.get('ccerUsed_tCO2')?.value;
  const cap = scope.figures.get('ccerCap_tCO2')?.value;
  if (used === undefined || cap === undefined || parseDecimal(used).lte(cap)) return [];
  const message = `R-L21: ${used} t of CCER, but the cap is ${cap} t`;
  const details = { rule: 'R-L21', used, cap };
  return [{ path: '/totals/ccerUsed_tCO2', code: 'OVER_CAP', message, details }];
}

function purposeFaults({ scope }: Input): Fault[] {
  return citedOf(scope, 'ccer-cancellation', 'ccer-cancellation')
    .filter(({ content }) => content.purpose !== 'national-offset')
    .map((cited) => ruleFault('C10', '/cites', `${cited.scope.key} was cancelled for another purpose`));
}

function formFaults({ content, time }: Input): Fault[] {
  const { surrenderedOn, allowances = [] } = content;
  const faults: Fault[] = [];
  if (surrenderedOn === null && allowances.length > 0)
    faults.push(contentFault('surrenderedOn', 'say on which day the allowances were surrendered'));
  if (surrenderedOn !== null && isFuture(surrenderedOn, time))
    faults.push(contentFault('surrenderedOn', 'a surrender that is still to come'));
  return faults;
}

/** Vintages that serve: none of a year to come, and none before the first that the year's parameters admit. */
function vintageFaults({ content, record, scope }: Input): Fault[] {
  const first = parameterOf(scope, 'surrender.firstVintage')?.toFixed(0) ?? '0000';
  const last = record.subject.period;
  return (content.allowances ?? []).flatMap(({ vintage }, index) => {
    if (vintage >= first && vintage <= last) return [];
    const message = `allowances of ${vintage} do not serve for ${last}`;
    return [contentFault(`allowances/${String(index)}/vintage`, message, { first, last }, 'RULE_REFUSED')];
  });
}

/** The deadline is the one of the year's parameters, where they name one. */
function deadlineFaults({ content, scope }: Input): Fault[] {
  const deadline = dayParameterOf(scope, 'surrender.deadline');
  return deadline === undefined || deadline === content.deadline
    ? []
    : [contentFault('deadline', `the year is surrendered until ${deadline}`, { expected: deadline })];
}

/** Where the province holds allowances for the enterprise: it is the one that determined them. */
function accountFaults({ content, record, scope }: Input): Fault[] {
  const [issuance] = citedOf(scope, 'allowance-issuance', 'allowance-issuance');
  const lawful = [undefined, record.subject.uscc, issuance?.scope.record.issuer];
  return (content.allowances ?? []).flatMap(({ account }, index) =>
    lawful.includes(account)
      ? []
      : [contentFault(`allowances/${String(index)}/account`, `${String(account)} holds nothing for this enterprise`)],
  );
}

function effects({ record, content }: EffectInput<SurrenderContent>): Effect[] {
  const { uscc, period } = record.subject;
  return (content.allowances ?? []).map(({ vintage, qty, account = uscc }, line) => ({
    ...({ do: 'move', vintage, qty, line, how: 'surrender', for: period } as const),
    from: { account, pool: 'held' },
    to: { account: uscc, pool: 'surrendered' },
    ...(content.surrenderedOn === null ? {} : { on: content.surrenderedOn }),
  }));
}

/** 清缴: verified emissions against allowances and cancelled CCERs, at most the cap of the latter. */
export const surrender: RecordTypeSpec<SurrenderContent> = {
  type: 'surrender',
  title: { en: 'Surrender', zh: '配额清缴' },
  content: surrenderContent,
  filed: [{ by: 'allowance-registry', as: 'registry' }],
  unit: 'plant',
  period: 'year',
  process: 'surrender',
  follows: 'allowance-issuance',
  due: dueTerms.surrender,
  cites: ({ content }) => [
    ...citesMethodology,
    {
      role: 'verification-conclusion',
      type: 'verification-conclusion',
      min: 1,
      max: 1,
      same: ['uscc', 'unit', 'year'],
    },
    {
      role: 'allowance-issuance',
      type: 'allowance-issuance',
      kind: 'allowance-issuance',
      min: 1,
      max: 1,
      same: ['uscc', 'unit', 'year'],
      // Only of a surrender that was made, not where the obligation is stated.
      ...(content['surrenderedOn'] === null ? {} : { acts: true as const }),
    },
    { role: 'ccer-cancellation', type: 'ccer-cancellation', min: 0, max: 100, same: ['uscc', 'year'], severally: true },
  ],
  acts: ({ content }) =>
    content['surrenderedOn'] === null ? [] : [{ role: 'allowance-issuance', trigger: 'surrender' }],
  effects,
  check: (input) => [
    ...formFaults(input),
    ...vintageFaults(input),
    ...deadlineFaults(input),
    ...accountFaults(input),
    ...capFaults(input),
    ...purposeFaults(input),
  ],
  example: {
    deadline: '2025-12-31',
    surrenderedOn: '2025-12-20',
    allowances: [{ vintage: '2024', qty: '4086356' }],
  },
};
