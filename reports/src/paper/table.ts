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
  readonly text: string;
  readonly style: Style;
}

export function drawTable(sheet: Sheet, { columns, rows }: TableBlock): void {
  const laid = layColumns(sheet, columns);
  const table = sheet.struct(sheet.root, 'Table');
  const titles = laid.map((column) => ({
    column,
    text: column.title,
    style: { size: SIZE, weight: 'bold', gap: GAP, align: column.align ?? 'left' } as const,
  }));
  // A title alone at the foot of a page is no table.
  sheet.ensure(2 * rowHeight(sheet, titles));
  drawRow(sheet, table, 'TH', titles);
  for (const row of rows) {
    const cells = laid.map((column, at) => layCell(column, row[at] ?? ''));
    if (sheet.ensure(rowHeight(sheet, cells))) drawRow(sheet, table, 'TH', titles);
    drawRow(sheet, table, 'TD', cells);
  }
  sheet.space(8);
}

export function drawFacts(sheet: Sheet, { rows }: FactsBlock): void {
  const columns = layColumns(sheet, [
    { title: '', width: FACT_NAME_SHARE },
    { title: '', width: 1 - FACT_NAME_SHARE },
  ]);
  const table = sheet.struct(sheet.root, 'Table');
  for (const row of rows) {
    const cells = columns.map((column, at) => ({
      column,
      text: cut(row[at] ?? ''),
      style: { size: SIZE + 0.5, gap: GAP, ...(at === 0 ? { colour: colours.quiet } : {}) },
    }));
    sheet.ensure(rowHeight(sheet, cells));
    drawRow(sheet, table, 'TD', cells);
  }
  sheet.space(8);
}

function layColumns(sheet: Sheet, columns: readonly Column[]): LaidColumn[] {
  const sum = columns.reduce((total, { width }) => total + width, 0);
  let x = sheet.left;
  return columns.map((column) => {
    const points = (column.width / sum) * sheet.width;
    const laid = { ...column, x, points };
    x += points;
    return laid;
  });
}

const signs: Readonly<Record<Tone, string>> = { good: '✓ ', warn: '! ', bad: '× ', plain: '' };

function layCell(column: LaidColumn, cell: Cell): LaidCell {
  const align = column.align ?? 'left';
  if (typeof cell === 'string') return { column, text: cut(cell), style: { size: SIZE, align, gap: GAP } };
  const { text, tone } = cell;
  return { column, text: `${signs[tone]}${cut(text)}`, style: { size: SIZE, align, gap: GAP, colour: colours[tone] } };
}

function cut(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}…`;
}

function rowHeight(sheet: Sheet, cells: readonly LaidCell[]): number {
  const heights = cells.map(({ column, text, style }) => sheet.heightOf(text, column.points - 2 * PADDING, style));
  return Math.max(...heights) + 2 * PADDING;
}

function drawRow(sheet: Sheet, table: PDFKit.PDFStructureElement, tag: 'TH' | 'TD', cells: readonly LaidCell[]): void {
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
  for (const { column, text, style } of cells) {
    const place = { x: column.x + PADDING, y: top + PADDING, width: column.points - 2 * PADDING };
    sheet.write(row, tag, text, place, style);
  }
  sheet.y = top + height;
}
