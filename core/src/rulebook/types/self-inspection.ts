import { z } from 'zod';
import type { Fault } from '../../errors';
import { usccSchema } from '../../records/fields';
import type { LedgerRecord } from '../../records/record';
import { isStanding, labelOf } from '../authority';
import { contentFault, textSchema, titled, titledChoice } from '../content';
import type { CheckInput, ConditionInput, RecordTypeSpec, Title } from '../spec';

/** What a key emitter checks itself on (碳排放数据质量自查表, annex 1). */
const ofEnterprise = {
  'fuel-consumption': { en: 'Fuel consumption', zh: '燃料消耗量' },
  'fuel-heat-value': { en: 'Heat value of the fuel', zh: '燃煤热值' },
  'carbon-content': { en: 'Carbon content', zh: '元素碳含量' },
  'oxidation-rate': { en: 'Oxidation rate', zh: '碳氧化率' },
  sampling: { en: 'Sampling, preparation, delivery', zh: '采样、制样、送样' },
  testing: { en: 'Testing, truth of the reports', zh: '化验检测及报告真实性' },
  accounting: { en: 'Accounting', zh: '核算' },
  'power-supply': { en: 'Power', zh: '供电量' },
  'heat-supply': { en: 'Heat and heat ratio', zh: '供热量、供热比' },
} as const satisfies Readonly<Record<string, Title>>;

/** What a verifier checks itself on (核查技术服务机构碳排放数据质量自查表, annex 2), and is assessed on. */
export const verifierItems = {
  conduct: { en: 'Conduct of the verifications', zh: '核查开展情况' },
  management: { en: 'Internal management', zh: '内部管理情况' },
  impartiality: { en: 'Impartiality', zh: '公正性管理措施' },
  timeliness: { en: 'Timeliness', zh: '工作及时性' },
  quality: { en: 'Quality of the work', zh: '工作质量' },
  'test-reports': { en: 'Truth of the test reports', zh: '检测报告真实性' },
  laboratories: { en: 'Qualification of the laboratories', zh: '检验检测机构资质' },
  'anomalous-data': { en: 'Anomalous data found and confirmed', zh: '异常数据识别与核验' },
} as const satisfies Readonly<Record<string, Title>>;

const answers = {
  conforms: { en: 'Conforms', zh: '符合' },
  problem: { en: 'Problem found', zh: '存在问题' },
  'not-applicable': { en: 'Does not apply', zh: '不适用' },
} as const;

/** Services whose use a key emitter states (annex 1). */
const purposes = {
  consulting: { en: 'Consulting', zh: '咨询' },
  testing: { en: 'Testing', zh: '检测' },
  preparation: { en: 'Report preparation', zh: '报告编制' },
} as const satisfies Readonly<Record<string, Title>>;

/** What the two forms ask, by the label of the record's kind, and what may be answered. */
export const selfInspectionForms = { items: { enterprise: ofEnterprise, verifier: verifierItems }, answers, purposes };

const itemSchema = z.strictObject({
  item: titledChoice({ ...ofEnterprise, ...verifierItems }, 'Item', '自查项目'),
  answer: titledChoice(answers, 'Answer', '自查结果'),
  note: titled(textSchema.optional(), 'Note', '说明'),
});
const problemSchema = z.strictObject({
  item: titledChoice({ ...ofEnterprise, ...verifierItems }, 'Item', '自查项目'),
  text: titled(textSchema, 'Problem', '存在的问题'),
  /** What a party found and corrected itself is treated otherwise than what others found. */
  corrected: titled(z.boolean(), 'Corrected already', '是否已自纠'),
});
const serviceSchema = z.strictObject({
  party: titled(usccSchema, 'Whose service', '服务机构'),
  purpose: titledChoice(purposes, 'Purpose', '服务内容'),
});

const selfInspectionContent = z.strictObject({
  items: titled(z.array(itemSchema).min(1).max(40), 'Items', '自查项目'),
  problems: titled(z.array(problemSchema).max(100), 'Problems found', '发现的问题'),
  services: titled(z.array(serviceSchema).max(40), 'Services used', '咨询、检测机构服务情况'),
  /** 对数据及资料的真实性、准确性、完整性的承诺. */
  commitment: titled(
    z.strictObject({
      truth: titled(z.literal(true), 'Truth', '真实性'),
      accuracy: titled(z.literal(true), 'Accuracy', '准确性'),
      completeness: titled(z.literal(true), 'Completeness', '完整性'),
    }),
    'Commitment',
    '承诺声明',
  ),
});
type SelfInspectionContent = z.infer<typeof selfInspectionContent>;

function formOf({ kind }: Pick<LedgerRecord, 'kind'>): readonly string[] {
  return Object.keys(labelOf(kind) === 'verifier' ? verifierItems : ofEnterprise);
}

function itemFaults({ content, record }: CheckInput<SelfInspectionContent>): Fault[] {
  const form = formOf(record);
  const answered = content.items.map(({ item }): string => item);
  const missing = form.filter((item) => !answered.includes(item));
  const faults = missing.map((item) => contentFault('items', `${item} is not answered`));
  for (const [index, { item, answer }] of content.items.entries()) {
    const place = `items/${String(index)}`;
    if (!form.includes(item)) faults.push(contentFault(`${place}/item`, `${item} is no item of this form`));
    if (answered.indexOf(item) !== index) faults.push(contentFault(`${place}/item`, `${item} is answered twice`));
    const isTold = content.problems.some((problem) => problem.item === item);
    if ((answer === 'problem') !== isTold)
      faults.push(contentFault(`${place}/answer`, isTold ? 'a problem is told of it' : 'no problem is told of it'));
  }
  return faults;
}

/** A problem of an item that the form does not have would be read by nobody. */
function problemFaults({ content, record }: CheckInput<SelfInspectionContent>): Fault[] {
  const form = formOf(record);
  return content.problems.flatMap(({ item }, index) =>
    form.includes(item) ? [] : [contentFault(`problems/${String(index)}/item`, `${item} is no item of this form`)],
  );
}

async function serviceFaults({ content, state }: ConditionInput<SelfInspectionContent>): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const [index, { party }] of content.services.entries())
    if (!isStanding(await state.get('party', party)))
      faults.push(contentFault(`services/${String(index)}/party`, `${party} is not registered`, {}, 'PARTY_UNKNOWN'));
  return faults;
}

/** 自查: the form of the year with its commitment, by a key emitter or by a verifier. */
export const selfInspection: RecordTypeSpec<SelfInspectionContent> = {
  type: 'self-inspection',
  title: { en: 'Self-inspection', zh: '自查表' },
  content: selfInspectionContent,
  filed: [
    { by: 'enterprise', as: 'self', labels: ['enterprise'] },
    { by: 'verifier', as: 'self', labels: ['verifier'] },
  ],
  labels: { names: ['enterprise', 'verifier'], required: true },
  unit: 'none',
  period: 'year',
  process: 'corrigible',
  cites: () => [{ role: 'covered', type: 'any', min: 0, max: 200 }],
  check: (input) => [...itemFaults(input), ...problemFaults(input)],
  conditions: serviceFaults,
  example: {
    items: Object.keys(ofEnterprise).map((item) => ({
      item: item as keyof typeof ofEnterprise,
      answer: item === 'sampling' ? 'problem' : 'conforms',
    })),
    problems: [{ item: 'sampling', text: '9月12日缺少采样记录', corrected: true }],
    services: [],
    commitment: { truth: true, accuracy: true, completeness: true },
  },
};
