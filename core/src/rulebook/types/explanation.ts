import { z } from 'zod';
import type { Fault } from '../../errors';
import { contentFault, textSchema, titled } from '../content';
import { screenedFindingSchema } from '../screened-finding';
import type { CheckInput, RecordTypeSpec } from '../spec';

const itemSchema = z.strictObject({
  /** Rule or place of what is explained: `R-S01`, a figure's name. */
  about: titled(textSchema.max(240), 'About', '针对问题'),
  reason: titled(textSchema, 'Reason', '原因'),
  documents: titled(z.array(z.string().max(200)).max(20), 'Documents', '证明材料'),
});

const explanationContent = z.strictObject({
  items: titled(z.array(itemSchema).min(1).max(200), 'Explanations', '说明事项'),
  /** They count as explained while record and values stay as they were (`screening/explained`). */
  findings: titled(z.array(screenedFindingSchema).max(400).optional(), 'Findings of a screening', '针对的筛查发现'),
});
type ExplanationContent = z.infer<typeof explanationContent>;

function documentFaults({ content, record }: CheckInput<ExplanationContent>): Fault[] {
  const own = record.documents.map(({ name }) => name);
  return content.items.flatMap(({ documents }, index) =>
    documents
      .filter((name) => !own.includes(name))
      .map((name) => contentFault(`items/${String(index)}/documents`, `${name} is no document of this record`)),
  );
}

/** A finding that counts as explained is one about whose rule something is said. */
function groundFaults({ content }: CheckInput<ExplanationContent>): Fault[] {
  const answered = content.items.map(({ about }) => about);
  return (content.findings ?? []).flatMap(({ rule }, index) =>
    answered.includes(rule)
      ? []
      : [contentFault(`findings/${String(index)}/rule`, `nothing is said about ${rule}`, { rule })],
  );
}

/** Every finding that asks for an explanation is answered. */
function completeFaults({ content, scope }: CheckInput<ExplanationContent>): Fault[] {
  const [result] = scope.cited.get('about') ?? [];
  if (result?.record.type !== 'screening-result') return [];
  const { findings } = result.record.content as { findings: readonly { rule: string; severity: string }[] };
  const asked = new Set(findings.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule));
  const answered = content.items.map(({ about }) => about);
  return [...asked]
    .filter((rule) => !answered.includes(rule))
    .map((rule) => contentFault('items', `${rule} is not explained`, { rule }));
}

/** What is answered is what was asked about: the months that are questioned stand in what the explanation is about. */
function questionedFaults({ record, scope }: CheckInput<ExplanationContent>): Fault[] {
  const [about] = scope.cited.get('about') ?? [];
  if (about === undefined) return [];
  return record.cites
    .filter(({ role, key }) => role === 'questioned' && !about.record.cites.some((one) => one.key === key))
    .map(({ key }) => ({
      path: '/cites',
      code: 'CITATION_MISMATCH',
      message: `${about.key} does not question ${key}`,
    }));
}

/** 说明 by the enterprise of what a screening, a review or a finding questions. It answers a month that is questioned. */
export const explanation: RecordTypeSpec<ExplanationContent> = {
  type: 'explanation',
  title: { en: 'Explanation', zh: '情况说明' },
  content: explanationContent,
  filed: [{ by: 'enterprise', as: 'self' }],
  number: true,
  unit: 'unit-or-plant',
  period: 'any',
  process: 'step',
  cites: () => [
    { role: 'about', type: ['screening-result', 'review', 'finding'], min: 1, max: 1, same: ['uscc'] },
    { role: 'questioned', type: 'monthly-evidence', min: 0, max: 12, same: ['uscc', 'year'], acts: true },
  ],
  acts: () => [{ role: 'questioned', trigger: 'explanation' }],
  check: (input) => [
    ...documentFaults(input),
    ...groundFaults(input),
    ...completeFaults(input),
    ...questionedFaults(input),
  ],
  example: { items: [{ about: 'R-S01', reason: '9月换烧高热值煤种', documents: [] }] },
};
