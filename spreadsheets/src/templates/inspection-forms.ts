import type { ColumnSpec, TableSpec } from '../tables/spec';
import type { Title } from '../values/choice';
import type { ValueRule } from '../values/value';
import { nameColumn, usccColumn, yearColumn } from './columns';
import type { TemplateSpec } from './spec';

const words = (id: string, zh: string, en: string, required = false): ColumnSpec => ({
  id,
  title: { zh, en },
  rule: { kind: 'words' },
  required,
});

const choice = (id: string, title: Title, choices: Readonly<Record<string, Title>>): ColumnSpec => ({
  id,
  title,
  rule: { kind: 'choice', choices } satisfies ValueRule,
  required: true,
});

const verdicts = {
  conforms: { zh: '符合', en: 'Conforms' },
  problem: { zh: '存在问题', en: 'Problem found' },
  'not-applicable': { zh: '不适用', en: 'Not applicable' },
};

const commitment = (text: Title): ColumnSpec => ({
  id: 'committed',
  title: text,
  rule: { kind: 'yes-no' },
  required: true,
});

/** Steps in which measured parameters can go wrong: 采样、制样、送样、化验检测、核算 (notice of 2021-11-04, II (1)). */
const steps = {
  sampling: { zh: '采样', en: 'Sampling' },
  preparation: { zh: '制样', en: 'Preparation' },
  delivery: { zh: '送样', en: 'Delivery' },
  testing: { zh: '化验检测', en: 'Testing' },
  metering: { zh: '计量', en: 'Metering' },
  accounting: { zh: '核算', en: 'Accounting' },
  records: { zh: '台账与原始记录', en: 'Ledgers and raw records' },
};

/** Parameters that the notice names. */
const parameters = {
  fuel: { zh: '燃料消耗量', en: 'Fuel consumption' },
  ncv: { zh: '燃煤热值', en: 'Calorific value' },
  carbon: { zh: '元素碳含量', en: 'Carbon content' },
  oxidation: { zh: '碳氧化率', en: 'Oxidation factor' },
  supply: { zh: '供电量', en: 'Power supplied' },
  heat: { zh: '供热量', en: 'Heat supplied' },
  ratio: { zh: '供热比', en: 'Heat ratio' },
  report: { zh: '碳排放报告', en: 'Emission report' },
};

const problemColumns: readonly ColumnSpec[] = [
  words('finding', '存在的问题', 'Problem'),
  words('measure', '整改措施', 'Measure'),
  words('evidence', '证明材料', 'Evidence'),
];

const itemTable = (columns: readonly ColumnSpec[]): TableSpec => ({
  id: 'items',
  title: { zh: '自查内容', en: 'What was examined' },
  columns: [...columns, choice('verdict', { zh: '自查结果', en: 'Result' }, verdicts), ...problemColumns],
});

function declarationTable(committed: Title): TableSpec {
  return {
    id: 'declaration',
    title: { zh: '基本信息与承诺', en: 'Who declares' },
    columns: [
      { ...nameColumn, required: true },
      usccColumn,
      yearColumn,
      commitment(committed),
      words('remark', '其他说明', 'Remarks'),
    ],
    key: ['uscc', 'year'],
  };
}

/** 发电行业重点排放单位碳排放数据质量自查表: annex 1. */
export function enterpriseInspectionForm(): TemplateSpec {
  return {
    kind: 'self-inspection-enterprise',
    version: 1,
    title: { zh: '重点排放单位碳排放数据质量自查表', en: 'Self-inspection of an emitting enterprise' },
    remark: {
      zh: '按年度填写；每个参数、每个环节一行。发现问题的，写明问题、整改措施和证明材料。',
      en: 'For one year; one row for each parameter and step. Where there is a problem, say which, what is done, and what proves it.',
    },
    tables: [
      declarationTable({
        zh: '承诺碳排放数据及资料真实、准确、完整',
        en: 'Declares data and documents to be true, accurate, complete',
      }),
      itemTable([
        choice('parameter', { zh: '参数', en: 'Parameter' }, parameters),
        choice('step', { zh: '环节', en: 'Step' }, steps),
      ]),
      {
        id: 'services',
        title: { zh: '咨询与检测服务', en: 'Services used' },
        columns: [
          { ...nameColumn, id: 'provider', title: { zh: '服务机构名称', en: 'Provider' }, required: true },
          usccColumn,
          choice(
            'kind',
            { zh: '服务类别', en: 'Kind of service' },
            {
              testing: { zh: '检测', en: 'Testing' },
              consulting: { zh: '咨询', en: 'Consulting' },
              verification: { zh: '核查', en: 'Verification' },
            },
          ),
          words('contract', '合同编号', 'Contract'),
          ...problemColumns,
        ],
        optional: true,
      },
    ],
  };
}

/** 核查技术服务机构碳排放数据质量自查表: annex 2. */
export function verifierInspectionForm(): TemplateSpec {
  return {
    kind: 'self-inspection-verifier',
    version: 1,
    title: { zh: '核查技术服务机构碳排放数据质量自查表', en: 'Self-inspection of a verifier' },
    remark: {
      zh: '按年度填写内部管理、公正性、及时性、工作质量；并逐家填写所核查企业。',
      en: 'For one year: management, impartiality, timeliness, quality; and one row for each enterprise verified.',
    },
    tables: [
      declarationTable({
        zh: '承诺核查报告数据及资料真实、准确、完整',
        en: 'Declares data and documents of its reports to be true, accurate, complete',
      }),
      itemTable([
        choice(
          'subject',
          { zh: '自查方面', en: 'Subject' },
          {
            management: { zh: '内部管理', en: 'Management' },
            impartiality: { zh: '公正性管理措施', en: 'Impartiality' },
            timeliness: { zh: '工作及时性', en: 'Timeliness' },
            quality: { zh: '工作质量', en: 'Quality' },
            reports: { zh: '检测报告真实性核实', en: 'Truth of test reports' },
            qualifications: { zh: '检测机构资质核实', en: 'Qualification of laboratories' },
          },
        ),
      ]),
      {
        id: 'enterprises',
        title: { zh: '核查企业', en: 'Enterprises verified' },
        columns: [
          { ...nameColumn, required: true },
          usccColumn,
          words('report', '核查报告编号', 'Verification report'),
          choice('verdict', { zh: '自查结果', en: 'Result' }, verdicts),
          ...problemColumns,
        ],
        optional: true,
      },
    ],
  };
}
