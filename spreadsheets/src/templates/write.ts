import { cellName } from '../model';
import { headerOf, type ColumnSpec, type TableSpec } from '../tables/spec';
import { yesNo, type Choices } from '../values/choice';
import type { ValueRule } from '../values/value';
import type { Look } from '../xlsx/styles';
import {
  columnCells,
  displayWidth,
  sheetName,
  writeXlsx,
  type CellToWrite,
  type ListRule,
  type SheetToWrite,
} from '../xlsx/write';
import { stampRows, stampToWrite, type PlacedTable } from './stamp';
import type { Filling, FormRules, TemplateSpec } from './spec';

/** Rows below the headers in which lists and formats are set up. */
const rowsPrepared = 1000;
const listsSheet = '_lists';

function lookOf(rule: ValueRule): Look {
  if (rule.kind === 'decimal') return { decimals: rule.decimals };
  return rule.kind === 'day' || rule.kind === 'moment' ? 'day' : 'text';
}

function choicesOf(rule: ValueRule): Choices | undefined {
  if (rule.kind === 'choice') return rule.choices;
  return rule.kind === 'yes-no' ? yesNo : undefined;
}

/** Values of all lists, each in a column of one hidden sheet. */
class Lists {
  readonly #columns: string[][] = [];

  /** Where the words of the choices stand. */
  place(choices: Choices): string {
    const words = Object.values(choices).map(({ zh }) => zh);
    const known = this.#columns.findIndex((column) => JSON.stringify(column) === JSON.stringify(words));
    const at = known >= 0 ? known : this.#columns.push(words) - 1;
    const cells = columnCells(at + 1, 1, words.length).replace(/([A-Z]+)([0-9]+)/g, '$$$1$$$2');
    return `${listsSheet}!${cells}`;
  }

  toWrite(): SheetToWrite[] {
    if (this.#columns.length === 0) return [];
    const longest = Math.max(...this.#columns.map((column) => column.length));
    const rows = Array.from({ length: longest }, (_, row) =>
      this.#columns.map((column): CellToWrite => {
        const text = column[row];
        return text === undefined ? undefined : { text };
      }),
    );
    return [{ name: listsSheet, hidden: true, rows }];
  }
}

function headerCells(columns: readonly ColumnSpec[]): CellToWrite[] {
  return columns.map((column) => ({
    text: column.required ? `${headerOf(column)} *` : headerOf(column),
    look: column.required ? 'required' : 'header',
  }));
}

function valueCell(column: ColumnSpec, value: string | undefined): CellToWrite {
  if (value === undefined || value === '') return undefined;
  const look = lookOf(column.rule);
  if (column.rule.kind === 'decimal') return { number: value, look };
  return { text: choicesOf(column.rule)?.[value]?.zh ?? value, look };
}

interface Placed {
  readonly sheet: SheetToWrite;
  readonly placed: PlacedTable;
}

function placeTable(table: TableSpec, above: readonly CellToWrite[][], filling: Filling, lists: Lists): Placed {
  const name = sheetName(table.title.zh);
  const headerRow = above.length + 1;
  const { columns } = table;
  const filled = (filling[table.id] ?? []).map((row) => columns.map((column) => valueCell(column, row[column.id])));
  const listRules = columns.flatMap((column, at): ListRule[] => {
    const choices = choicesOf(column.rule);
    if (!choices) return [];
    return [{ cells: columnCells(at + 1, headerRow + 1, headerRow + rowsPrepared), source: lists.place(choices) }];
  });
  const sheet: SheetToWrite = {
    name,
    rows: [...above, headerCells(columns), ...filled],
    columns: columns.map((column) => ({
      width: Math.min(40, Math.max(12, displayWidth(headerOf(column)) + 4)),
      look: lookOf(column.rule),
    })),
    frozenRows: headerRow,
    lists: listRules,
  };
  const placed = {
    table: table.id,
    sheet: name,
    headerRow,
    columns: columns.map(({ id }) => id),
    headers: columns.map(headerOf),
    cells: columns.map((_, at) => cellName(headerRow, at + 1)),
  };
  return { sheet, placed };
}

/** Bytes of the workbook of a form, empty or with rows filled in. The same form is the same bytes. */
export function writeTemplate(template: TemplateSpec, { methodology }: FormRules, filling: Filling = {}): Uint8Array {
  const lists = new Lists();
  const tables = template.tables.map((table, index) => {
    const above: CellToWrite[][] =
      index === 0
        ? [[{ text: template.title.zh, look: 'title' }], [{ text: template.remark.zh }]]
        : [[{ text: table.title.zh, look: 'title' }]];
    return placeTable(table, above, { ...template.given, ...filling }, lists);
  });
  const stamp = stampRows(
    template,
    { methodology: methodology.id, year: methodology.year },
    tables.map(({ placed }) => placed),
  );
  return writeXlsx([...tables.map(({ sheet }) => sheet), ...lists.toWrite(), stampToWrite(stamp)]);
}
