import stringWidth from 'string-width';
import { headingWords } from './heading-words';
import type { Language } from './language';
import { plainText } from './style';

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  readonly align?: 'left' | 'right';
  /** Applied after padding, so that escape codes do not count as width. */
  readonly paint?: (text: string, row: Row) => string;
}

/** Pads to a width in terminal cells: a Chinese character takes two. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'left' ? text + space : space + text;
}

function widthOf<Row>(column: Column<Row>, title: string, rows: readonly Row[]): number {
  return rows.reduce((most, row) => Math.max(most, stringWidth(plainText(column.value(row)))), stringWidth(title));
}

/** Lines of a table, columns two spaces apart, without trailing blanks; its headings in the language of the terminal. */
export function formatTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  language: Language = 'en',
): string {
  const titles = columns.map(({ title }) => (language === 'zh' ? (headingWords[title] ?? title) : title));
  const widths = columns.map((column, index) => widthOf(column, titles[index] ?? '', rows));
  const head = columns.map((column, index) => pad(titles[index] ?? '', widths[index] ?? 0, column.align));
  const body = rows.map((row) =>
    columns.map((column, index) => {
      const cell = pad(plainText(column.value(row)), widths[index] ?? 0, column.align);
      return column.paint?.(cell, row) ?? cell;
    }),
  );
  return [head, ...body].map((cells) => cells.join('  ').trimEnd()).join('\n');
}
