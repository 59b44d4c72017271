import { z } from 'zod';
import { shanghaiDay } from '../../calendar';
import type { Fault } from '../../errors';
import { contentFault, daySchema, textSchema, titled } from '../content';
import { citesWorkingDays, dueFaults } from '../deadlines';
import { isFuture } from '../authority';
import type { CheckInput, CitationRule, ConditionInput, RecordTypeSpec } from '../spec';

const objectionContent = z.strictObject({
  grounds: titled(textSchema, 'Grounds', '复核理由'),
  /** The day on which the enterprise was told the result; of a verification the ledger knows it. */
  notifiedOn: titled(daySchema, 'Told on', '告知日期'),
  /** The last working day on which the objection is in time. The ledger counts lateness by its own time. */
  due: titled(daySchema, 'Due on', '截止日期'),
});
export type ObjectionContent = z.infer<typeof objectionContent>;

function dayFaults({ content, scope, time }: CheckInput<ObjectionContent>): Fault[] {
  if (isFuture(content.notifiedOn, time)) return [contentFault('notifiedOn', 'a notice that is still to come')];
  return dueFaults(scope, content.notifiedOn, 'objection', content.due);
}

/** A verification is objected to with the report that it is about, whose case says when the result was told. */
async function noticeFaults({ content, scope, state }: ConditionInput<ObjectionContent>): Promise<Fault[]> {
  const [contested] = scope.cited.get('contested') ?? [];
  const [report] = scope.cited.get('annual-report') ?? [];
  if (contested?.record.type !== 'verification-conclusion') return [];
  if (report === undefined)
    return [
      {
        ...{ path: '/cites', code: 'CITATION_MISSING' as const, details: { role: 'annual-report' } },
        message: 'cite the annual report that was concluded on',
      },
    ];
  const told = await state.get('case', `annual-report/${report.key}`);
  if (told === undefined || shanghaiDay(told.t) === content.notifiedOn) return [];
  return [contentFault('notifiedOn', `the result was told on ${shanghaiDay(told.t)}`)];
}

const same = ['uscc', 'unit', 'year'] as const;

/** What an objection and the decision on it are both about. */
export const citesContested: readonly CitationRule[] = [
  { role: 'contested', type: ['verification-conclusion', 'allowance-issuance'], min: 1, max: 1, same, acts: true },
  { role: 'annual-report', type: 'annual-report', min: 0, max: 1, same, acts: true },
  citesWorkingDays,
];

/** 复核申请 against a verification result or an allocation (administrative measures, art. 16 and 27). */
export const objection: RecordTypeSpec<ObjectionContent> = {
  type: 'objection',
  title: { en: 'Objection', zh: '复核申请' },
  content: objectionContent,
  filed: [{ by: 'enterprise', as: 'self' }],
  number: true,
  unit: 'unit-or-plant',
  period: 'year',
  process: 'objection',
  cites: () => citesContested,
  acts: () => [
    { role: 'contested', trigger: 'objection' },
    { role: 'annual-report', trigger: 'objection' },
  ],
  dueField: 'due',
  check: dayFaults,
  conditions: noticeFaults,
  example: { grounds: '低位发热量取值有误', notifiedOn: '2024-06-20', due: '2024-07-01' },
};
