import { strToU8, zipSync } from 'fflate';
import { isLedgerError } from '@carbon-ledger/core';
import { readWorkbook } from './read-workbook';
import { sheetFault } from './tables/fault';
import { MergedCells } from './tables/merged';
import { rawWorkbook } from './testing/raw-workbook';
import { unpack } from './xlsx/unpack';

/* Files that no program writes: made to burst, to be read twice, or to mean other things to other programs. */

function refusalOf(bytes: Uint8Array): string {
  try {
    readWorkbook(bytes);
    return 'read';
  } catch (error) {
    return isLedgerError(error) ? `${error.code}: ${error.message}` : String(error);
  }
}

const sheet = (xml: string): Uint8Array => rawWorkbook({ sheets: { S: xml } });
const row = (cells: string): string => `<sheetData><row r="1">${cells}</row></sheetData>`;

describe('a workbook that was made to harm', () => {
  it.each([
    ['elements nested ten thousand deep', sheet('<a>'.repeat(10_000) + '</a>'.repeat(10_000)), 'nested more than 64'],
    [
      'more merged cells than anybody merges',
      sheet(`<mergeCells>${'<mergeCell ref="A1:XFD9"/>'.repeat(100_001)}</mergeCells>`),
      'SHEET_TOO_LARGE: the sheet has more than 100000 merged cells',
    ],
    ['a row beyond the last', sheet('<sheetData><row r="99999999"/></sheetData>'), 'row 99999999 is out of order'],
    ['a text that is not there', sheet(row('<c r="A1" t="s"><v>7</v></c>')), 'A1 has a text that is not there'],
    [
      'a text longer than a cell holds',
      rawWorkbook({
        sheets: { S: row('<c r="B1" t="s"><v>0</v></c>') },
        sharedStrings: [`<si><t>${'长'.repeat(32_768)}</t></si>`],
      }),
      'SHEET_TOO_LARGE: its cell B1 holds more than 32767 characters',
    ],
    ['a cell of two values', sheet(row('<c r="A1"><v>2</v><v>1.5</v></c>')), 'its cell A1 holds two values'],
    ['a file of commas', strToU8(','.repeat(4_000_001)), 'SHEET_TOO_LARGE: the table has more than'],
  ])('with %s is refused', (_, bytes, refusal) => {
    expect(refusalOf(bytes)).toContain(refusal);
  });

  it('has each part once: many sheets that are one part would be read as often', () => {
    const parts = unpack(sheet('<sheetData/>'));
    const text = new TextDecoder().decode(parts['xl/workbook.xml']);
    const twice = text.replace(/<sheet (.*?)\/>/, '<sheet $1/><sheet name="T" sheetId="2" r:id="rId1"/>');
    const bytes = zipSync({ ...parts, 'xl/workbook.xml': strToU8(twice) });
    expect(refusalOf(bytes)).toContain('two of its sheets are one part');
  });

  it('has no two sheets of one name: which is meant could not be told', () => {
    const bytes = rawWorkbook({ sheets: { 'Month 1': row('<c r="A1"><v>1</v></c>'), 'MONTH 1': '<sheetData/>' } });
    expect(refusalOf(bytes)).toContain('two of its sheets are called MONTH 1');
  });

  it('is read without what stands beside a value, below it, or outside the rows', () => {
    const hidden = '<extLst><ext><x:v xmlns:x="urn:x">9</x:v><row r="9"/><c r="A9"><v>9</v></c></ext></extLst>';
    const bytes = sheet(
      `${row(`<c r="A1"><v>2</v>${hidden}</c>`)}<extLst><row r="7"><c r="A7"><v>7</v></c></row></extLst>`,
    );
    const [read] = readWorkbook(bytes).sheets;
    expect(read?.rows.flatMap(({ cells }) => [...cells.values()])).toEqual([
      { row: 1, column: 1, kind: 'number', text: '2' },
    ]);
  });

  it('counts each hidden column once, however often it is named', () => {
    const columns = '<col min="1" max="16384" hidden="1"/>'.repeat(50_000);
    const [read] = readWorkbook(sheet(`<cols>${columns}</cols><sheetData/>`)).sheets;
    expect(read?.hiddenColumns.length).toBe(1001);
  });

  it('is read by what stands in it, not by the size that it claims, and reaches for no other file', () => {
    const cell = '<c r="A1"><f>[1]Sheet1!A1</f><v>5</v></c>';
    const links = { 'xl/externalLinks/externalLink1.xml': strToU8('<externalLink/>') };
    const bytes = rawWorkbook({ sheets: { S: `<dimension ref="A1:XFD1048576"/>${row(cell)}` }, more: links });
    const [read] = readWorkbook(bytes).sheets;
    expect(read?.rows).toHaveLength(1);
    expect(read?.rows[0]?.cells.get(1)).toMatchObject({ text: '5', formula: '[1]Sheet1!A1' });
  });
});

it('a merged cell that reaches over the whole sheet is found from each of its places', () => {
  const merged = new MergedCells({ merges: [{ top: 2, left: 1, bottom: 1_048_576, right: 16_384 }] });
  expect([merged.covering(1, 1), merged.covering(2, 16_384)?.left, merged.covering(1_048_576, 700)?.top]).toEqual([
    undefined,
    1,
    2,
  ]);
});

it('what stands in a cell is told as far as it is needed', () => {
  expect(sheetFault('CELL_EMPTY', { sheet: 'S' }, { found: 'x'.repeat(30_000) }).found).toHaveLength(201);
});
