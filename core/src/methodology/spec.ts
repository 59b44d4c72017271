import { z } from 'zod';
import { titled } from '../validation';
import { formulaCaseSchema } from './formula-case';

/**
 * Where a formula's variable comes from. Several cited records, or a name ending in `.*`, give a list. In a figure that is a
 * family itself, `.@` at the end of a name stands for the member that is computed: `fuel.FC.@` is `fuel.FC.coke` in
 * `fuel.emission.coke`, and the parameter `CC.@` is `CC.coke`. With `label`, of the records cited in the role only the one
 * whose kind has the member for its label: for the member `15` the report `test-report.15`.
 */
export type Binding =
  | { readonly from: string; readonly figure: string; readonly label?: MemberMark | undefined }
  | { readonly parameter: string; readonly by?: ContentBinding | undefined }
  | ContentBinding;

/** Stands for the member of a family that is computed. */
export type MemberMark = '@';

/** A public field of the record itself (`from` absent) or of the record cited in a role. */
export interface ContentBinding {
  readonly content: string;
  readonly from?: string | undefined;
}

/** When a formula applies: a field or figure compared with a constant, or whether a role (or its member's record) is cited. */
export type Condition =
  | { readonly cited: string; readonly is: boolean; readonly label?: MemberMark | undefined }
  | { readonly of: Binding; readonly op: 'eq' | 'lt' | 'le' | 'gt' | 'ge'; readonly value: string }
  | { readonly of: Binding; readonly op: 'in'; readonly value: readonly string[] };

export interface FormulaCase {
  /** Unique in the methodology, with the clause it comes from in `basis`. */
  readonly id: string;
  readonly when?: readonly Condition[] | undefined;
  readonly expression: string;
  readonly inputs: Readonly<Record<string, Binding>>;
  readonly basis?: string | undefined;
}

export interface FigureSpec {
  /** Name, or a family `daily.fc_t.*`. */
  readonly name: string;
  readonly unit: string;
  /** Digits after the point, exactly. */
  readonly decimals: number;
  readonly visibility: 'public' | 'private';
  readonly required: boolean;
  /** May it stand without a formula when no case applies? */
  readonly stated: boolean;
  /**
   * Greatest difference from the recomputed value that is accepted, as a decimal; absent for none. Only for auxiliary items,
   * where the guideline leaves open whether they are computed from rounded means.
   */
  readonly tolerance?: string | undefined;
  /** The first case whose conditions hold gives the figure. */
  readonly cases: readonly FormulaCase[];
}

/** Words for people, in both languages. */
export interface Title {
  readonly en: string;
  readonly zh: string;
}

export const contentKinds = ['text', 'choice', 'decimal', 'boolean', 'day'] as const;
export type ContentKind = (typeof contentKinds)[number];

/** A public field of a sector's plan or evidence. */
export interface ContentField {
  readonly title: Title;
  readonly kind: ContentKind;
  /** Of a `decimal`. */
  readonly unit?: string | undefined;
  /** Values of a `choice` with their words. */
  readonly choices?: Readonly<Record<string, Title>> | undefined;
  readonly required: boolean;
}

/** What a record cites in one role: kind and level of the cited record (`annual-report@unit`), and how many. */
export interface CitedTable {
  readonly of: string;
  readonly min: number;
  readonly max: number;
}

/** What a sector's record carries besides its figures. */
export interface RecordProfile {
  readonly content: Readonly<Record<string, ContentField>>;
  readonly cites: Readonly<Record<string, CitedTable>>;
  /** Units of the figures of kinds that the methodology does not compute (`test-report@unit`). */
  readonly units: Readonly<Record<string, string>>;
}

/** How a balance value is solved over all verified data of the nation (see `solveBalanceValue`). */
export interface BalanceRule {
  /** Parameter that carries the solved value. */
  readonly parameter: string;
  readonly unit: string;
  readonly decimals: number;
  /** Records that count: kind and level, their figure of emissions and of intensity. */
  readonly of: string;
  readonly emission: string;
  readonly intensity: string;
  /** Share of the distance from the balance value that is passed on, and the most that it may come to. */
  readonly slope: string;
  readonly cap: string;
  /*
   * What is given its emissions is on both sides of the balance alike, whatever its intensity: it does not count. All three
   * are read from what is public before the value is solved.
   */
  /** Public figure of the report that is 0 where the line is given its emissions for its kind. */
  readonly counts?: string | undefined;
  /** tCO2 that were verified at least. */
  readonly least?: string | undefined;
  /** Months that the report is made of at least: fewer are those of a line that began or ended within the year. */
  readonly months?: number | undefined;
}

const short = z.string().max(40);
const visibilities = { public: { en: 'Public', zh: '公开' }, private: { en: 'Private', zh: '不公开' } };

export const figureSpecSchema = z.strictObject({
  name: titled(z.string().regex(/^[A-Za-z][A-Za-z0-9_.]{0,79}(?:\.\*)?$/), 'Name', '名称'),
  unit: titled(short, 'Unit', '单位'),
  decimals: titled(z.int().min(0).max(12), 'Decimals', '小数位数'),
  visibility: titled(z.enum(['public', 'private']).meta({ choices: visibilities }), 'Who sees it', '公开范围'),
  required: titled(z.boolean(), 'Required', '必填'),
  stated: titled(z.boolean(), 'May be stated', '可直接填报'),
  tolerance: titled(z.string().max(20).optional(), 'Tolerance', '允许偏差'),
  cases: titled(z.array(formulaCaseSchema).max(8), 'Formulas', '公式'),
});

/** Content of a `methodology` record: which figures each kind of record carries and how each is computed. */
export interface Methodology {
  readonly id: string;
  readonly title: { readonly en: string; readonly zh: string };
  readonly year: string;
  readonly sources: readonly string[];
  readonly figures: Readonly<Record<string, readonly FigureSpec[]>>;
  /** By kind and level, what the sector's plans and evidence say; absent in methodologies of coal power up to 2024. */
  readonly profile?: Readonly<Record<string, RecordProfile>> | undefined;
  /** Units in which the parameter table must state its values; a family `CC.*` for all names that begin so. */
  readonly parameterUnits?: Readonly<Record<string, string>> | undefined;
  readonly balance?: BalanceRule | undefined;
}

const title = z.strictObject({
  en: titled(z.string().max(200), 'In English', '英文'),
  zh: titled(z.string().max(200), 'In Chinese', '中文'),
});
const tableName = z
  .string()
  .regex(/^[a-z][a-z-]{1,39}(?:\.[A-Za-z0-9_-]{1,40})?@(?:unit|plant)$/, 'not KIND@unit or KIND@plant');
const fieldName = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,59}$/, 'not a field name');

const kindsOfContent = {
  text: { en: 'Text', zh: '文字' },
  choice: { en: 'Choice', zh: '选项' },
  decimal: { en: 'Number', zh: '数字' },
  boolean: { en: 'Yes or no', zh: '是或否' },
  day: { en: 'Day', zh: '日期' },
};

export const contentFieldSchema = z.strictObject({
  title: titled(title, 'Title', '名称'),
  kind: titled(z.enum(contentKinds).meta({ choices: kindsOfContent }), 'Kind', '类型'),
  unit: titled(short.optional(), 'Unit', '单位'),
  choices: titled(z.record(z.string().max(60), title).optional(), 'Choices', '选项'),
  required: titled(z.boolean(), 'Required', '必填'),
});
export const recordProfileSchema = z.strictObject({
  content: titled(z.record(fieldName, contentFieldSchema), 'Facts', '填报项'),
  cites: titled(
    z.record(
      short,
      z.strictObject({
        of: titled(tableName, 'Records', '所引记录'),
        min: titled(z.int().min(0).max(400), 'At least', '至少'),
        max: titled(z.int().min(1).max(400), 'At most', '至多'),
      }),
    ),
    'Citations',
    '引用',
  ),
  units: titled(z.record(z.string().max(80), short), 'Units of figures', '数据项单位'),
});
export const balanceRuleSchema = z.strictObject({
  parameter: titled(z.string().max(60), 'Parameter', '参数'),
  unit: titled(z.string().max(40), 'Unit', '单位'),
  decimals: titled(z.int().min(0).max(12), 'Decimals', '小数位数'),
  of: titled(tableName, 'Records', '所计记录'),
  emission: titled(z.string().max(80), 'Emission', '排放量数据项'),
  intensity: titled(z.string().max(80), 'Intensity', '排放强度数据项'),
  slope: titled(z.string().regex(/^0\.[0-9]{1,6}$/, 'not a share below 1'), 'Slope', '斜率'),
  cap: titled(z.string().regex(/^0\.[0-9]{1,6}$/, 'not a share below 1'), 'Cap', '上限'),
  counts: titled(z.string().max(80).optional(), 'Condition', '计入条件'),
  least: titled(
    z
      .string()
      .regex(/^[1-9][0-9]{0,9}$/, 'not a whole number of tonnes')
      .optional(),
    'Least emission, t',
    '最低排放量（吨）',
  ),
  months: titled(z.int().min(1).max(12).optional(), 'Months', '月数'),
});

export const methodologySchema: z.ZodType<Methodology> = z.strictObject({
  id: titled(z.string().max(60), 'Id', '方法学编号'),
  title: titled(title, 'Title', '名称'),
  year: titled(z.string().regex(/^[0-9]{4}$/), 'Report year', '报告年度'),
  sources: titled(z.array(z.string().max(300)).max(20), 'Sources', '依据文件'),
  /** Key: kind and level, `monthly-evidence@unit`. */
  figures: titled(
    z.record(z.string().max(120), z.array(figureSpecSchema).max(80)),
    'Figures and formulas',
    '数据项与公式',
  ),
  profile: titled(z.record(tableName, recordProfileSchema).optional(), 'Facts and citations', '填报内容与引用'),
  parameterUnits: titled(
    z.record(z.string().max(62), z.string().max(40)).optional(),
    'Units of parameters',
    '参数单位',
  ),
  balance: titled(balanceRuleSchema.optional(), 'Balance value', '平衡值'),
});

/** The set of verified data that a value was solved from: anybody who has the records finds the same root and value. */
const inputSetSchema = z.strictObject({
  root: titled(z.string().regex(/^[0-9a-f]{64}$/), 'Root', '默克尔根'),
  size: titled(z.int().min(1).max(1_000_000), 'Records', '记录数'),
});

/** Content of a `parameter` record: a table of values in force for one year. */
export const parameterTableSchema = z.strictObject({
  table: titled(z.string().max(60), 'Methodology', '适用方法学'),
  effectiveFrom: titled(z.iso.date(), 'In force from', '生效日期'),
  effectiveTo: titled(z.iso.date().nullable(), 'Last day', '失效日期'),
  values: titled(
    z.record(
      z.string().max(60),
      z.strictObject({
        value: titled(z.string().regex(/^-?(?:0|[1-9][0-9]{0,29})(?:\.[0-9]{1,20})?$/), 'Value', '数值'),
        unit: titled(short, 'Unit', '单位'),
        source: titled(z.string().max(200), 'Source', '依据'),
        inputs: titled(inputSetSchema.optional(), 'Solved from', '求解所用数据'),
      }),
    ),
    'Values',
    '参数值',
  ),
});
export type ParameterTable = z.infer<typeof parameterTableSchema>;
