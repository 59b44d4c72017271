import { z } from 'zod';
import { withArticle, type Fault } from '../../errors';
import { usccSchema } from '../../records/fields';
import { isStanding } from '../authority';
import { citedOf } from '../cited';
import { contentFault, daySchema, textSchema, titled } from '../content';
import type { CheckInput, ConditionInput, RecordTypeSpec } from '../spec';
import { rectification } from './rectification';

const taskSchema = z.strictObject({
  finding: titled(z.string().min(1).max(160), 'Finding', '问题'),
  task: titled(textSchema, 'Task', '整改任务'),
  /** Role id, never a name. */
  responsible: titled(z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'not a role id'), 'Responsible', '责任人编号'),
  target: titled(textSchema, 'Target', '整改目标'),
  measures: titled(textSchema, 'Measures', '整改措施'),
  due: titled(daySchema, 'Due on', '整改期限'),
});

const handoverContent = z.strictObject({
  to: titled(usccSchema, 'Handed to', '接收单位'),
  tasks: titled(z.array(taskSchema).min(1).max(100), 'Tasks', '任务清单'),
});
export type HandoverContent = z.infer<typeof handoverContent>;

function taskFaults({ content, scope }: CheckInput<HandoverContent>): Fault[] {
  const findings = (scope.cited.get('finding') ?? []).map(({ key }) => key);
  const named = content.tasks.map(({ finding }) => finding);
  const unknown = named.flatMap((finding, index) =>
    findings.includes(finding) ? [] : [contentFault(`tasks/${String(index)}/finding`, `${finding} is not cited`)],
  );
  const without = findings.filter((key) => !named.includes(key));
  return [...unknown, ...without.map((key) => contentFault('tasks', `${key} has no task`))];
}

function ownerFaults({ record, scope }: CheckInput<HandoverContent>): Fault[] {
  const [inspection] = citedOf(scope, 'inspection', 'inspection');
  const faults: Fault[] = [];
  if (inspection !== undefined && inspection.scope.record.issuer !== record.issuer)
    faults.push({
      path: '/issuer',
      code: 'NOT_ALLOWED_TO_FILE',
      message: `${inspection.scope.key} is another authority’s`,
    });
  for (const { key, record: found } of scope.cited.get('finding') ?? [])
    if (!found.cites.some(({ role, key: of }) => role === 'inspection' && of === inspection?.scope.key))
      faults.push({ path: '/cites', code: 'CITATION_MISMATCH', message: `${key} is of another inspection` });
  return faults;
}

/** What is handed over is rectified by whom it was handed to: by nobody who could not, and by an enterprise only what is its own. */
async function addresseeFaults({ content, scope, state }: ConditionInput<HandoverContent>): Promise<Fault[]> {
  const { to } = content;
  const party = await state.get('party', to);
  if (!isStanding(party)) return [contentFault('to', `${to} is not registered`, {}, 'PARTY_UNKNOWN')];
  const { kind } = party.content;
  const able = rectification.filed.map(({ by }) => by);
  if (!able.includes(kind))
    return [
      contentFault('to', `${withArticle(kind)} rectifies nothing; who does: ${able.join(', ')}`, {
        kind,
        allowed: able,
      }),
    ];
  const foreign = (scope.cited.get('finding') ?? []).filter(({ record }) => record.subject.uscc !== to);
  return kind === 'enterprise' ? foreign.map(({ key }) => contentFault('to', `${key} is not about ${to}`)) : [];
}

/** 问题移交: findings with task, responsible, target, measures and day, handed to whom they concern. */
export const handover: RecordTypeSpec<HandoverContent> = {
  type: 'handover',
  title: { en: 'Handover', zh: '问题移交' },
  content: handoverContent,
  filed: [
    { by: 'city-authority', as: 'self' },
    { by: 'province-authority', as: 'self' },
    { by: 'national-authority', as: 'self' },
  ],
  number: true,
  unit: 'none',
  period: 'year',
  process: 'step',
  cites: () => [
    { role: 'inspection', type: 'inspection', min: 1, max: 1, acts: true },
    { role: 'finding', type: 'finding', min: 1, max: 100, acts: true, severally: true },
  ],
  acts: () => [
    { role: 'inspection', trigger: 'handover' },
    { role: 'finding', trigger: 'handover' },
  ],
  check: (input) => [...taskFaults(input), ...ownerFaults(input)],
  conditions: addresseeFaults,
  example: {
    to: '91140000MA0FAKE01X',
    tasks: [
      {
        finding: '91140000MA0FAKE01X/U1/2024-09/finding.1',
        task: '更正9月入炉煤量',
        responsible: 'OP-01',
        target: '与皮带秤原始读数一致',
        measures: '重新统计并更正存证',
        due: '2025-07-31',
      },
    ],
  },
};
