import { lifecycleState, markWords, recordTypes, type BuiltRecord, type Mark, type Trace } from '@carbon-ledger/core';
import type { ListSheet } from '@carbon-ledger/spreadsheets';
import type { Standing } from '../service/standing';

/** Lists as a person opens them in a spreadsheet program: headers in Chinese, one thing a row. */

/** A record with where it stands, and what is to be known of it beside that. */
export interface ListedRecord extends BuiltRecord, Standing {}

const marksText = (marks: readonly Mark[] = []): string => marks.map((mark) => markWords(mark).zh).join('\n');
const stateText = (kind: string, state: string): string => lifecycleState(kind, state)?.title.zh ?? state;

export function recordList(records: readonly ListedRecord[]): ListSheet {
  const rows = records.map(({ id, key, record, state, marks }) => {
    const { type, issuer, subject, version, documents, cites, kind } = record;
    const about = [recordTypes[type].title.zh, subject.uscc, subject.unit, subject.period, String(version)];
    const standing = [stateText(kind, state), marksText(marks)];
    return [...about, ...standing, String(documents.length), String(cites.length), issuer, key, id];
  });
  return {
    name: '记录',
    headers: [
      '记录类型',
      '统一社会信用代码',
      '机组',
      '时期',
      '版本',
      '状态',
      '标记',
      '文件数',
      '引用数',
      '签署方',
      '业务键',
      '记录编号',
    ],
    rows,
  };
}

/** Public figures, and private ones as far as they are open to who asks. */
export function figureList(records: readonly BuiltRecord[]): ListSheet {
  const rows = records.flatMap(({ key, record, figures }) => {
    const publicOnes = Object.entries(record.totals).map(([name, total]) => ({ name, source: undefined, ...total }));
    return [...publicOnes, ...figures].map(({ name, value, unit, formula = '', source }) => {
      const document = source === undefined ? undefined : record.documents[source.document]?.name;
      return [key, name, value, unit, formula, document ?? '', source?.place ?? ''];
    });
  });
  return { name: '数据项', headers: ['业务键', '数据项', '数值', '单位', '公式', '来源文件', '来源位置'], rows };
}

export function traceList(trace: Trace): ListSheet {
  const rows = trace.nodes.map(({ figure, value, unit, formula, recomputed, status, marks, documents }) => {
    const isBroken = trace.breaks.some((one) => one.figure === figure);
    const inputs = trace.edges.flatMap(({ from, to }) => (to === figure ? [from] : []));
    const places = documents.map(({ name, place }) => (place === undefined ? name : `${name} ${place}`));
    const facts = [value ?? '', unit ?? '', formula ?? '', recomputed ?? ''];
    return [
      figure,
      ...facts,
      isBroken ? '断裂' : '一致',
      status,
      marksText(marks),
      inputs.join('\n'),
      places.join('\n'),
    ];
  });
  return {
    name: '追溯',
    headers: ['数据项', '数值', '单位', '公式', '重新计算', '结果', '记录状态', '标记', '输入', '来源文件'],
    rows,
  };
}

const monthsOf = (year: string): string[] =>
  Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`);

const basisTexts: Readonly<Record<string, string>> = { default: '缺省值', measured: '实测' };

/** One month of a unit, as far as it is on the ledger. */
function monthRow(place: readonly string[], found: ListedRecord | undefined): string[] {
  if (found === undefined) return [...place, '缺', '', '', '', '', ''];
  const { id, record, marks, whyDoubted } = found;
  const { carbonBasis, due } = record.content;
  const told = [basisTexts[String(carbonBasis)] ?? '', typeof due === 'string' ? due : '', marksText(marks)];
  return [...place, whyDoubted.length === 0 ? '已存证' : '已存证，存疑', String(record.version), ...told, id];
}

/** Twelve months a unit of a year: which evidence is on the ledger, and which is not. */
export function completenessList(
  year: string,
  plans: readonly BuiltRecord[],
  evidence: readonly ListedRecord[],
): ListSheet {
  const byKey = new Map(evidence.map((one) => [one.key, one]));
  const units = plans.map(({ record }) => record.subject).filter(({ period }) => period === year);
  const rows = units.flatMap(({ uscc, unit }) =>
    monthsOf(year).map((month) =>
      monthRow([uscc, unit, month], byKey.get(`${uscc}/${unit}/${month}/monthly-evidence`)),
    ),
  );
  return {
    name: '完整性',
    headers: ['统一社会信用代码', '机组', '月份', '月度存证', '版本', '元素碳含量来源', '截止日期', '标记', '记录编号'],
    rows,
  };
}
