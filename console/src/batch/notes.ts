import type { SheetNote } from '@carbon-ledger/spreadsheets';
import type { Words } from '../language/language';

const kinds: Readonly<Record<SheetNote['note'], Words>> = {
  'hidden-row': { zh: '隐藏行，已读取', en: 'hidden row, read' },
  'hidden-column': { zh: '隐藏列，已读取', en: 'hidden column, read' },
  'hidden-sheet': { zh: '隐藏工作表，已读取', en: 'hidden sheet, read' },
  'unread-sheet': { zh: '工作表没有所需各列，未读取', en: 'sheet without these columns, not read' },
  'like-sheet': { zh: '各列相同的另一张工作表，未读取', en: 'another sheet with the same columns, not read' },
  'total-row': { zh: '合计行，未读取', en: 'row of totals, not read' },
  'unknown-column': { zh: '表格没有的列，未读取', en: 'column that the form does not have, not read' },
};

/** What people should know of a reading although nothing is wrong: `月度汇总 第 5 行：隐藏行，已读取`. */
export function noteWords({ sheet, row, note, text }: SheetNote): Words {
  const about = text === '' || text === String(row) ? '' : ` ${text}`;
  const { zh, en } = kinds[note];
  const place = row === 0 ? { zh: '', en: '' } : { zh: ` 第 ${String(row)} 行`, en: ` row ${String(row)}` };
  return { zh: `${sheet}${place.zh}${about}：${zh}`, en: `${sheet}${place.en}${about}: ${en}` };
}
