import { z } from 'zod';
import { withArticle, type Fault } from '../../errors';
import { parseBusinessKey, typeOfKind } from '../../identifiers';
import type { LedgerRecord } from '../../records/record';
import { citedOf } from '../cited';
import { contentFault, daySchema, textSchema, titled, titledChoice } from '../content';
import type { Effect } from '../effects';
import { isFuture } from '../authority';
import { screenedFindingSchema } from '../screened-finding';
import type {
  ActingRecord,
  Action,
  CheckInput,
  CitationRule,
  ConditionInput,
  EffectInput,
  RecordTypeSpec,
} from '../spec';

const reviewReasons = {
  MISSING_DOCUMENT: { en: 'A document is missing', zh: '缺少支撑材料' },
  INCONSISTENT_FIGURE: { en: 'A figure does not agree', zh: '数据不一致' },
  SAMPLING: { en: 'Sampling', zh: '采样制样不符合要求' },
  TESTING: { en: 'Testing', zh: '检测不符合要求' },
  CALIBRATION: { en: 'Calibration', zh: '计量器具检定校准问题' },
  CALCULATION: { en: 'Calculation', zh: '核算错误' },
  PLAN_NOT_FOLLOWED: { en: 'The plan was not followed', zh: '未按数据质量控制方案执行' },
  OTHER: { en: 'Other', zh: '其他' },
} as const;

const reasonSchema = z.strictObject({
  code: titledChoice(reviewReasons, 'Reason', '原因代码'),
  /** The figure that is questioned, where there is one. */
  figure: titled(z.string().max(120).optional(), 'Figure', '数据项'),
  /** Name of the document that is questioned. */
  document: titled(z.string().max(200).optional(), 'Document', '材料'),
  /** The finding of a screening on which the reason rests. */
  finding: titled(screenedFindingSchema.optional(), 'Finding of a screening', '筛查发现'),
  text: titled(textSchema, 'Explanation', '说明'),
});

const siteCheckSchema = z.strictObject({
  day: titled(daySchema, 'Day', '日期'),
  place: titled(textSchema, 'Place', '地点'),
  /** Role ids, never names: no personal data goes on the ledger. */
  inspectors: titled(
    z
      .array(z.string().regex(/^[A-Za-z0-9_-]{1,40}$/))
      .min(2)
      .max(10),
    'Role ids',
    '检查人员编号',
  ),
});

const reviewContent = z.strictObject({
  /**
   * `question`: the nation asks about what was accepted, without returning it. `notify`: the province tells the enterprise
   * the result of a verification; from then on the days of an objection count.
   */
  decision: titledChoice(
    {
      accept: { en: 'Accept', zh: '通过' },
      return: { en: 'Return', zh: '退回' },
      question: { en: 'Question', zh: '存疑' },
      notify: { en: 'Tell the result', zh: '告知核查结果' },
    },
    'Decision',
    '审核结论',
  ),
  reasons: titled(z.array(reasonSchema).max(40), 'Reasons', '退回原因'),
  /** The day by which the next version is to come. */
  returnBy: titled(daySchema.optional(), 'To come back by', '重新提交期限'),
  siteCheck: titled(siteCheckSchema.optional(), 'Site check', '现场抽查'),
});
export type ReviewContent = z.infer<typeof reviewContent>;

const reviewedTypes = ['facility', 'unit-change', 'quality-control-plan', 'monthly-evidence', 'annual-report'] as const;

function reviewedKind(record: LedgerRecord): string | undefined {
  const cited = record.cites.find(({ role }) => role === 'reviewed');
  return cited && parseBusinessKey(cited.key).kind;
}

/** Level and reviewed kind, so that reviews of a month's evidence and of a plan do not share a key. */
export function reviewKind(level: 'city' | 'province' | 'national', reviewed: string): string {
  return `review.${level}_${reviewed.replaceAll('.', '_')}`;
}

/** `city` of `review.city_monthly-evidence`. */
function levelOfReview(kind: string): string {
  return (kind.split('.')[1] ?? '').split('_')[0] ?? '';
}

function kindFaults({ record }: CheckInput<ReviewContent>): Fault[] {
  const reviewed = reviewedKind(record);
  const expected = reviewed && `review.${levelOfReview(record.kind)}_${reviewed.replaceAll('.', '_')}`;
  if (expected === undefined || expected === record.kind) return [];
  return [{ path: '/kind', code: 'BAD_RECORD', message: `the kind must be ${expected}` }];
}

function reasonFaults({ content }: CheckInput<ReviewContent>): Fault[] {
  if (content.decision === 'accept' || content.decision === 'notify')
    return content.returnBy === undefined ? [] : [contentFault('returnBy', 'what is accepted does not come back')];
  return content.reasons.length > 0
    ? []
    : [contentFault('reasons', `${withArticle(content.decision)} needs its reasons`)];
}

function figureFaults({ content, scope }: CheckInput<ReviewContent>): Fault[] {
  const [reviewed] = scope.cited.get('reviewed') ?? [];
  if (reviewed === undefined) return [];
  const documents = reviewed.record.documents.map(({ name }) => name);
  return content.reasons.flatMap(({ figure, document }, index) => [
    ...(figure === undefined || reviewed.figures.has(figure)
      ? []
      : [contentFault(`reasons/${String(index)}/figure`, `${figure} is no figure of ${reviewed.key}`)]),
    ...(document === undefined || documents.includes(document)
      ? []
      : [contentFault(`reasons/${String(index)}/document`, `${document} is no document of ${reviewed.key}`)]),
  ]);
}

function siteFaults({ content, record, time }: CheckInput<ReviewContent>): Fault[] {
  const { siteCheck } = content;
  if (siteCheck === undefined) return [];
  if (levelOfReview(record.kind) !== 'city') return [contentFault('siteCheck', 'sites are checked by the city')];
  return isFuture(siteCheck.day, time) ? [contentFault('siteCheck/day', 'a check that is still to come')] : [];
}

function needsCity({ record, scope, content }: ConditionInput<ReviewContent>): boolean {
  const [parameters] = citedOf(scope, 'parameters', 'parameter');
  const isAsked = parameters?.content.values['review.cityCheck']?.value === '1';
  return isAsked && content.decision === 'accept' && levelOfReview(record.kind) === 'province';
}

/** Where the parameters of the year ask for the city's check, the province goes on from it (`review.cityCheck` is 1). */
async function cityFaults(input: ConditionInput<ReviewContent>): Promise<Fault[]> {
  const [reviewed] = input.scope.cited.get('reviewed') ?? [];
  if (reviewed === undefined || !needsCity(input)) return [];
  const { type } = reviewed.record;
  const process = type === 'monthly-evidence' ? 'three-level-review' : type;
  const found = await input.state.get('case', `${process}/${reviewed.key}`);
  if (found?.s !== 'FILED') return [];
  const message = `${reviewed.key} is FILED; the parameters of the year ask for the city’s check first`;
  return [{ path: '/cites', code: 'STATE_CONFLICT', message, details: { state: 'FILED', asked: 'CITY_CHECKED' } }];
}

function citations(record: LedgerRecord): readonly CitationRule[] {
  const type = typeOfKind(reviewedKind(record) ?? '');
  const hasRules = type !== 'facility' && type !== 'unit-change' && type !== '';
  return [
    { role: 'reviewed', type: reviewedTypes, min: 1, max: 1, same: ['uscc', 'unit', 'period'], acts: true },
    ...(hasRules ? [{ role: 'parameters', type: 'parameter', min: 1, max: 1, same: ['year'] } as const] : []),
  ];
}

function actions(record: ActingRecord): readonly Action[] {
  const decision = String(record.content['decision']);
  return [{ role: 'reviewed', trigger: `review.${levelOfReview(record.kind)}:${decision}` }];
}

/** The id of the registration or change whose units an acceptance puts in force. */
function acceptedUnits({
  record,
  content,
}: Pick<EffectInput<ReviewContent>, 'record' | 'content'>): string | undefined {
  const isOfUnits = ['facility', 'unit-change'].includes(typeOfKind(reviewedKind(record) ?? ''));
  if (!isOfUnits || content.decision !== 'accept') return undefined;
  return record.cites.find(({ role }) => role === 'reviewed')?.record.slice(4);
}

/** Only the last proposal waits: an earlier one, laid over units as they were, is returned, to be filed over those of now. */
async function proposalFaults(input: ConditionInput<ReviewContent>): Promise<Fault[]> {
  const accepted = acceptedUnits(input);
  if (accepted === undefined) return [];
  const { uscc } = input.record.subject;
  const waiting = (await input.state.get('units', uscc))?.waiting?.r;
  if (waiting === accepted) return [];
  const message = `other units of ${uscc} were proposed since: return this one, and accept what waits`;
  const details = { waiting: waiting === undefined ? null : `rec:${waiting}` };
  return [{ path: '/cites', code: 'STATE_CONFLICT', message, details }];
}

/** The province's acceptance of a registration puts its units in force. */
function effects(input: EffectInput<ReviewContent>): Effect[] {
  const facility = acceptedUnits(input);
  return facility === undefined ? [] : [{ do: 'accept-units', uscc: input.record.subject.uscc, facility }];
}

const labels = ['city', 'province', 'national'].flatMap((level) => reviewedTypes.map((type) => `${level}_${type}`));
const labelsOf = (level: string): string[] => labels.filter((label) => label.startsWith(`${level}_`));

/** 审核: 国家—省—市三级联审 of evidence, plans, reports and registrations: accepted, questioned, or returned with reasons. */
export const review: RecordTypeSpec<ReviewContent> = {
  type: 'review',
  title: { en: 'Review', zh: '审核意见' },
  content: reviewContent,
  filed: [
    { by: 'city-authority', as: 'region', labels: labelsOf('city') },
    { by: 'province-authority', as: 'region', labels: labelsOf('province') },
    { by: 'national-authority', as: 'nation', labels: labelsOf('national') },
  ],
  labels: { names: labels, required: true },
  unit: 'any',
  period: 'any',
  process: 'continued',
  cites: citations,
  acts: actions,
  effects,
  undo: 'refused',
  check: (input) => [...kindFaults(input), ...reasonFaults(input), ...figureFaults(input), ...siteFaults(input)],
  conditions: async (input) => [...(await cityFaults(input)), ...(await proposalFaults(input))],
  example: { decision: 'return', reasons: [{ code: 'SAMPLING', text: '缺少9月12日采样记录' }], returnBy: '2024-11-20' },
};
