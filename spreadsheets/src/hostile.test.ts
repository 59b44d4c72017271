import { strToU8, unzipSync, zipSync } from 'fflate';
import { isLedgerError } from '@carbon-ledger/core';
import { boundsOfForms, Tally } from './bounds';
import { readWorkbook } from './read-workbook';
import { readTableCells } from './table-cells';
import { isRefused } from './values/reading';
import { readValue } from './values/value';
import { Package } from './xlsx/unpack';
import { sheetFault } from './tables/fault';
import { MergedCells } from './tables/merged';
import { rawWorkbook } from './testing/raw-workbook';

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
const rows = (count: number): string => `<sheetData>${'<row><c><v>1</v></c></row>'.repeat(count)}</sheetData>`;
const row = (cells: string): string => `<sheetData><row r="1">${cells}</row></sheetData>`;

describe('a workbook that was made to harm', () => {
  it.each([
    ['elements nested ten thousand deep', sheet('<a>'.repeat(10_000) + '</a>'.repeat(10_000)), 'nested more than 64'],
    [
      'more merged cells than anybody merges',
      sheet(`<mergeCells>${'<mergeCell ref="A1:XFD9"/>'.repeat(100_001)}</mergeCells>`),
      'SHEET_TOO_LARGE: the workbook has more than 100000 merged cells',
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
    [
      'a formula longer than a cell holds',
      sheet(row(`<c r="A1"><f>${'1+'.repeat(16_384)}1</f><v>1</v></c>`)),
      'its cell A1 holds more than 32767 characters',
    ],
    [
      'more rows than any form or file of registries',
      sheet(rows(200_001)),
      'SHEET_TOO_LARGE: the file has more than 200000 rows',
    ],
    [
      'more rows than that on two sheets together',
      rawWorkbook({ sheets: { S: rows(100_000), T: rows(100_001) } }),
      'SHEET_TOO_LARGE: the file has more than 200000 rows',
    ],
    [
      'more sheets than anybody keeps',
      rawWorkbook({ sheets: Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`S${String(at)}`, ''])) }),
      'SHEET_TOO_LARGE: the workbook has more than 1000 sheets',
    ],
    [
      'a place that is a megabyte long',
      sheet(row(`<c r="${'A'.repeat(1_000_000)}"/>`)),
      `its cell ${'A'.repeat(60)}… is out of place`,
    ],
    ['CSV of more rows', strToU8('1\r'.repeat(200_001)), 'SHEET_TOO_LARGE: the file has more than 200000 rows'],
    ['CSV of commas', strToU8(`a\n${','.repeat(16_384)}`), 'SHEET_TOO_LARGE: row 2 has more than 16384 cells'],
    ['CSV of one long cell', strToU8(`a,${'x'.repeat(32_768)}`), 'its cell B1 holds more than 32767 characters'],
    [
      'CSV of quotes',
      strToU8(`a\n${'"a'.repeat(1_000_000)}`),
      'SHEET_UNREADABLE: in row 2 something stands behind a quote',
    ],
  ])('with %s is refused', (_, bytes, refusal) => {
    expect(refusalOf(bytes)).toContain(refusal);
  });

  it('has each part once: many sheets that are one part would be read as often', () => {
    const parts = unzipSync(sheet('<sheetData/>'));
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

describe('what is counted of a file', () => {
  const { rows: most, cells } = boundsOfForms;

  it('is its rows, cells, merged cells and elements, of all its sheets together', () => {
    const tally = new Tally({ rows: 2, cells: 5 });
    const refusal = (count: () => void): string => {
      try {
        for (let times = 0; times <= 12_000_000; times += 1) count();
      } catch (error) {
        return (error as Error).message;
      }
      return 'counted';
    };
    expect(
      refusal(() => {
        tally.row();
      }),
    ).toBe('the file has more than 2 rows');
    expect(
      refusal(() => {
        tally.cells(2);
      }),
    ).toBe('the file has more than 5 cells');
    expect(
      refusal(() => {
        tally.merge();
      }),
    ).toBe('the workbook has more than 100000 merged cells');
    expect(
      refusal(() => {
        tally.element();
      }),
    ).toBe('the workbook holds more than 12000000 elements');
  });

  it('leaves room for the largest file of a registry, a hundred thousand rows of thirty columns', () => {
    expect([most >= 100_000, cells >= 3_000_000]).toEqual([true, true]);
  });

  it('is more of a table whose cells alone are asked for: a year of minutes', () => {
    expect(readTableCells(strToU8('1\n'.repeat(200_001)))).toHaveLength(200_001);
  });
});

it('reads a format that never closes its brackets once, not as often as it opens one', () => {
  // 64 seconds at two hundred thousand brackets, when each was looked for to the end.
  const format = 'm['.repeat(1_000_000);
  const styles = `<numFmts><numFmt numFmtId="200" formatCode="${format}"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs>`;
  expect(readWorkbook(rawWorkbook({ sheets: { S: '<sheetData/>' }, styles })).sheets).toHaveLength(1);
});

it('keeps no part that nobody reads', () => {
  const bytes = rawWorkbook({
    sheets: { S: '<sheetData/>' },
    more: { 'xl/drawings/a.xml': strToU8('no XML at all <') },
  });
  const parts = new Package(bytes, new Tally(boundsOfForms));
  expect([parts.has('xl/drawings/a.xml'), parts.has('xl/none.xml'), parts.part('xl/none.xml')]).toEqual([
    true,
    false,
    undefined,
  ]);
  expect(readWorkbook(bytes).sheets).toHaveLength(1);
});

it('a long text is told by its beginning, in each sentence about it', () => {
  const cell = { row: 1, column: 1, kind: 'text', text: '长'.repeat(32_767) } as const;
  const told = (['day', 'month', 'year', 'moment', 'words', 'uscc', 'yes-no', 'code'] as const).map((kind) => {
    const reading = readValue(cell, { kind }, undefined, false);
    return isRefused(reading) ? reading.message.length : reading;
  });
  expect(told.filter((length) => typeof length !== 'number' || length > 200)).toEqual([]);
});

it('what stands in a cell is told as far as it is needed', () => {
  expect(sheetFault('CELL_EMPTY', { sheet: 'S' }, { found: 'x'.repeat(30_000) }).found).toHaveLength(201);
});
