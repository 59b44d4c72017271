import { selfInspectionForms } from '@carbon-ledger/core';
import type { ColumnSpec, TableSpec } from '../tables/spec';
import type { Choices, Title } from '../values/choice';
import { nameColumn, usccColumn, yearColumn } from './columns';
import type { Filling, TemplateSpec } from './spec';

const words = (id: string, zh: string, en: string): ColumnSpec => ({
  id,
  title: { zh, en },
  rule: { kind: 'words' },
  required: false,
});

const choice = (id: string, title: Title, choices: Choices): ColumnSpec => ({
  id,
  title,
  rule: { kind: 'choice', choices },
  required: true,
});

const problemColumns: readonly ColumnSpec[] = [
  words('finding', '存在的问题', 'Problem'),
  words('measure', '整改措施', 'Measure'),
  words('evidence', '证明材料', 'Evidence'),
];

/** Each item once: what its problem is, and whether the party has put it right itself, stands in the same row. */
const itemTable = (items: Choices): TableSpec => ({
  id: 'items',
  title: { zh: '自查内容', en: 'What was examined' },
  columns: [
    choice('item', { zh: '自查项目', en: 'Item' }, items),
    choice('answer', { zh: '自查结果', en: 'Result' }, selfInspectionForms.answers),
    words('note', '说明', 'Note'),
    ...problemColumns,
    {
      id: 'corrected',
      title: { zh: '是否已自纠', en: 'Corrected already' },
      rule: { kind: 'yes-no' },
      required: false,
    },
  ],
  key: ['item'],
});

const everyItem = (items: Choices): Filling => ({ items: Object.keys(items).map((item) => ({ item })) });

/** Who declares, and that: a form without its commitment is filed by nobody. */
function declarationTable(committed: Title): TableSpec {
  return {
    id: 'declaration',
    title: { zh: '基本信息与承诺', en: 'Who declares' },
    columns: [
      { ...nameColumn, required: true },
      usccColumn,
      yearColumn,
      choice('committed', committed, { true: { zh: '是', en: 'yes' } }),
      words('remark', '其他说明', 'Remarks'),
    ],
    key: ['uscc', 'year'],
  };
}

/** 发电行业重点排放单位碳排放数据质量自查表: annex 1. */
export function enterpriseInspectionForm(): TemplateSpec {
  return {
    kind: 'self-inspection-enterprise',
    version: 2,
    title: { zh: '重点排放单位碳排放数据质量自查表', en: 'Self-inspection of an emitting enterprise' },
    remark: {
      zh: '按年度填写；每个自查项目一行，缺一不可。发现问题的，写明问题、整改措施和证明材料；未填“是否已自纠”的，视为未自纠。',
      en: 'For one year; one row for each item, and none left out. Where there is a problem, say which, what is done, and what proves it; what does not say that it is corrected is not.',
    },
    tables: [
      declarationTable({
        zh: '承诺碳排放数据及资料真实、准确、完整',
        en: 'Declares data and documents to be true, accurate, complete',
      }),
      itemTable(selfInspectionForms.items.enterprise),
      {
        id: 'services',
        title: { zh: '咨询与检测服务', en: 'Services used' },
        columns: [
          { ...nameColumn, id: 'provider', title: { zh: '服务机构名称', en: 'Provider' } },
          usccColumn,
          choice('purpose', { zh: '服务内容', en: 'Purpose' }, selfInspectionForms.purposes),
          words('contract', '合同编号', 'Contract'),
        ],
        optional: true,
      },
    ],
    given: everyItem(selfInspectionForms.items.enterprise),
    files: 'self-inspection',
  };
}

/** 核查技术服务机构碳排放数据质量自查表: annex 2. */
export function verifierInspectionForm(): TemplateSpec {
  return {
    kind: 'self-inspection-verifier',
    version: 2,
    title: { zh: '核查技术服务机构碳排放数据质量自查表', en: 'Self-inspection of a verifier' },
    remark: {
      zh: '按年度填写；每个自查项目一行，缺一不可；并逐家填写所核查企业。未填“是否已自纠”的，视为未自纠。',
      en: 'For one year; one row for each item, and none left out; and one for each enterprise verified. What does not say that it is corrected is not.',
    },
    tables: [
      declarationTable({
        zh: '承诺核查报告数据及资料真实、准确、完整',
        en: 'Declares data and documents of its reports to be true, accurate, complete',
      }),
      itemTable(selfInspectionForms.items.verifier),
      {
        id: 'enterprises',
        title: { zh: '核查企业', en: 'Enterprises verified' },
        columns: [
          { ...nameColumn, required: true },
          usccColumn,
          words('report', '核查报告编号', 'Verification report'),
          choice('verdict', { zh: '自查结果', en: 'Result' }, selfInspectionForms.answers),
          ...problemColumns,
        ],
        optional: true,
      },
    ],
    given: everyItem(selfInspectionForms.items.verifier),
    files: 'self-inspection',
  };
}
