import { z } from 'zod';
import type { Fault } from '../../errors';
import { citedOf } from '../cited';
import { contentFault, textSchema, titled, titledChoice, tonnesSchema } from '../content';
import type { Effect } from '../effects';
import { rowsByProject } from '../offset-account';
import { capRateOf, offsetTermsOf } from '../parameters';
import type { CheckInput, EffectInput, RecordTypeSpec } from '../spec';
import { capOf, type OffsetApplicationContent } from './offset-application';

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

/** The freezes that go on are those of the application, all of them. */
function freezeFaults({ record, scope }: Input): Fault[] {
  const [application] = citedOf(scope, 'application', 'offset-application');
  const of = (cites: typeof record.cites): string[] =>
    cites
      .filter(({ role }) => role === 'ccer-freeze')
      .map((one) => one.record)
      .sort();
  const expected = of(application?.scope.record.cites ?? []);
  const got = of(record.cites);
  if (got.join() === expected.join()) return [];
  return [{ path: '/cites', code: 'CITATION_MISMATCH', message: 'cite the freezes of the application, all of them' }];
}

function effects({ record, content, cited }: EffectInput<OffsetConfirmationContent>): Effect[] {
  const confirmed = content.confirmed_t;
  const { uscc, period: year } = record.subject;
  const rate = capRateOf(cited('parameters'));
  if (confirmed === undefined) return [];
  const { rows } = (cited('application')[0]?.content ?? { rows: [] }) as Pick<OffsetApplicationContent, 'rows'>;
  const confirmation = { confirmed, rows: rowsByProject(rows), terms: offsetTermsOf(cited('parameters')) };
  return [{ do: 'offset', uscc, year, ...confirmation, ...(rate === undefined ? {} : { rate }) }];
}

/** 抵销确认 by the province: up to how much CCER may be cancelled for the compliance year. */
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
  check: (input) => [...formFaults(input), ...amountFaults(input), ...freezeFaults(input)],
  example: { decision: 'confirm', confirmed_t: '60000' },
};
