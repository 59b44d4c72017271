import { z } from 'zod';
import type { Fault } from '../../errors';
import { citedOf } from '../cited';
import { isAnswer } from '../citation-fit';
import { contentFault, daySchema, ruleFault, textSchema, titled } from '../content';
import type { CheckInput, RecordTypeSpec } from '../spec';

const taskSchema = z.strictObject({
  finding: titled(z.string().min(1).max(160), 'Finding', '问题'),
  done: titled(textSchema, 'What was done', '整改情况'),
  /** Name of the document that shows it, where no correction of what was found does. */
  document: titled(z.string().max(200).optional(), 'Document', '证明材料'),
});

const rectificationContent = z.strictObject({
  tasks: titled(z.array(taskSchema).min(1).max(100), 'Tasks', '整改任务'),
  /** The last of the days that the handover gives for these findings. */
  due: titled(daySchema, 'Due on', '整改期限'),
});
export type RectificationContent = z.infer<typeof rectificationContent>;
type Input = CheckInput<RectificationContent>;

/** Findings that a cited correction shows to be put right: it corrects what was found. One of anything else shows nothing. */
function corrected({ scope }: Input): ReadonlySet<string> {
  const corrections = scope.cited.get('supersession') ?? [];
  const found = (scope.cited.get('finding') ?? []).filter((finding) =>
    corrections.some(({ record }) => isAnswer(record, [finding.record])),
  );
  return new Set(found.map(({ key }) => key));
}

function taskFaults(input: Input): Fault[] {
  const { content, record, scope } = input;
  const findings = (scope.cited.get('finding') ?? []).map(({ key }) => key);
  const shown = corrected(input);
  const documents = record.documents.map(({ name }) => name);
  const faults = content.tasks.flatMap(({ finding, document }, index) => {
    const place = `tasks/${String(index)}`;
    if (!findings.includes(finding)) return [contentFault(`${place}/finding`, `${finding} is not cited`)];
    if (document !== undefined && !documents.includes(document))
      return [contentFault(`${place}/document`, `${document} is no document of this record`)];
    return document === undefined && !shown.has(finding)
      ? [ruleFault('R-D24', `/content/${place}/document`, unshown)]
      : [];
  });
  const named = content.tasks.map(({ finding }) => finding);
  return [
    ...faults,
    ...findings.filter((key) => !named.includes(key)).map((key) => contentFault('tasks', `${key} is left out`)),
  ];
}

const unshown = 'what was done is shown by a document, or by a correction of what was found';

function handoverFaults({ content, record, scope }: Input): Fault[] {
  const [handover] = citedOf(scope, 'handover', 'handover');
  if (handover === undefined) return [];
  const faults: Fault[] = [];
  if (handover.content.to !== record.issuer)
    faults.push({ path: '/issuer', code: 'NOT_ALLOWED_TO_FILE', message: `it was handed to ${handover.content.to}` });
  const named = content.tasks.map(({ finding }) => finding);
  const days = handover.content.tasks.filter(({ finding }) => named.includes(finding)).map(({ due }) => due);
  const strange = named.filter((finding) => !handover.content.tasks.some((task) => task.finding === finding));
  faults.push(
    ...strange.map((finding) => contentFault('tasks', `${finding} was not handed over by ${handover.scope.key}`)),
  );
  const due = [...days].sort().at(-1);
  if (due !== undefined && due !== content.due) faults.push(contentFault('due', `the handover gives ${due}`));
  const its = handover.scope.record.cites.find(({ role }) => role === 'inspection')?.key;
  if (scope.cited.get('inspection')?.[0]?.key !== its)
    faults.push({ path: '/cites', code: 'CITATION_MISMATCH', message: `${handover.scope.key} is of ${String(its)}` });
  return faults;
}

/** 整改: task by task what was done, with what shows it. Late where it comes after the day of the handover. */
export const rectification: RecordTypeSpec<RectificationContent> = {
  type: 'rectification',
  title: { en: 'Rectification', zh: '整改报告' },
  content: rectificationContent,
  filed: [
    { by: 'enterprise', as: 'self' },
    { by: 'lab', as: 'self' },
    { by: 'verifier', as: 'self' },
  ],
  number: true,
  unit: 'none',
  period: 'year',
  process: 'step',
  cites: () => [
    { role: 'handover', type: 'handover', min: 1, max: 1 },
    { role: 'inspection', type: 'inspection', min: 1, max: 1, acts: true },
    { role: 'finding', type: 'finding', min: 1, max: 100, acts: true, severally: true },
    { role: 'supersession', type: ['supersession', 'revocation'], min: 0, max: 40, answers: 'finding' },
  ],
  acts: () => [
    { role: 'inspection', trigger: 'rectification' },
    { role: 'finding', trigger: 'rectification' },
  ],
  dueField: 'due',
  check: (input) => [...taskFaults(input), ...handoverFaults(input)],
  example: {
    tasks: [
      { finding: '91140000MA0FAKE01X/U1/2024-09/finding.1', done: '已更正9月入炉煤量', document: '皮带秤原始读数.csv' },
    ],
    due: '2025-07-31',
  },
};
