import { strToU8, Zip, ZipDeflate } from 'fflate';
import { cellName, columnName } from '../model';
import { styleIndex, stylesXml, type Look } from './styles';

/** A cell to write: text, a number by its exact digits, or a formula with the text that it gives. */
export type CellToWrite =
  | { readonly text: string; readonly look?: Look }
  | { readonly number: string; readonly look?: Look }
  | { readonly formula: string; readonly text: string; readonly look?: Look }
  | undefined;

/** A list from which cells of a range are chosen: where the values stand. */
export interface ListRule {
  /** `C5:C500`. */
  readonly cells: string;
  /** `'_lists'!$A$1:$A$4`. */
  readonly source: string;
}

export interface SheetToWrite {
  readonly name: string;
  readonly hidden?: boolean;
  readonly rows: Iterable<readonly CellToWrite[]>;
  /** Width in characters and look of each column. */
  readonly columns?: readonly { readonly width: number; readonly look?: Look }[];
  /** Rows that stay in sight. */
  readonly frozenRows?: number;
  readonly lists?: readonly ListRule[];
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const related = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';

/** Whether anything of a text is written otherwise in XML. */
const escaped = /[&<>"\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\r]|_x[0-9A-Fa-f]{4}_/;

/** XML 1.0 has no place for controls, and `_x0041_` is an escape in texts of cells (ECMA-376 part 1, 22.9.2.19). */
function escapeXml(text: string): string {
  if (!escaped.test(text)) return text;
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/_x([0-9A-Fa-f]{4})_/g, '_x005F_x$1_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
}

function cellXml(cell: CellToWrite, row: number, column: number): string {
  if (cell === undefined) return '';
  const place = `r="${cellName(row, column)}" s="${String(styleIndex(cell.look ?? 'plain'))}"`;
  if ('number' in cell) return `<c ${place}><v>${escapeXml(cell.number)}</v></c>`;
  if ('formula' in cell)
    return `<c ${place} t="str"><f>${escapeXml(cell.formula)}</f><v>${escapeXml(cell.text)}</v></c>`;
  return `<c ${place} t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell.text)}</t></is></c>`;
}

function columnsXml(columns: SheetToWrite['columns']): string {
  if (!columns || columns.length === 0) return '';
  const all = columns.map(({ width, look = 'plain' }, index) => {
    const at = String(index + 1);
    return `<col min="${at}" max="${at}" width="${String(width)}" style="${String(styleIndex(look))}" customWidth="1"/>`;
  });
  return `<cols>${all.join('')}</cols>`;
}

function viewXml({ frozenRows = 0 }: SheetToWrite): string {
  if (frozenRows === 0) return '<sheetViews><sheetView workbookViewId="0"/></sheetViews>';
  const top = `ySplit="${String(frozenRows)}" topLeftCell="A${String(frozenRows + 1)}"`;
  return `<sheetViews><sheetView workbookViewId="0"><pane ${top} activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
}

function listsXml(lists: readonly ListRule[] = []): string {
  if (lists.length === 0) return '';
  const rules = lists.map(
    ({ cells, source }) =>
      `<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="${cells}"><formula1>${escapeXml(source)}</formula1></dataValidation>`,
  );
  return `<dataValidations count="${String(lists.length)}">${rules.join('')}</dataValidations>`;
}

function* sheetXml(sheet: SheetToWrite): Generator<string> {
  yield `${declaration}<worksheet xmlns="${main}">${viewXml(sheet)}${columnsXml(sheet.columns)}<sheetData>`;
  let number = 0;
  for (const row of sheet.rows) {
    number += 1;
    const cells = row.map((cell, at) => cellXml(cell, number, at + 1)).join('');
    if (cells !== '') yield `<row r="${String(number)}">${cells}</row>`;
  }
  yield `</sheetData>${listsXml(sheet.lists)}</worksheet>`;
}

function contentTypes(count: number): string {
  const type = (part: string, kind: string): string =>
    `<Override PartName="/xl/${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`;
  const sheets = Array.from({ length: count }, (_, index) =>
    type(`worksheets/sheet${String(index + 1)}.xml`, 'worksheet'),
  );
  const defaults = [
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
  ];
  const all = [...defaults, type('workbook.xml', 'sheet.main'), ...sheets, type('styles.xml', 'styles')];
  return `${declaration}<Types xmlns="${packaged}/content-types">${all.join('')}</Types>`;
}

function relationsXml(relations: readonly (readonly [string, string])[]): string {
  const all = relations.map(
    ([type, target], index) =>
      `<Relationship Id="rId${String(index + 1)}" Type="${related}/${type}" Target="${target}"/>`,
  );
  return `${declaration}<Relationships xmlns="${packaged}/relationships">${all.join('')}</Relationships>`;
}

function workbookXml(sheets: readonly SheetToWrite[]): string {
  const all = sheets.map(({ name, hidden }, index) => {
    const id = String(index + 1);
    return `<sheet name="${escapeXml(name)}" sheetId="${id}"${hidden === true ? ' state="hidden"' : ''} r:id="rId${id}"/>`;
  });
  return `${declaration}<workbook xmlns="${main}" xmlns:r="${related}"><sheets>${all.join('')}</sheets></workbook>`;
}

/** A fixed time in every entry (the first that ZIP knows, in the zone of the machine), so that the same table is the same bytes. */
const firstTime = (): Date => new Date(1980, 0, 1);

/** Characters that are packed at once. */
const piece = 64 * 1024;

/** Packs a part as its text comes: the text of a large sheet is never there as a whole. */
function packPart(zip: Zip, name: string, pieces: Iterable<string>): void {
  const part = new ZipDeflate(name, { level: 6 });
  part.mtime = firstTime();
  zip.add(part);
  let text = '';
  for (const one of pieces) {
    text += one;
    if (text.length < piece) continue;
    part.push(strToU8(text));
    text = '';
  }
  part.push(strToU8(text), true);
}

/** @throws the fault of packing, which has none of its own for what is written here */
function packed(parts: readonly (readonly [string, Iterable<string>])[]): Uint8Array {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  for (const [name, pieces] of parts) packPart(zip, name, pieces);
  zip.end();
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Name of a sheet as programs take it: at most 31 characters, none of `[]:*?/\`. */
export function sheetName(text: string): string {
  return (
    text
      .replace(/[[\]:*?/\\]/g, ' ')
      .replace(/^'|'$/g, ' ')
      .slice(0, 31)
      .trim() || 'Sheet'
  );
}

/** Bytes of a workbook (ECMA-376). The same sheets are the same bytes everywhere. */
export function writeXlsx(sheets: readonly SheetToWrite[]): Uint8Array {
  const worksheets = sheets.map((_, index) => ['worksheet', `worksheets/sheet${String(index + 1)}.xml`] as const);
  return packed([
    ['[Content_Types].xml', [contentTypes(sheets.length)]],
    ['_rels/.rels', [relationsXml([['officeDocument', 'xl/workbook.xml']])]],
    ['xl/workbook.xml', [workbookXml(sheets)]],
    ['xl/_rels/workbook.xml.rels', [relationsXml([...worksheets, ['styles', 'styles.xml']])]],
    ['xl/styles.xml', [declaration, stylesXml()]],
    ...sheets.map((sheet, index) => [`xl/worksheets/sheet${String(index + 1)}.xml`, sheetXml(sheet)] as const),
  ]);
}

/** Columns from A on, as wide as their texts need, within reason. */
export function fittingColumns(
  rows: readonly (readonly string[])[],
  look: Look = 'plain',
): { width: number; look: Look }[] {
  const count = Math.max(0, ...rows.slice(0, 200).map((row) => row.length));
  return Array.from({ length: count }, (_, at) => {
    const widths = rows.slice(0, 200).map((row) => displayWidth(row[at] ?? ''));
    return { width: Math.min(60, Math.max(8, ...widths) + 2), look };
  });
}

/** Chinese characters take two places. */
export function displayWidth(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0xff ? 2 : 1), 0);
}

export function columnCells(column: number, fromRow: number, toRow: number): string {
  const name = columnName(column);
  return `${name}${String(fromRow)}:${name}${String(toRow)}`;
}
