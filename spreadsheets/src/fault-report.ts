import { catalogue, messageInChinese } from '@carbon-ledger/core';
import type { SheetFault } from './tables/fault';
import { writeLists } from './xlsx/list';

export type Language = 'zh' | 'en';

const headers: Readonly<Record<Language, readonly string[]>> = {
  zh: ['工作表', '单元格', '问题', '现有内容', '应为', '处理办法', '所在列', '代码'],
  en: ['Sheet', 'Cell', 'What is wrong', 'Found', 'Expected', 'What to do', 'Detail', 'Code'],
};

/** In the language of the reader; what no sentence is, a value or a code, is the same in both. */
function told(text: string, language: Language): string {
  return language === 'en' ? text : (messageInChinese(text) ?? text);
}

/** A fault as a line of a table, in the words of the error catalogue. */
export function faultLine({ code, sheet, cell, found, expected, message }: SheetFault, language: Language): string[] {
  const { en, zh, cure, cureZh } = catalogue[code];
  const [title, advice] = language === 'zh' ? [zh, cureZh] : [en, cure];
  return [
    sheet,
    cell,
    title,
    found,
    told(expected, language),
    advice,
    message === en ? '' : told(message, language),
    code,
  ];
}

export function faultHeaders(language: Language): readonly string[] {
  return headers[language];
}

/** Every fault of a file as a workbook to hand to whoever has to correct it. */
export function faultWorkbook(faults: readonly SheetFault[], language: Language): Uint8Array {
  const name = language === 'zh' ? '需更正的单元格' : 'Cells to correct';
  return writeLists([{ name, headers: headers[language], rows: faults.map((fault) => faultLine(fault, language)) }]);
}
