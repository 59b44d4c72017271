import { z } from 'zod';
import { titled } from '../validation';
import { titledChoice } from '../rulebook/content';

/** 极值、标准值、阈值、逻辑、文件 (domain section 5), and the market. */
const ruleClass = titledChoice(
  {
    extreme: { en: 'Extreme', zh: '极值' },
    standard: { en: 'Standard value', zh: '标准值' },
    threshold: { en: 'Threshold', zh: '阈值' },
    logic: { en: 'Logic', zh: '逻辑' },
    document: { en: 'Document', zh: '文件' },
    market: { en: 'Market', zh: '市场' },
  },
  'Class',
  '类别',
);
/** B blocks, W needs an explanation, I is information. */
const severity = titledChoice(
  {
    B: { en: 'Blocks', zh: '阻断' },
    W: { en: 'Needs an explanation', zh: '需说明' },
    I: { en: 'Information', zh: '提示' },
  },
  'Severity',
  '严重程度',
);
export type Severity = z.infer<typeof severity>;
const ruleScope = titledChoice(
  {
    'unit-month': { en: 'Unit and month', zh: '机组月度' },
    'unit-year': { en: 'Unit and year', zh: '机组年度' },
    plant: { en: 'Plant', zh: '企业' },
    lab: { en: 'Laboratory', zh: '检测机构' },
    market: { en: 'Market', zh: '市场' },
  },
  'Scope',
  '范围',
);

/**
 * What a unit is, as far as limits depend on it: found by words in what is said about it. The mine is that of a month: where most of its
 * coal came from, as its evidence says.
 */
const traitName = titledChoice(
  {
    fuel: { en: 'Fuel', zh: '燃料' },
    kind: { en: 'Kind of coal or boiler', zh: '煤种或炉型' },
    class: { en: 'Class', zh: '类别' },
    sector: { en: 'Sector', zh: '行业' },
    mine: { en: 'Mine', zh: '矿点' },
  },
  'Trait',
  '特征',
);
export type TraitName = z.infer<typeof traitName>;
export type Traits = Readonly<Partial<Record<TraitName | 'region', string>>>;

const words = z.array(z.string().min(1).max(40)).min(1).max(40);
const formula = z.string().min(1).max(500);
const variable = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,40}$/, 'not a name');
const decimal = z.string().regex(/^-?(?:0|[1-9][0-9]{0,29})(?:\.[0-9]{1,20})?$/, 'not a decimal');
const title = z.strictObject({
  en: titled(z.string().min(1).max(400), 'In English', '英文'),
  zh: titled(z.string().min(1).max(400), 'In Chinese', '中文'),
});

/** What a limit was learnt from: how many records of which year, and the SHA-256 over their ids, so that anybody who has them learns the same. */
const learnt = z.strictObject({
  digest: titled(z.string().regex(/^sha256:[0-9a-f]{64}$/, 'not a SHA-256 digest'), 'Digest', '摘要'),
  records: titled(z.int().min(1), 'Records', '记录数'),
  enterprises: titled(z.int().min(1), 'Enterprises', '企业数'),
  period: titled(z.string().regex(/^[0-9]{4}$/, 'not a year'), 'Year', '年度'),
});
export type Learnt = z.infer<typeof learnt>;

/** A limit, for whom and when it holds: the first entry that fits the unit and the day counts. */
const parameterEntry = z.strictObject({
  value: titled(decimal, 'Limit', '限值'),
  fuel: titled(words.optional(), 'Fuels', '燃料'),
  kind: titled(words.optional(), 'Kinds', '煤种或炉型'),
  class: titled(words.optional(), 'Classes', '类别'),
  sector: titled(words.optional(), 'Sectors', '行业'),
  mine: titled(words.optional(), 'Mines', '矿点'),
  from: titled(z.iso.date().optional(), 'First day', '起始日期'),
  to: titled(z.iso.date().optional(), 'Last day', '截止日期'),
  learnt: titled(learnt.optional(), 'Learnt from', '学习依据'),
});
export type ParameterEntry = z.infer<typeof parameterEntry>;

const inputText = titled(z.string().min(1).max(160), 'What is read', '取数');
/** See {@link parseInput}; `else` stands in for what is not there. */
const input = z.union([
  inputText,
  titled(
    z.strictObject({
      from: titled(z.string().max(160), 'What is read', '取数'),
      else: titled(decimal, 'Where there is none', '缺失时取'),
    }),
    'Read, or a value where there is none',
    '取数，缺失时代以数值',
  ),
]);
export type InputText = z.infer<typeof input>;

/** Outside of low to high the band's severity speaks; `open`: already at the limit. */
const band = z.strictObject({
  severity: severity.optional(),
  low: titled(formula.optional(), 'Lower limit', '下限'),
  high: titled(formula.optional(), 'Upper limit', '上限'),
  open: titled(z.boolean().optional(), 'Already at the limit', '达到限值即计'),
});
export type Band = z.infer<typeof band>;

const conditions = z.array(z.string().max(200));
const note = titled(z.string().max(120).optional(), 'Note', '说明');
const common = {
  /** Kind and level of the records that are looked at one by one: `monthly-evidence@unit`. */
  each: titled(
    z.string().regex(/^[a-z][a-z-]{1,39}(?:\.(?:\*|[A-Za-z0-9_-]{1,40}))?@(?:unit|plant|none|any)$/, 'not KIND@level'),
    'Records that are looked at',
    '检查的记录',
  ),
  when: titled(conditions.max(8).optional(), 'Applies when', '适用条件'),
  /** Further conditions of the record that is looked at, not of those in its windows: `calendar:month = 12`. */
  only: titled(conditions.max(4).optional(), 'Only at records', '仅限记录'),
  /** Conditions without which the check cannot be run: `n >= 100`. */
  needs: titled(conditions.max(4).optional(), 'Needs', '前提'),
  /** Further values that a finding is about, as inputs. */
  touches: titled(z.array(z.string().max(160)).max(20).optional(), 'Is also about', '涉及的其他数据'),
  /** Only where the checks before it found nothing at the same record. */
  otherwise: titled(z.boolean().optional(), 'Only where those before found nothing', '仅当前面的检查无发现'),
};

const formulaCheck = titled(
  z.strictObject({
    ...common,
    inputs: titled(z.record(variable, input), 'Variables', '变量'),
    let: titled(z.record(variable, titled(formula, 'Formula', '公式')).optional(), 'In between', '中间量'),
    value: titled(formula, 'What is held to the limits', '比较的量'),
    bands: titled(z.array(band).min(1).max(4), 'Limits', '限值'),
    /** How the value and its limits are shown. */
    unit: titled(z.string().max(30).optional(), 'Unit', '单位'),
    decimals: titled(z.int().min(0).max(12).optional(), 'Decimals', '小数位数'),
    note,
  }),
  'By a formula',
  '按公式',
);
export type FormulaCheck = z.infer<typeof formulaCheck>;

const argumentText = z.string().max(160);
const argument = z.union([
  titled(argumentText, 'One value', '单个取值'),
  titled(z.array(argumentText).max(40), 'Several values', '多个取值'),
]);
const predicateCheck = titled(
  z.strictObject({
    ...common,
    predicate: titled(z.string().regex(/^[a-z][a-z-]{1,39}$/), 'Check', '检查名称'),
    with: titled(z.record(variable, argument), 'Held to', '检查参数'),
    severity: severity.optional(),
    note,
  }),
  'By a named check',
  '按检查名称',
);
export type PredicateCheck = z.infer<typeof predicateCheck>;

export type Check = FormulaCheck | PredicateCheck;

/** How parameters of a rule are learnt from the ledger: `intercept`, a `slope_x` for each x, and the `deviation` of what lies beside the line. */
const learn = z.strictObject({
  /** Variables of the first check: what is told, and by what. */
  y: titled(variable, 'What is told', '因变量'),
  x: titled(z.array(variable).min(1).max(2), 'By what', '自变量'),
  /** Units that are alike. */
  by: titled(z.array(traitName).max(5), 'Alike in', '分组'),
  /** As many records at least. */
  least: titled(z.int().min(10).max(100_000), 'Records at least', '最少记录数'),
  /** Groups that are kept, those with most records: a record has room for so many. */
  most: titled(z.int().min(1).max(400).optional(), 'Groups at most', '最多分组数'),
});
export type LearnSpec = z.infer<typeof learn>;

const screeningRule = z.strictObject({
  id: titled(z.string().regex(/^R-[A-Z][0-9]{2,3}$/, 'not a rule id (R-L01)'), 'Rule id', '规则编号'),
  class: ruleClass,
  severity,
  scope: ruleScope,
  text: titled(title, 'What it asks', '内容'),
  source: titled(z.string().min(1).max(300), 'Source', '依据'),
  parameters: titled(z.record(variable, z.array(parameterEntry).min(1).max(400)).optional(), 'Limits', '限值'),
  learn: titled(learn.optional(), 'Learnt from', '学习方式'),
  checks: titled(
    z
      .array(z.union([formulaCheck, predicateCheck]))
      .min(1)
      .max(8),
    'Checks',
    '检查',
  ),
});
export type ScreeningRule = z.infer<typeof screeningRule>;

const traitEntry = z.strictObject({
  value: titled(z.string().min(1).max(40), 'Value', '取值'),
  class: titled(words.optional(), 'Classes', '类别'),
  words: titled(words.optional(), 'Words', '用词'),
});
export type TraitEntry = z.infer<typeof traitEntry>;

/** Content of a `rule-set` record: every screening rule with its limits. Nothing of a rule is compiled in. */
export const ruleSetSchema = z.strictObject({
  id: titled(z.string().regex(/^[A-Z][A-Z0-9-]{2,59}$/), 'Id', '规则集编号'),
  title: titled(title, 'Title', '名称'),
  effectiveFrom: titled(z.iso.date(), 'In force from', '生效日期'),
  sources: titled(z.array(z.string().max(300)).max(40), 'Sources', '依据文件'),
  traits: titled(
    z.strictObject({
      kind: titled(z.array(traitEntry).max(40), 'Kinds of coal', '煤种'),
      fuel: titled(z.array(traitEntry).max(40), 'Fuels', '燃料'),
    }),
    'Traits',
    '特征词表',
  ),
  rules: titled(z.array(screeningRule).min(1).max(400), 'Rules', '规则'),
});
export type RuleSet = z.infer<typeof ruleSetSchema>;
