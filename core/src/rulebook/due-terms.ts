import { lastDayOfMonth } from '../calendar';
import type { RecordType } from '../records/record';
import type { DueRecord, DueTerm } from './due';

const byDay = (day: string) => (): readonly DueTerm[] => [{ day }];

/**
 * The calendar of a year's work: by which parameters each type is due. Days and counts stand in the `parameter` record of the
 * sector and year; where it has none of these names nothing is due on a day. It stands apart from the types because screening,
 * whose rules are a type's content, reads it too.
 */
export const dueTerms = {
  'quality-control-plan': byDay('plan.deadline'),
  /** A day of its own for the month, else so many days after its end: 月末后40个自然日. */
  'monthly-evidence': ({ subject: { period } }): readonly DueTerm[] => [
    { day: `evidence.deadline.${period.slice(5, 7)}` },
    { days: 'evidence.days', after: lastDayOfMonth(period) },
  ],
  'annual-report': byDay('annualReport.deadline'),
  'verification-conclusion': byDay('verification.deadline'),
  /** An adjustment follows on what is adjusted, in working days (rulebook/processes). */
  'allowance-issuance': ({ kind }): readonly DueTerm[] => {
    if (kind === 'allowance-issuance.pre') return [{ day: 'preAllocation.deadline' }];
    return kind === 'allowance-issuance' ? [{ day: 'determination.deadline' }] : [];
  },
  'allowance-credit': ({ kind }): readonly DueTerm[] =>
    kind === 'allowance-credit' ? [{ day: 'issue.deadline' }] : [],
  surrender: byDay('surrender.deadline'),
  /** Of the list of the next year: 次年名录. */
  'emitter-list': byDay('emitterList.deadline'),
  'verifier-assessment': byDay('verifierAssessment.deadline'),
} as const satisfies Partial<Record<RecordType, (record: DueRecord) => readonly DueTerm[]>>;

/** The same by the name of a type; undefined for one that is due on no day. */
export function dueTermsOf(type: string): ((record: DueRecord) => readonly DueTerm[]) | undefined {
  return Object.hasOwn(dueTerms, type) ? dueTerms[type as keyof typeof dueTerms] : undefined;
}
