import { z } from 'zod';
import type { Fault } from '../../errors';
import { isFuture } from '../authority';
import { contentFault, daySchema, textSchema, titled } from '../content';
import type { CheckInput, RecordTypeSpec } from '../spec';

const nonconformityContent = z.strictObject({
  /** Clause of the guideline, or of the quality control plan, that is not followed. */
  clause: titled(textSchema, 'Clause', '不符合的条款'),
  /** A figure of what is cited, where there is one. */
  figure: titled(z.string().max(120).optional(), 'Figure', '数据项'),
  finding: titled(textSchema, 'What was found', '不符合情况'),
  cause: titled(textSchema, 'Cause', '不符合原因'),
  found: titled(daySchema, 'Found on', '发现日期'),
  /** The day by which the enterprise is to answer. */
  answerBy: titled(daySchema, 'To be answered by', '整改期限'),
});
type NonconformityContent = z.infer<typeof nonconformityContent>;

function figureFaults({ content, scope }: CheckInput<NonconformityContent>): Fault[] {
  const { figure } = content;
  if (figure === undefined) return [];
  const cited = [...scope.cited.values()].flat();
  if (cited.some(({ figures }) => figures.has(figure))) return [];
  return [contentFault('figure', `${figure} is no figure of what is cited: ${cited.map(({ key }) => key).join(', ')}`)];
}

function dayFaults({ content, time }: CheckInput<NonconformityContent>): Fault[] {
  const faults: Fault[] = [];
  if (isFuture(content.found, time)) faults.push(contentFault('found', 'a finding that is still to come'));
  if (content.answerBy < content.found) faults.push(contentFault('answerBy', 'an answer is due after what was found'));
  return faults;
}

/** 不符合项 that a verifier finds in a report of the year: numbered by the verifier, as there may be several. */
export const nonconformity: RecordTypeSpec<NonconformityContent> = {
  type: 'nonconformity',
  title: { en: 'Nonconformity', zh: '不符合项' },
  content: nonconformityContent,
  filed: [{ by: 'verifier', as: 'engaged' }],
  number: true,
  unit: 'unit-or-plant',
  period: 'year',
  process: 'nonconformity',
  cites: () => [
    { role: 'annual-report', type: 'annual-report', min: 1, max: 1, same: ['uscc', 'unit', 'year'], acts: true },
    {
      role: 'evidence',
      type: ['monthly-evidence', 'test-report', 'quality-control-plan'],
      min: 0,
      max: 40,
      same: ['uscc', 'year'],
    },
  ],
  // A report whose nonconformity was withdrawn is concluded on all the same: whether one is open is said by its own case.
  undo: () => [],
  acts: () => [{ role: 'annual-report', trigger: 'nonconformity' }],
  check: (input) => [...figureFaults(input), ...dayFaults(input)],
  example: {
    clause: '核算与报告指南 5.2.1 燃料消耗量',
    figure: 'coalConsumption_t',
    finding: '皮带秤9月未按期校验',
    cause: '校验合同到期未续签',
    found: '2025-05-12',
    answerBy: '2025-05-26',
  },
};
