import { columnWidths } from './columns';
import type { Block, Cell, Column, Tone } from './paper';
import { colours, type Sheet, type Style } from './sheet';

type TableBlock = Extract<Block, { kind: 'table' }>;
type FactsBlock = Extract<Block, { kind: 'facts' }>;

const SIZE = 8.5;
const PADDING = 3;
const GAP = -0.5;
const FACT_NAME_SHARE = 0.27;
/** Cells beyond it are cut, and say so: the whole of them stands in the attachments. */
const MOST_CHARACTERS = 600;

interface LaidColumn extends Column {
  readonly x: number;
  readonly points: number;
}

interface LaidCell {
  readonly column: LaidColumn;
  readonly lines: readonly string[];
  readonly style: Style;
}

interface LaidTable {
  readonly titles: readonly LaidCell[];
  readonly rows: readonly (readonly LaidCell[])[];
}

/** As tables stand on the pages of a sheet; laid once, whoever asks how much of one belongs together. */
const laidOn = new WeakMap<Sheet, Map<TableBlock | FactsBlock, LaidTable>>();

function laid(sheet: Sheet, block: TableBlock | FactsBlock): LaidTable {
  const tables = laidOn.get(sheet) ?? new Map<TableBlock | FactsBlock, LaidTable>();
  const table = tables.get(block) ?? (block.kind === 'table' ? layTable(sheet, block) : layFacts(sheet, block));
  laidOn.set(sheet, tables.set(block, table));
  return table;
}

/** What may not be parted: the titles with the first row, or with its first lines where it is one to be parted. */
export function headOfTable(sheet: Sheet, block: TableBlock | FactsBlock): number {
  const { titles, rows } = laid(sheet, block);
  const first = rowHeight(sheet, rows[0] ?? []);
  return (
    rowHeight(sheet, titles) + (first > mostWhole(sheet) ? rowHeight(sheet, linesFrom(rows[0] ?? [], 0, 3)) : first)
  );
}

/** Rows up to so high are never parted. */
function mostWhole({ pageHeight }: Sheet): number {
  return pageHeight / 2;
}

export function drawTable(sheet: Sheet, block: TableBlock | FactsBlock): void {
  const { titles, rows } = laid(sheet, block);
  const table = sheet.struct(sheet.root, 'Table');
  // Titles alone at the foot of a page are no table.
  sheet.ensure(headOfTable(sheet, block));
  drawRow(sheet, table, 'TH', titles);
  for (const row of rows) drawWhole(sheet, table, titles, row);
  sheet.space(8);
}

/** A row on one page; a high one that does not fit goes on over as many pages as it takes, line by line. */
function drawWhole(
  sheet: Sheet,
  table: PDFKit.PDFStructureElement,
  titles: readonly LaidCell[],
  row: readonly LaidCell[],
): void {
  let rest = row;
  for (;;) {
    const height = rowHeight(sheet, rest);
    const left = sheet.bottom - sheet.y;
    if (height <= left || height <= mostWhole(sheet)) break;
    const count = Math.max(0, Math.floor((left - 2 * PADDING) / sheet.lineHeight(rest[0]?.style)));
    if (count > 0) drawRow(sheet, table, 'TD', linesFrom(rest, 0, count));
    rest = linesFrom(rest, count);
    sheet.ensure(sheet.pageHeight);
    drawRow(sheet, table, 'TH', titles);
  }
  if (sheet.ensure(rowHeight(sheet, rest))) drawRow(sheet, table, 'TH', titles);
  drawRow(sheet, table, 'TD', rest);
}

function linesFrom(row: readonly LaidCell[], from: number, to?: number): LaidCell[] {
  return row.map((cell) => ({ ...cell, lines: cell.lines.slice(from, to) }));
}

function layTable(sheet: Sheet, { columns, rows }: TableBlock): LaidTable {
  const texts = columns.map(({ title }, at) => [title, ...rows.map((row) => shownText(row[at] ?? ''))]);
  const laidColumns = layColumns(sheet, columns, texts);
  return {
    titles: laidColumns.map((column) => layCell(sheet, column, column.title, { weight: 'bold' })),
    rows: rows.map((row) => laidColumns.map((column, at) => layCell(sheet, column, row[at] ?? ''))),
  };
}

function layFacts(sheet: Sheet, { rows }: FactsBlock): LaidTable {
  const shares = [FACT_NAME_SHARE, 1 - FACT_NAME_SHARE].map((width) => ({ title: '', width }));
  const columns = layColumns(sheet, shares, [rows.map(([name]) => name), []]);
  const size = SIZE + 0.5;
  const styles = [{ size, colour: colours.quiet }, { size }];
  return {
    titles: [],
    rows: rows.map((row) => columns.map((column, at) => layCell(sheet, column, row[at] ?? '', styles[at]))),
  };
}

function layColumns(sheet: Sheet, columns: readonly Column[], texts: readonly (readonly string[])[]): LaidColumn[] {
  const wanted = columns.map(({ width }, at) => ({ share: width, texts: texts[at] ?? [] }));
  // Titles are bold: by their measure every word has its room.
  const measure = (text: string): number => sheet.widthOf(text, { size: SIZE, weight: 'bold' });
  const widths = columnWidths(wanted, sheet.width, measure, PADDING);
  let x = sheet.left;
  return columns.map((column, at) => {
    const points = widths[at] ?? 0;
    const placed = { ...column, x, points };
    x += points;
    return placed;
  });
}

const signs: Readonly<Record<Tone, string>> = { good: '✓ ', warn: '! ', bad: '× ', plain: '' };

function shownText(cell: Cell): string {
  return typeof cell === 'string' ? cut(cell) : `${signs[cell.tone]}${cut(cell.text)}`;
}

function layCell(sheet: Sheet, column: LaidColumn, cell: Cell, own: Style = {}): LaidCell {
  const tone = typeof cell === 'string' ? {} : { colour: colours[cell.tone] };
  const style = { size: SIZE, align: column.align ?? 'left', gap: GAP, ...tone, ...own } as const;
  return { column, lines: sheet.linesOf(shownText(cell), column.points - 2 * PADDING, style), style };
}

function cut(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}…`;
}

function rowHeight(sheet: Sheet, cells: readonly LaidCell[]): number {
  if (cells.length === 0) return 0;
  const heights = cells.map(({ lines, style }) => lines.length * sheet.lineHeight(style));
  return Math.max(...heights) + 2 * PADDING;
}

function drawRow(sheet: Sheet, table: PDFKit.PDFStructureElement, tag: 'TH' | 'TD', cells: readonly LaidCell[]): void {
  if (cells.length === 0) return;
  const top = sheet.y;
  const height = rowHeight(sheet, cells);
  sheet.decorate((document) => {
    if (tag === 'TH') document.rect(sheet.left, top, sheet.width, height).fill(colours.band);
    const y = top + height;
    document.lineWidth(0.5).strokeColor(colours.line);
    document
      .moveTo(sheet.left, y)
      .lineTo(sheet.left + sheet.width, y)
      .stroke();
  });
  const row = sheet.struct(table, 'TR');
  for (const { column, lines, style } of cells) {
    const place = { x: column.x + PADDING, y: top + PADDING, width: column.points - 2 * PADDING };
    sheet.writeLines(row, tag, lines, place, style);
  }
  sheet.y = top + height;
}
