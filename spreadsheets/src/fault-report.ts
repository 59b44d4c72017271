import { catalogue } from '@carbon-ledger/core';
import type { SheetFault } from './tables/fault';
import { writeLists } from './xlsx/list';

export type Language = 'zh' | 'en';

const headers: Readonly<Record<Language, readonly string[]>> = {
  zh: ['工作表', '单元格', '问题', '现有内容', '应为', '处理办法', '所在列', '代码'],
  en: ['Sheet', 'Cell', 'What is wrong', 'Found', 'Expected', 'What to do', 'Detail', 'Code'],
};

/** What should stand there, as readings say it. */
const expectations: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/^whole number(?:, (.*))?$/, (unit = '') => `整数${unit && `，单位 ${unit}`}`],
  [/^number with (\d+) decimals(?:, (.*))?$/, (count = '', unit = '') => `${count} 位小数${unit && `，单位 ${unit}`}`],
  [/^a number without a unit$/, () => '不带单位的数字'],
  [/^(.*) in a cell formatted as a number$/, (text = '') => `${text}，单元格格式为数字`],
  [/^the whole number, in a cell formatted as text$/, () => '完整的号码，单元格格式为文本'],
  [/^the code as its source writes it$/, () => '与来源文件一致的编码'],
  [/^18 characters by GB 32100$/, () => '18 位统一社会信用代码（GB 32100）'],
  [/^a line of text of at most 300 characters, .*$/, () => '不超过 300 字的一行文字，且没有不可见字符'],
  [/^a day as (.*)$/, (example = '') => `日期，如 ${example}`],
  [/^a month as (.*)$/, (example = '') => `月份，如 ${example}`],
  [/^a year as (.*)$/, (example = '') => `年份，如 ${example}`],
  [/^a value$/, () => '一个值'],
  [/^one column (.*)$/, (header = '') => `仅有一列 ${header}`],
  [/^one row \(see (.*)\)$/, (cell = '') => `仅有一行（见 ${cell}）`],
  [/^at least one row$/, () => '至少一行'],
  [/^a row (.*)$/, (key = '') => `应有 ${key} 的一行`],
];

function expectedIn(expected: string, language: Language): string {
  if (language === 'en') return expected;
  for (const [pattern, zh] of expectations) {
    const [found, ...parts] = pattern.exec(expected) ?? [];
    if (found !== undefined) return zh(...parts);
  }
  return expected;
}

/** In Chinese, of what was said in English, the header that it is about: the words of the code say the rest. */
function detailIn(message: string, language: Language): string {
  return language === 'en' ? message : (/^(.*?\p{Script=Han}.*?): /u.exec(message)?.[1] ?? '');
}

/** A fault as a line of a table, in the words of the error catalogue. */
export function faultLine({ code, sheet, cell, found, expected, message }: SheetFault, language: Language): string[] {
  const { en, zh, cure, cureZh } = catalogue[code];
  const [title, advice] = language === 'zh' ? [zh, cureZh] : [en, cure];
  return [sheet, cell, title, found, expectedIn(expected, language), advice, detailIn(message, language), code];
}

export function faultHeaders(language: Language): readonly string[] {
  return headers[language];
}

/** Every fault of a file as a workbook to hand to whoever has to correct it. */
export function faultWorkbook(faults: readonly SheetFault[], language: Language): Uint8Array {
  const name = language === 'zh' ? '需更正的单元格' : 'Cells to correct';
  return writeLists([{ name, headers: headers[language], rows: faults.map((fault) => faultLine(fault, language)) }]);
}
