import { formFields, recordTypes, type FigureSpec, type RecordType } from '@carbon-ledger/core';
import type { ColumnSpec, TableSpec } from '../tables/spec';
import {
  dayColumn,
  factColumn,
  fieldColumn,
  figureColumn,
  isFamily,
  monthColumn,
  unitColumn,
  usccColumn,
  yearColumn,
} from './columns';
import type { FormRules, TemplateSpec } from './spec';

/** Fields that follow from the others: the reader of the form fills them in. */
const derived: Readonly<Partial<Record<RecordType, readonly string[]>>> = {
  'monthly-evidence': ['due', 'dailyRecords'],
  'test-report': ['sampleMonth'],
};

/** Fields that may be left out and stand behind the figures: columns keep the places that people know. */
const behind: Readonly<Partial<Record<RecordType, readonly string[]>>> = {
  'monthly-evidence': ['coalMine', 'scaleCalibrated', 'changeReason'],
  'annual-report': ['changeReason'],
  'test-report': ['weight_g', 'samplerRole', 'preparerRole', 'testerRole', 'reviewerRole'],
};

function columnsBehind(type: RecordType): ColumnSpec[] {
  return formFields(type)
    .filter(({ name }) => behind[type]?.includes(name))
    .map((field) => fieldColumn(field));
}

/** Fields of a record type, and those that the sector's methodology adds. */
function contentColumns(type: RecordType, level: 'unit' | 'plant', { methodology }: FormRules): ColumnSpec[] {
  const isElsewhere = (name: string): boolean => [derived, behind].some((names) => names[type]?.includes(name));
  const own = formFields(type).filter(({ name }) => !isElsewhere(name));
  const added = Object.entries(methodology.profile?.[`${type}@${level}`]?.content ?? {})
    .filter(([name]) => !formFields(type).some((field) => field.name === name))
    .map(([name, field]) => factColumn(name, field));
  return [...own.map((field) => fieldColumn(field)), ...added];
}

function figuresOf(table: string, { methodology }: FormRules): readonly FigureSpec[] {
  return methodology.figures[table] ?? [];
}

function figureColumns(table: string, rules: FormRules): ColumnSpec[] {
  return figuresOf(table, rules)
    .filter((figure) => !isFamily(figure))
    .map((figure) => figureColumn(rules.sector, figure));
}

/** Families of daily figures (`daily.fc_t.*`): one column each on the daily sheet. */
function dailyTable(rules: FormRules): TableSpec[] {
  const families = figuresOf('monthly-evidence@unit', rules).filter(
    (figure) => isFamily(figure) && figure.name.startsWith('daily.'),
  );
  if (families.length === 0) return [];
  const columns = families.map((figure) => figureColumn(rules.sector, figure, true));
  return [
    {
      id: 'daily',
      title: { zh: '逐日数据', en: 'Daily records' },
      columns: [unitColumn, dayColumn, ...columns],
      key: ['unit', 'day'],
      optional: true,
    },
  ];
}

export function monthlyEvidenceForm(rules: FormRules): TemplateSpec {
  const columns = [
    ...contentColumns('monthly-evidence', 'unit', rules),
    ...familyColumns(rules),
    ...figureColumns('monthly-evidence@unit', rules),
    ...columnsBehind('monthly-evidence'),
  ];
  return {
    kind: 'monthly-evidence',
    version: 1,
    title: {
      zh: `月度信息化存证 ${rules.methodology.title.zh}`,
      en: `Monthly evidence, ${rules.methodology.title.en}`,
    },
    remark: {
      zh: '每台机组（产线）每月一行。带 * 的列必填；公式可以算出的列可不填，填写时须与计算结果一致。有逐日数据的，填写“逐日数据”表。',
      en: 'One row a unit and month. Columns with * must be filled in; what a formula gives may be left out. Daily records go to their own sheet.',
    },
    tables: [
      {
        id: 'months',
        title: { zh: '月度汇总', en: 'Months' },
        columns: [unitColumn, monthColumn, ...columns],
        key: ['unit', 'month'],
      },
      ...dailyTable(rules),
    ],
    files: 'monthly-evidence',
  };
}

/** Other families than the daily ones, which the filer states: `solid.FC.*`, `solid.NCV.*`. */
function statedFamilies(rules: FormRules): readonly FigureSpec[] {
  return figuresOf('monthly-evidence@unit', rules).filter(
    (figure) => isFamily(figure) && !figure.name.startsWith('daily.') && figure.stated,
  );
}

/** Members of other families (`fuel.FC.coke`) are columns of their own. */
function familyColumns(rules: FormRules): ColumnSpec[] {
  return statedFamilies(rules).flatMap((figure) =>
    membersOf(figure.name.split('.')[0] ?? '', rules).map((member) =>
      figureColumn(rules.sector, { ...figure, name: figure.name.slice(0, -1) + member }, false),
    ),
  );
}

/** What a group of families is about is named by the parameters that its formulas take for each member; the narrowest say it. */
function membersOf(group: string, rules: FormRules): readonly string[] {
  const names = Object.keys(rules.methodology.parameterUnits ?? {});
  const sets = figuresOf('monthly-evidence@unit', rules)
    .filter(({ name }) => name.startsWith(`${group}.`))
    .flatMap(({ cases }) => cases.flatMap(({ inputs }) => Object.values(inputs)))
    .flatMap((input) => ('parameter' in input && input.parameter.endsWith('.@') ? [input.parameter.slice(0, -1)] : []))
    .map((prefix) => names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)))
    .filter((members) => members.length > 0);
  return sets.sort((one, other) => one.length - other.length)[0] ?? [];
}

export function stockForm(rules: FormRules): TemplateSpec {
  return {
    kind: 'stock',
    version: 1,
    title: { zh: '月度燃料收支平衡（全厂）', en: 'Monthly balance of the plant' },
    remark: { zh: '全厂每月一行。', en: 'One row a month, for the whole plant.' },
    tables: [
      {
        id: 'months',
        title: { zh: '月度收支', en: 'Months' },
        columns: [
          monthColumn,
          ...contentColumns('monthly-evidence', 'plant', rules),
          ...figureColumns('monthly-evidence@plant', rules),
        ],
        key: ['month'],
      },
    ],
    files: 'monthly-evidence',
  };
}

export function labResultsForm(rules: FormRules): TemplateSpec {
  const { figures } = recordTypes['test-report'];
  const sample = { type: 'test-report', subject: { uscc: '', unit: 'U1', period: '2024-01' } };
  const specs = figures?.(sample as Parameters<typeof figures>[0]) ?? [];
  return {
    kind: 'lab-results',
    version: 1,
    title: { zh: '检测结果', en: 'Results of tests' },
    remark: {
      zh: '每份检测报告一行。报告编号、资质证书编号按报告原文填写，单元格保持文本格式。',
      en: 'One row a test report. Write numbers of reports and certificates as the report does, in cells formatted as text.',
    },
    tables: [
      {
        id: 'reports',
        title: { zh: '检测报告', en: 'Test reports' },
        columns: [
          { ...usccColumn, title: { zh: '委托单位统一社会信用代码', en: 'Client' } },
          unitColumn,
          monthColumn,
          ...contentColumns('test-report', 'unit', rules),
          ...specs.map((figure) => figureColumn(rules.sector, figure)),
          ...columnsBehind('test-report'),
        ],
        // A day's sample and a batch's have a report each; a composite's is the month's only one.
        key: ['uscc', 'unit', 'month', 'sampleDay', 'batchNo'],
      },
    ],
    files: 'test-report',
  };
}

export function annualReportForm(rules: FormRules): TemplateSpec {
  const table = (level: 'unit' | 'plant'): ColumnSpec[] => [
    yearColumn,
    ...contentColumns('annual-report', level, rules),
    ...figureColumns(`annual-report@${level}`, rules),
    ...columnsBehind('annual-report'),
  ];
  return {
    kind: 'annual-report',
    version: 1,
    title: { zh: `年度排放报告 ${rules.methodology.title.zh}`, en: `Annual report, ${rules.methodology.title.en}` },
    remark: {
      zh: '每台机组（产线）一行；全厂另表一行。各数值由月度存证计算，填写时须与计算结果一致。',
      en: 'One row a unit, and one for the plant. Figures follow from the months; what is filled in must agree.',
    },
    tables: [
      {
        id: 'units',
        title: { zh: '机组（产线）', en: 'Units' },
        columns: [unitColumn, ...table('unit')],
        key: ['unit', 'year'],
      },
      { id: 'plant', title: { zh: '全厂', en: 'Plant' }, columns: table('plant'), key: ['year'], optional: true },
    ],
    files: 'annual-report',
  };
}
