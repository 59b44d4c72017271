import { z } from 'zod';
import type { Fault } from '../../errors';
import { usccSchema } from '../../records/fields';
import { isFuture, isStanding } from '../authority';
import { contentFault, daySchema, textSchema, titled, titledChoice } from '../content';
import { dueTerms } from '../due-terms';
import type { CheckInput, ConditionInput, RecordTypeSpec } from '../spec';
import { verifierItems } from './self-inspection';

const rating = {
  good: { en: 'Good', zh: '良好' },
  adequate: { en: 'Adequate', zh: '合格' },
  poor: { en: 'Poor', zh: '不合格' },
} as const;

const itemSchema = z.strictObject({
  item: titledChoice(verifierItems, 'Item', '评估项目'),
  rating: titledChoice(rating, 'Rating', '评价'),
  note: titled(textSchema.optional(), 'Note', '说明'),
});
const assessedSchema = z.strictObject({
  verifier: titled(usccSchema, 'Verifier', '核查技术服务机构'),
  /** Enterprises that it verified for this authority in the year. */
  enterprises: titled(z.int().min(0).max(10_000), 'Enterprises verified', '核查企业数'),
  rating: titledChoice(rating, 'Rating as a whole', '总体评价'),
  items: titled(z.array(itemSchema).max(20), 'Items', '评估项目'),
  problems: titled(z.array(textSchema).max(40), 'Problems', '存在的问题'),
});

const verifierAssessmentContent = z.strictObject({
  publishedOn: titled(daySchema, 'Published on', '公布日期'),
  assessed: titled(z.array(assessedSchema).min(1).max(200), 'Verifiers', '评估结果'),
});
export type VerifierAssessmentContent = z.infer<typeof verifierAssessmentContent>;
type Input = CheckInput<VerifierAssessmentContent>;

function twice(values: readonly string[], place: (index: number) => string): Fault[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) === index ? [] : [contentFault(place(index), `${value} stands there twice`)],
  );
}

/** A rating that is not good says why; each verifier and each item stands there once. */
function assessedFaults({ content: { assessed } }: Input): Fault[] {
  const faults = twice(
    assessed.map(({ verifier }) => verifier),
    (index) => `assessed/${String(index)}/verifier`,
  );
  for (const [index, { items, rating: whole, problems }] of assessed.entries()) {
    const place = `assessed/${String(index)}`;
    faults.push(
      ...twice(
        items.map(({ item }) => item),
        (at) => `${place}/items/${String(at)}/item`,
      ),
    );
    if (whole === 'poor' && problems.length === 0)
      faults.push(contentFault(`${place}/problems`, 'who is found poor is told the problems'));
  }
  return faults;
}

function dayFaults({ content, time }: Input): Fault[] {
  return isFuture(content.publishedOn, time) ? [contentFault('publishedOn', 'a day that is still to come')] : [];
}

async function partyFaults({ content, state }: ConditionInput<VerifierAssessmentContent>): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const [index, { verifier }] of content.assessed.entries()) {
    const party = await state.get('party', verifier);
    if (!isStanding(party) || party.content.kind !== 'verifier')
      faults.push(
        contentFault(
          `assessed/${String(index)}/verifier`,
          `${verifier} is no registered verifier`,
          {},
          'PARTY_UNKNOWN',
        ),
      );
  }
  return faults;
}

/** 核查技术服务机构评估: what a province publishes each year of the verifiers that worked for it, by the items on which these check themselves. */
export const verifierAssessment: RecordTypeSpec<VerifierAssessmentContent> = {
  type: 'verifier-assessment',
  title: { en: 'Assessment of verifiers', zh: '核查机构评估' },
  content: verifierAssessmentContent,
  filed: [{ by: 'province-authority', as: 'self' }],
  unit: 'none',
  period: 'year',
  process: 'dated',
  // What an assessment rests on: conclusions, findings, self-inspections of the verifiers.
  cites: () => [
    { role: 'parameters', type: 'parameter', kind: 'parameter', min: 0, max: 40, same: ['year'], tables: 'all' },
    { role: 'evidence', type: 'any', min: 0, max: 200 },
  ],
  due: dueTerms['verifier-assessment'],
  expected: 'of-authority',
  check: (input) => [...assessedFaults(input), ...dayFaults(input)],
  conditions: partyFaults,
  example: {
    publishedOn: '2025-12-20',
    assessed: [
      {
        ...{ verifier: '91110000MA0FAKE3W8', enterprises: 12, rating: 'adequate' },
        items: [
          { item: 'timeliness', rating: 'good' },
          { item: 'quality', rating: 'adequate', note: '2 份核查报告退回补充' },
        ],
        problems: [],
      },
    ],
  },
};
