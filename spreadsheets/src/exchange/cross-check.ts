import { LedgerError, type CrossCheckProfile, type CrossCheckReport, type OutsideRow } from '@carbon-ledger/core';
import type { Sheet, Workbook } from '../model';
import { assertNoSheetFaults, type SheetNote } from '../tables/fault';
import { locate } from '../tables/locate';
import { readTable, type ReadRow } from '../tables/read';
import type { ColumnSpec, TableSpec } from '../tables/spec';
import { writeLists, type ListSheet } from '../xlsx/list';

/** Digits after the point that an outside reading may have; what it is compared with has fewer. */
const DECIMALS = 10;

function column(id: string, header: string, rule: ColumnSpec['rule'], required: boolean): ColumnSpec {
  return { id, title: { zh: header, en: header }, rule, required };
}

/** The columns of a source as its profile names them. */
function tableOf({ columns, period, readings }: CrossCheckProfile): TableSpec {
  const { uscc, unit, period: when } = columns;
  return {
    id: 'readings',
    title: { zh: '外部数据', en: 'Readings' },
    columns: [
      ...(uscc === undefined ? [] : [column('uscc', uscc, { kind: 'uscc' }, true)]),
      ...(unit === undefined ? [] : [column('unit', unit, { kind: 'words' }, true)]),
      column('period', when, { kind: period }, true),
      ...Object.entries(readings).map(([id, reading]) =>
        column(id, reading.column, { kind: 'decimal', decimals: DECIMALS }, false),
      ),
    ],
  };
}

function headersOf({ columns, readings }: CrossCheckProfile): Record<string, string> {
  return { ...columns, ...Object.fromEntries(Object.entries(readings).map(([id, reading]) => [id, reading.column])) };
}

function outsideRow(
  file: string,
  sheet: string,
  { number, values, cells, faults }: ReadRow,
  ids: readonly string[],
): OutsideRow {
  const told = faults.map(({ code, cell, found, expected }) => ({
    ...{ code, cell, found, expected },
    column: ids.find((id) => cells[id] === cell) ?? ids.find((id) => values[id] === undefined) ?? '',
  }));
  return { file, sheet, row: number, values, cells, faults: told };
}

/** The sheet on which most of the columns stand. */
function sheetOf(workbook: Workbook, table: TableSpec, profile: Readonly<Record<string, string>>): Sheet | undefined {
  const found = (sheet: Sheet): number => locate(sheet, table, { profile }).columns.size;
  return workbook.sheets
    .filter(({ hidden }) => !hidden)
    .map((sheet) => [found(sheet), sheet] as const)
    .sort(([one], [other]) => other - one)[0]?.[1];
}

/**
 * Rows of a file of outside readings under a profile. A row with cells that cannot be taken comes with its faults; a file without the
 * columns is refused.
 * @throws LedgerError SHEET_FAULTS, SHEET_UNREADABLE, COLUMN_MISSING where it has none of the readings
 */
export function readOutside(
  workbook: Workbook,
  profile: CrossCheckProfile,
  file: string,
): { readonly rows: readonly OutsideRow[]; readonly notes: readonly SheetNote[] } {
  const table = tableOf(profile);
  const headers = headersOf(profile);
  const sheet = sheetOf(workbook, table, headers);
  if (!sheet) throw new LedgerError('SHEET_UNREADABLE', `${file} has no sheet`);
  const { columns } = locate(sheet, table, { profile: headers });
  const { rows, faults, notes } = readTable(sheet, table, { from1904: workbook.from1904, profile: headers });
  const ofRows = new Set(rows.flatMap((row) => row.faults));
  assertNoSheetFaults(
    faults.filter((fault) => !ofRows.has(fault)),
    file,
  );
  const named = Object.values(profile.readings).map((reading) => reading.column);
  if (!Object.keys(profile.readings).some((id) => columns.has(id)))
    throw new LedgerError('COLUMN_MISSING', `${file}: none of its columns is ${named.join(', ')}`);
  const ids = table.columns.map(({ id }) => id);
  return { rows: rows.map((row) => outsideRow(file, sheet.name, row, ids)), notes };
}

const kindWords: Readonly<Record<CrossCheckReport['answers'][number]['kind'], string>> = {
  MATCHED: '一致',
  IN_DOUBT: '一致但记录存疑',
  DIFFERS: '不一致',
  NOT_ANCHORED: '未存证',
  NO_LONGER_STANDS: '存证已失效',
  NOT_OPEN: '无权查看',
  NOT_IN_FILE: '文件中缺失',
  TWICE: '重复',
  OTHER_YEAR: '其他年度',
  UNREADABLE: '无法识别',
};

function placesOf({ places }: CrossCheckReport['answers'][number]): string {
  return places.map(({ file, sheet, row, cell }) => `${file} ${sheet} ${cell === '' ? String(row) : cell}`).join('；');
}

type Doubts = NonNullable<CrossCheckReport['answers'][number]['doubts']>;

const doubtWords: Readonly<Record<Doubts[number]['why'], string>> = {
  questioned: '主管部门对记录提出疑问',
  'under-finding': '检查发现的问题尚未销号',
  'key-compromised': '签名密钥曾为他人掌握',
  'input-withdrawn': '所依据的记录已失效',
  'input-doubted': '所依据的记录存疑',
};

function doubtsTold(doubts: Doubts): string {
  return doubts.map(({ why, by }) => (by === undefined ? doubtWords[why] : `${doubtWords[why]}：${by}`)).join('；');
}

function answerLine(answer: CrossCheckReport['answers'][number]): string[] {
  const { kind, reading, figure, outside, anchored, difference, share, fault, record, doubts = [] } = answer;
  return [
    ...[kindWords[kind], kind, reading, figure, placesOf(answer), outside, anchored, difference, share],
    ...[fault?.found, fault?.expected, record, doubtsTold(doubts)],
  ].map((text) => text ?? '');
}

function answerList({ answers }: CrossCheckReport): ListSheet {
  return {
    name: '逐项结果',
    headers: [
      ...['结果', '代码', '数据项', '存证数据项地址', '文件位置', '外部数据', '存证数据', '差额', '差额占比'],
      ...['单元格内容', '应为', '存证记录', '存疑原因'],
    ],
    rows: answers.map(answerLine),
  };
}

function summaryList({ source, year, profile, file, ledger, totals, digest }: CrossCheckReport): ListSheet {
  const tolerances = Object.entries(profile.readings).map(([id, { record, figure, field, factor, tolerance }]) => [
    `允许偏差 ${id}`,
    [
      tolerance.absolute === undefined ? '' : `± ${tolerance.absolute}`,
      tolerance.share === undefined ? '' : `± ${tolerance.share} × 存证数据`,
    ].join(' '),
    `${record}#${figure ?? field ?? ''} = ${factor} × ${profile.readings[id]?.column ?? ''}`,
  ]);
  const kinds = Object.entries(totals.kinds).map(([kind, count]) => [
    kindWords[kind as keyof typeof kindWords],
    String(count),
    kind,
  ]);
  return {
    name: '汇总',
    headers: ['项目', '内容', '备注'],
    rows: [
      ['数据来源', source, ''],
      ['年度', year, ''],
      ['文件', `${file.name}，${String(file.rows)} 行`, file.sha256],
      ['账本', ledger.ledger, ledger.size],
      ...tolerances,
      ...kinds,
      ['报告摘要', digest, ''],
    ],
  };
}

/** The report as a workbook: summary and a line an answer. The same report is the same bytes. */
export function crossCheckWorkbook(report: CrossCheckReport): Uint8Array {
  return writeLists([summaryList(report), answerList(report)]);
}
