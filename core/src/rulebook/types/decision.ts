import { z } from 'zod';
import { shanghaiDay } from '../../calendar';
import type { Fault } from '../../errors';
import { parseBusinessKey } from '../../identifiers';
import { numberOf } from '../authority';
import { daySchema, textSchema, titled, titledChoice } from '../content';
import { dueFaults } from '../deadlines';
import type { ActingRecord, CheckInput, ConditionInput, RecordTypeSpec } from '../spec';
import { citesContested } from './objection';

const decisionContent = z.strictObject({
  outcome: titledChoice(
    { upheld: { en: 'The result stands', zh: '维持' }, changed: { en: 'The result is changed', zh: '变更' } },
    'Outcome',
    '复核结果',
  ),
  reasons: titled(textSchema, 'Reasons', '理由'),
  /** The last working day on which the decision is in time. */
  due: titled(daySchema, 'Due on', '截止日期'),
});
export type DecisionContent = z.infer<typeof decisionContent>;

/** A decision carries the number of its objection, and is about what that is about. */
function aboutFaults({ record, scope }: CheckInput<DecisionContent>): Fault[] {
  const [objection] = scope.cited.get('objection') ?? [];
  if (objection === undefined) return [];
  const number = numberOf(parseBusinessKey(objection.key).kind);
  const faults: Fault[] = [];
  if (number !== numberOf(record.kind))
    faults.push({ path: '/kind', code: 'BAD_RECORD', message: `the kind must be decision.${String(number)}` });
  const own = record.cites.filter(({ role }) => role === 'contested' || role === 'annual-report');
  const its = objection.record.cites.filter(({ role }) => role === 'contested' || role === 'annual-report');
  const differs = own.length !== its.length || its.some(({ key }) => !own.some((one) => one.key === key));
  if (differs)
    faults.push({ path: '/cites', code: 'CITATION_MISMATCH', message: `${objection.key} is about other records` });
  return faults;
}

async function timeFaults({ content, scope, state }: ConditionInput<DecisionContent>): Promise<Fault[]> {
  const [objection] = scope.cited.get('objection') ?? [];
  const filed = objection && (await state.get('case', `objection/${objection.key}`));
  return filed === undefined ? [] : dueFaults(scope, shanghaiDay(filed.t), 'decision', content.due);
}

function actions({ content }: ActingRecord): { role: string; trigger: string }[] {
  const trigger = `decision:${String(content['outcome'])}`;
  return ['objection', 'contested', 'annual-report'].map((role) => ({ role, trigger }));
}

/** 复核决定: the result stands, or is opened to be changed. */
export const decision: RecordTypeSpec<DecisionContent> = {
  type: 'decision',
  title: { en: 'Decision on an objection', zh: '复核决定' },
  content: decisionContent,
  filed: [{ by: 'province-authority', as: 'region' }],
  number: true,
  unit: 'unit-or-plant',
  period: 'year',
  process: 'step',
  cites: () => [
    { role: 'objection', type: 'objection', min: 1, max: 1, same: ['uscc', 'unit', 'year'], acts: true },
    ...citesContested,
  ],
  acts: actions,
  dueField: 'due',
  check: aboutFaults,
  conditions: timeFaults,
  example: { outcome: 'changed', reasons: '低位发热量应取入炉煤实测值', due: '2024-07-15' },
};
