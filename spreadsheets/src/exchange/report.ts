import {
  findingKinds,
  severityOf,
  type EnterpriseAnswer,
  type FindingKind,
  type OtherSide,
  type ReconciliationChange,
  type ReconciliationFinding,
  type ReconciliationReport,
  type RowAnswer,
} from '@carbon-ledger/core';
import { writeLists, type ListSheet, type LongList } from '../xlsx/list';

const sourceWords = { cancellations: '自愿减排注册登记机构', bookings: '注册登记机构', applications: '省级主管部门' };
const severityWords = { none: '', info: '提示', warn: '提醒', critical: '严重', block: '暂停清缴' };

const kindWords = (kind: FindingKind): string => findingKinds[kind].title.zh;

function otherPlace({ file, sheet, row, cell, record }: OtherSide): string {
  if (record !== undefined) return record;
  if (file === undefined) return '';
  return `${file} ${sheet ?? ''} ${cell === undefined || cell === '' ? String(row ?? '') : cell}`.trim();
}

function findingLine(answer: RowAnswer, finding: ReconciliationFinding): string[] {
  const { source, file, sheet, row, uscc, year, project, qty, counterpart } = answer;
  const other = finding.other ?? counterpart;
  const { rule } = findingKinds[finding.kind];
  return [
    ...[sourceWords[source], file, sheet, String(row), uscc, year, project, qty],
    ...[kindWords(finding.kind), finding.kind, rule, severityWords[severityOf(finding)]],
    ...[finding.cell ?? '', finding.found ?? '', finding.expected ?? '', finding.tonnes ?? ''],
    ...[other === undefined ? '' : otherPlace(other), other?.value ?? '', (answer.unchecked ?? []).join(', ')],
  ];
}

/** Made as they are asked for: a day's report has a hundred thousand of them. */
function* findingLines(rows: readonly RowAnswer[]): Generator<string[]> {
  for (const answer of rows) for (const finding of answer.findings) yield findingLine(answer, finding);
}

function rowList(rows: readonly RowAnswer[]): LongList {
  return {
    name: '逐行结果',
    headers: [
      ...['来源', '文件', '工作表', '行', '统一社会信用代码', '年度', '项目编号', '数量（tCO2e）'],
      ...[
        '结果',
        '代码',
        '规则',
        '程度',
        '单元格',
        '现有内容',
        '应为',
        '涉及吨数',
        '对方位置',
        '对方内容',
        '未核对事项',
      ],
    ],
    rows: { [Symbol.iterator]: () => findingLines(rows) },
  };
}

const told = (kinds: Readonly<Partial<Record<FindingKind, number>>>): string =>
  Object.entries(kinds)
    .map(([kind, count]) => `${kindWords(kind as FindingKind)} ${String(count)}`)
    .join('；');

function enterpriseList(enterprises: readonly EnterpriseAnswer[]): ListSheet {
  return {
    name: '企业汇总',
    headers: [
      '统一社会信用代码',
      '单位名称',
      '年度',
      '应清缴量（t）',
      '抵销上限（t）',
      '申请量（t）',
      '注销量（t）',
      '登记量（t）',
      '结果',
    ],
    rows: enterprises.map(({ uscc, name, year, due, cap, applied, cancelled, booked, kinds }) => [
      ...[uscc, name, year, due ?? '未知', cap ?? '未知', applied, cancelled, booked, told(kinds)],
    ]),
  };
}

function summaryList(report: ReconciliationReport): ListSheet {
  const { year, asOf, rules, files, ledger, totals, digest } = report;
  const inputs = files.map(({ source, name, sha256, rows }) => [
    sourceWords[source],
    `${name}，${String(rows)} 行`,
    sha256,
  ]);
  const facts = ledger === null ? '未使用账本' : `${String(ledger.facts)} 条`;
  const rows = [
    ['履约年度', year, ''],
    ['对账日', asOf, ''],
    ['清缴截止日', rules.deadline, ''],
    ['抵销比例上限', rules.capRate, ''],
    [`登记期限（${rules.bookingCount === 'working' ? '工作日' : '日'}）`, String(rules.bookingDays), ''],
    ['日终时间（北京时间）', rules.closesAt, ''],
    ...inputs,
    ['账本', facts, ledger?.ledger ?? ledger?.sha256 ?? ''],
    ['申请量（t）', totals.applied, ''],
    ['注销量（t）', totals.cancelled, ''],
    ['登记量（t）', totals.booked, ''],
    ...Object.entries(totals.kinds).map(([kind, count]) => [kindWords(kind as FindingKind), String(count), kind]),
    ['报告摘要', digest, ''],
  ];
  return { name: '汇总', headers: ['项目', '内容', '备注'], rows };
}

function changeList(changes: readonly ReconciliationChange[]): ListSheet {
  const words = (kinds: readonly FindingKind[]): string => kinds.map(kindWords).join('；') || '无';
  return {
    name: '与上次相比',
    headers: ['对象', '上次', '本次'],
    rows: changes.map(({ identity, before, now }) => [identity, words(before), words(now)]),
  };
}

/** The report as a workbook: summary, a line a finding, enterprises, and what changed. The same report is the same bytes. */
export function reconciliationWorkbook(
  report: ReconciliationReport,
  changes: readonly ReconciliationChange[] | undefined,
): Uint8Array {
  const lists = [summaryList(report), rowList(report.rows), enterpriseList(report.enterprises)];
  return writeLists(changes === undefined ? lists : [...lists, changeList(changes)]);
}
