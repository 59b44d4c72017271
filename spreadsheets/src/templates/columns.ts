import { wordsOf, type ContentField, type FigureSpec, type FormField } from '@carbon-ledger/core';
import type { ColumnSpec } from '../tables/spec';
import type { Title } from '../values/choice';
import type { ValueRule } from '../values/value';

/** `应清缴配额总量（吨）` → words and unit. */
function splitUnit(title: Title): { readonly title: Title; readonly unit: string | undefined } {
  const zh = /^(.+)（([^（）]+)）$/.exec(title.zh);
  const en = /^(.+), (\S+)$/.exec(title.en);
  if (!zh) return { title, unit: undefined };
  return { title: { zh: zh[1] ?? title.zh, en: en?.[1] ?? title.en }, unit: zh[2] };
}

function ruleOf(field: FormField): ValueRule {
  switch (field.kind) {
    case 'day':
    case 'month':
    case 'uscc':
      return { kind: field.kind };
    case 'whole':
      return { kind: 'decimal', decimals: 0 };
    case 'decimal':
      return { kind: 'decimal', decimals: 2 };
    case 'choice':
      return { kind: 'choice', choices: field.choices ?? {} };
    case 'boolean':
    case 'declaration':
      return { kind: 'yes-no' };
    default:
      return { kind: 'code' };
  }
}

/** A column for a field of a record type, in the words of the type. */
export function fieldColumn(field: FormField, rule: ValueRule = ruleOf(field)): ColumnSpec {
  const { title, unit } = splitUnit(field.title);
  const hasUnit = rule.kind === 'decimal' && unit !== undefined;
  const required = !field.isOptional && !field.isNullable;
  return { id: field.name, title, rule, required, ...(hasUnit ? { unit } : {}) };
}

/** A column for a field that a methodology adds. */
export function factColumn(name: string, { title, kind, unit, required, choices = {} }: ContentField): ColumnSpec {
  const rules: Readonly<Record<ContentField['kind'], ValueRule>> = {
    text: { kind: 'code' },
    choice: { kind: 'choice', choices },
    decimal: { kind: 'decimal', decimals: 2 },
    boolean: { kind: 'yes-no' },
    day: { kind: 'day' },
  };
  return { id: name, title, rule: rules[kind], required, ...(unit === undefined ? {} : { unit }) };
}

/** What must be filled in: what no formula gives. */
function isAsked({ required, stated, cases }: FigureSpec): boolean {
  return required && stated && cases.length === 0;
}

/** A column for a figure, with the unit and decimals of its methodology. */
export function figureColumn(sector: string, figure: FigureSpec, required: boolean = isAsked(figure)): ColumnSpec {
  const { name, unit, decimals } = figure;
  return { id: name, title: wordsOf(sector, name), unit, rule: { kind: 'decimal', decimals }, required };
}

export const isFamily = ({ name }: FigureSpec): boolean => name.endsWith('.*');

/** Columns that every form of a plant has. */
export const unitColumn: ColumnSpec = {
  id: 'unit',
  title: { zh: '机组（产线）编号', en: 'Unit or line' },
  rule: { kind: 'code', pattern: /^[A-Za-z0-9_-]{1,40}$/ },
  required: true,
  synonyms: ['机组', '机组编号', '产线编号', 'unit'],
};

export const monthColumn: ColumnSpec = {
  id: 'month',
  title: { zh: '月份', en: 'Month' },
  rule: { kind: 'month' },
  required: true,
  synonyms: ['年月', '报告月份', '存证月份'],
};

export const dayColumn: ColumnSpec = {
  id: 'day',
  title: { zh: '日期', en: 'Day' },
  rule: { kind: 'day' },
  required: true,
};

export const yearColumn: ColumnSpec = {
  id: 'year',
  title: { zh: '年度', en: 'Year' },
  rule: { kind: 'year' },
  required: true,
  synonyms: ['报告年度', '履约年度'],
};

export const usccColumn: ColumnSpec = {
  id: 'uscc',
  title: { zh: '统一社会信用代码', en: 'Unified social credit code' },
  rule: { kind: 'uscc' },
  required: true,
  synonyms: ['社会信用代码', '信用代码', 'USCC'],
};

export const nameColumn: ColumnSpec = {
  id: 'name',
  title: { zh: '单位名称', en: 'Name' },
  rule: { kind: 'words' },
  required: false,
  synonyms: ['企业名称', '重点排放单位名称', '重点排放单位', '机构名称', '申请单位'],
};
