import { LedgerError } from '@carbon-ledger/core';
import { isTemplateKind, type TemplateKind } from '../kinds';
import { parseCellName, type Cell, type Sheet, type Workbook } from '../model';
import type { StampedHeader } from '../tables/locate';
import type { CellToWrite, SheetToWrite } from '../xlsx/write';
import type { TemplateSpec } from './spec';

/** Name of the hidden sheet that says which form a workbook is. */
const stampSheet = '_carbon_ledger';
const schema = 'carbon-ledger/template/v1';

/** Which form a workbook was made from, and where its headers stand now. */
export interface Stamp {
  readonly kind: TemplateKind;
  readonly version: number;
  /** Methodology and year whose figures it asks for. */
  readonly methodology: string;
  readonly year: string;
  /** By table: its sheet, and its headers. */
  readonly tables: ReadonlyMap<string, { readonly sheet: string; readonly headers: readonly StampedHeader[] }>;
}

const quoted = (sheet: string): string => `'${sheet.replaceAll("'", "''")}'`;

/** Where the headers of a table stand in the template. */
export interface PlacedTable {
  readonly table: string;
  readonly sheet: string;
  readonly headerRow: number;
  readonly columns: readonly string[];
  readonly headers: readonly string[];
  /** Cells of the headers, `C4`. */
  readonly cells: readonly string[];
}

/**
 * The hidden sheet: kind, version, methodology and year, then a row for each column: table, column id, and a formula that
 * points at its header. A program that moves or renames columns, rows or sheets moves the formula along.
 */
export function stampRows(
  { kind, version }: Pick<TemplateSpec, 'kind' | 'version'>,
  rules: { readonly methodology: string; readonly year: string },
  tables: readonly PlacedTable[],
): CellToWrite[][] {
  const about = [schema, kind, String(version), rules.methodology, rules.year];
  const columns = tables.flatMap(({ table, sheet, columns: ids, headers, cells }) =>
    ids.map((id, at): CellToWrite[] => [
      { text: table },
      { text: id },
      { formula: `${quoted(sheet)}!${absolute(cells[at] ?? 'A1')}`, text: headers[at] ?? '' },
    ]),
  );
  return [about.map((text): CellToWrite => ({ text })), ...columns];
}

function absolute(cell: string): string {
  return cell.replace(/^([A-Z]+)([0-9]+)$/, '$$$1$$$2');
}

export function stampToWrite(rows: readonly (readonly CellToWrite[])[]): SheetToWrite {
  return { name: stampSheet, hidden: true, rows };
}

/** Reads `'月度汇总'!$C$4` or `月度汇总!C4`. */
function parseReference(formula: string): { sheet: string; row: number; column: number } | undefined {
  const match = /^(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]{1,3}\$?[0-9]+)$/.exec(formula.trim());
  const cell = parseCellName(match?.[3] ?? '');
  const sheet = (match?.[1] ?? match?.[2] ?? '').replaceAll("''", "'");
  return cell && sheet !== '' ? { sheet, ...cell } : undefined;
}

const textAt = (cells: ReadonlyMap<number, Cell> | undefined, column: number): string => cells?.get(column)?.text ?? '';

function readHeaders(sheet: Sheet): Stamp['tables'] {
  const tables = new Map<string, { sheet: string; headers: StampedHeader[] }>();
  for (const { cells } of sheet.rows.slice(1)) {
    const table = textAt(cells, 1);
    const reference = parseReference(cells.get(3)?.formula ?? '');
    if (table === '' || !reference) continue;
    const known = tables.get(table) ?? { sheet: reference.sheet, headers: [] };
    if (known.sheet === reference.sheet)
      known.headers.push({ column: textAt(cells, 2), row: reference.row, at: reference.column });
    tables.set(table, known);
  }
  return tables;
}

/**
 * Which form a workbook is, or undefined for one that was not made from a template.
 * @throws LedgerError TEMPLATE_UNKNOWN for a form or version that is not known here
 */
export function readStamp({ sheets }: Workbook): Stamp | undefined {
  const sheet = sheets.find(({ rows }) => textAt(rows[0]?.cells, 1).startsWith('carbon-ledger/template/'));
  const cells = sheet?.rows[0]?.cells;
  if (!sheet || !cells) return undefined;
  const [written, kind] = [textAt(cells, 1), textAt(cells, 2)];
  const version = Number(textAt(cells, 3));
  if (written !== schema || !isTemplateKind(kind) || !Number.isInteger(version))
    throw new LedgerError(
      'TEMPLATE_UNKNOWN',
      `the workbook is of a template ${written} ${kind} that is not known here`,
    );
  return { kind, version, methodology: textAt(cells, 4), year: textAt(cells, 5), tables: readHeaders(sheet) };
}
