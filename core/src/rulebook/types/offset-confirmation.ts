import { z } from 'zod';
import type { Fault } from '../../errors';
import type { LedgerRecord } from '../../records/record';
import type { LedgerView } from '../../state/view';
import { citedOf } from '../cited';
import { contentFault, textSchema, titled, titledChoice, tonnesSchema } from '../content';
import type { Effect } from '../effects';
import { noOffset, rowsByProject } from '../offset-account';
import { capRateOf, offsetTermsOf } from '../parameters';
import type { CheckInput, ConditionInput, EffectInput, RecordTypeSpec } from '../spec';
import { capOf, procedureFaults, type OffsetApplicationContent } from './offset-application';

const offsetConfirmationContent = z.strictObject({
  decision: titledChoice(
    { confirm: { en: 'Confirm', zh: '确认' }, refuse: { en: 'Refuse', zh: '不予确认' } },
    'Decision',
    '确认结论',
  ),
  confirmed_t: titled(tonnesSchema.optional(), 'Confirmed, t', '确认抵销量（吨）'),
  reason: titled(textSchema.optional(), 'Reason', '不予确认原因'),
});
export type OffsetConfirmationContent = z.infer<typeof offsetConfirmationContent>;
type Input = CheckInput<OffsetConfirmationContent>;
type Conditions = ConditionInput<OffsetConfirmationContent>;

function formFaults({ content }: Input): Fault[] {
  if (content.decision === 'refuse') {
    const faults = content.reason === undefined ? [contentFault('reason', 'a refusal needs its reason')] : [];
    return content.confirmed_t === undefined
      ? faults
      : [...faults, contentFault('confirmed_t', 'what is refused is not confirmed')];
  }
  return content.confirmed_t === undefined ? [contentFault('confirmed_t', 'say how much is confirmed')] : [];
}

/** Confirmed ≤ applied for, and ≤ the cap of what is verified now (R-L32, R-L21). */
function amountFaults({ content, scope }: Input): Fault[] {
  const confirmed = content.confirmed_t;
  if (confirmed === undefined) return [];
  const [application] = citedOf(scope, 'application', 'offset-application');
  const faults: Fault[] = [];
  const applied = application?.content.applied_t ?? '0';
  if (BigInt(confirmed) > BigInt(applied))
    faults.push(contentFault('confirmed_t', `${applied} t were applied for`, { rule: 'R-L32' }, 'RULE_REFUSED'));
  const cap = capOf(scope)?.cap ?? '0';
  if (BigInt(confirmed) > BigInt(cap)) {
    const details = { rule: 'R-L21', used: confirmed, cap };
    faults.push(contentFault('confirmed_t', `R-L21: ${confirmed} t, but the cap is ${cap} t`, details, 'OVER_CAP'));
  }
  return faults;
}

/** Freezes of the application that are kept for it still: what was released meanwhile goes nowhere. */
async function keptFreezes(application: LedgerRecord | undefined, state: LedgerView): Promise<string[]> {
  const kept: string[] = [];
  for (const { role, key, record } of application?.cites ?? []) {
    const found = role === 'ccer-freeze' ? await state.get('case', `ccer-freeze/${key}`) : undefined;
    const isKept = found?.s === 'APPLIED' || found?.s === 'CONFIRMED';
    if (isKept && record === `rec:${found.r}`) kept.push(record);
  }
  return kept.sort();
}

/** The freezes that go on are those of the application, all that are kept. */
async function freezeFaults({ record, scope, state }: Conditions): Promise<Fault[]> {
  const [application] = citedOf(scope, 'application', 'offset-application');
  const expected = await keptFreezes(application?.scope.record, state);
  const got = record.cites.filter(({ role }) => role === 'ccer-freeze').map((one) => one.record);
  if (got.sort().join() === expected.join()) return [];
  return [{ path: '/cites', code: 'CITATION_MISMATCH', message: 'cite the freezes of the application, all of them' }];
}

/**
 * What is confirmed is frozen as the procedure asks by the parameters of this day, which may not be those of the application: numbers
 * that are not could never be cancelled, and what is confirmed is not applied for again.
 */
async function confirmableFaults(input: Conditions): Promise<Fault[]> {
  const [application] = citedOf(input.scope, 'application', 'offset-application');
  const faults = await procedureFaults(application?.content.rows ?? [], input);
  return faults.map(({ message, ...fault }) => ({
    ...{ ...fault, path: '/content/decision' },
    message: `${message}; refuse the application, so that it is filed anew with its freezes`,
  }));
}

/** A confirmation is taken back, so that the enterprise applies anew, as long as nothing was cancelled on it. */
async function withdrawalFaults({ record, state }: Conditions): Promise<Fault[]> {
  const { uscc, period } = record.subject;
  const { confirmed, cancelled } = (await state.get('offset', `${uscc}/${period}`)) ?? noOffset;
  if (cancelled === '0') return [];
  const message = `${cancelled} t were cancelled on the confirmation: it stands until they are reversed`;
  return [contentFault('decision', message, { confirmed, cancelled }, 'OVER_CONFIRMED')];
}

async function conditions(input: Conditions): Promise<Fault[]> {
  const isRefused = input.content.decision === 'refuse';
  const faults = await (isRefused ? withdrawalFaults(input) : confirmableFaults(input));
  return [...faults, ...(await freezeFaults(input))];
}

function effects({ record, content, cited }: EffectInput<OffsetConfirmationContent>): Effect[] {
  const confirmed = content.confirmed_t;
  const { uscc, period: year } = record.subject;
  const rate = capRateOf(cited('parameters'));
  if (content.decision === 'refuse') return [{ do: 'unconfirm', uscc, year }];
  if (confirmed === undefined) return [];
  const { rows } = (cited('application')[0]?.content ?? { rows: [] }) as Pick<OffsetApplicationContent, 'rows'>;
  const confirmation = { confirmed, rows: rowsByProject(rows), terms: offsetTermsOf(cited('parameters')) };
  return [{ do: 'offset', uscc, year, ...confirmation, ...(rate === undefined ? {} : { rate }) }];
}

/** 抵销确认 by the province: up to how much CCER may be cancelled for the compliance year, or that none may be. */
export const offsetConfirmation: RecordTypeSpec<OffsetConfirmationContent> = {
  type: 'offset-confirmation',
  title: { en: 'Offset confirmation', zh: '抵销确认' },
  content: offsetConfirmationContent,
  filed: [{ by: 'province-authority', as: 'region' }],
  unit: 'plant',
  period: 'year',
  process: 'continued',
  cites: () => [
    { role: 'parameters', type: 'parameter', min: 1, max: 1, same: ['year'] },
    {
      role: 'verification-conclusion',
      type: 'verification-conclusion',
      min: 1,
      max: 1,
      same: ['uscc', 'unit', 'year'],
    },
    { role: 'application', type: 'offset-application', min: 1, max: 1, same: ['uscc', 'unit', 'year'], acts: true },
    // What the application cites: it goes on with it.
    { role: 'ccer-freeze', type: 'ccer-freeze', min: 0, max: 40, same: ['uscc', 'unit', 'year'], acts: true },
  ],
  acts: ({ content }) =>
    ['application', 'ccer-freeze'].map((role) => ({
      role,
      trigger: `offset-confirmation:${String(content['decision'])}`,
    })),
  effects,
  undo: 'refused',
  check: (input) => [...formFaults(input), ...amountFaults(input)],
  conditions,
  example: { decision: 'confirm', confirmed_t: '60000' },
};
