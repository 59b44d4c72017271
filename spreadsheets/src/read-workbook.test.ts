import { strToU8, unzipSync, zipSync } from 'fflate';
import fc from 'fast-check';
import { writeCsv, harmless } from './csv/write';
import { readWorkbook } from './read-workbook';
import { rawWorkbook } from './testing/raw-workbook';
import { writeXlsx } from './xlsx/write';
import { boundsOfForms, Tally } from './bounds';
import { Package, type UnpackLimits } from './xlsx/unpack';

const cellsOf = (bytes: Uint8Array): Record<string, string>[] =>
  readWorkbook(bytes).sheets.map(({ rows }) =>
    Object.fromEntries(
      rows.flatMap(({ cells }) =>
        [...cells.values()].map((one) => [`${String(one.row)},${String(one.column)}`, one.text]),
      ),
    ),
  );

const codeOf = (bytes: Uint8Array): string => {
  try {
    readWorkbook(bytes);
    return 'read';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a workbook', () => {
  it('tells a formula that gave an empty text from one that was never computed', () => {
    const cells =
      '<c r="A1" t="str"><f>IF(1,"",2)</f><v></v></c><c r="B1"><f>A1</f><v/></c><c r="C1" t="str"><f>A1</f></c>';
    const [read] = readWorkbook(
      rawWorkbook({ sheets: { S: `<sheetData><row r="1">${cells}</row></sheetData>` } }),
    ).sheets;
    expect([...(read?.rows[0]?.cells.values() ?? [])].map(({ kind, text }) => [kind, text])).toEqual([
      ['text', ''],
      ['number', ''],
      ['number', ''],
    ]);
  });

  it('gives raw texts, formulas, merges, hidden rows and columns as they lie in the file', () => {
    const sheet = [
      '<cols><col min="2" max="2" hidden="1"/></cols><sheetData>',
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><r><t>富</t></r><r><t>文本</t></r></is></c></row>',
      '<row r="2" hidden="1"><c r="A2"><v>0.30000000000000004</v></c><c r="B2" s="1"><v>45296</v></c><c r="C2" s="2"><v>0.5</v></c></row>',
      '<row r="4"><c r="A4"><f>A2*2</f><v>0.6</v></c><c r="B4"><f>A2*3</f></c><c r="C4" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D4" t="b"><v>1</v></c></row>',
      '</sheetData><mergeCells><mergeCell ref="A5:B9"/></mergeCells>',
    ].join('');
    const styles =
      '<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="10"/></cellXfs>';
    const bytes = rawWorkbook({
      sheets: { 数据: sheet },
      sharedStrings: ['<si><t>机</t><rPh><t>jī</t></rPh><r><t>组</t></r></si>'],
      styles,
    });
    const [read] = readWorkbook(bytes).sheets;
    expect(read?.name).toBe('数据');
    expect(read?.rows.map(({ number, hidden }) => [number, hidden])).toEqual([
      [1, false],
      [2, true],
      [4, false],
    ]);
    expect(read?.merges).toEqual([{ top: 5, left: 1, bottom: 9, right: 2 }]);
    expect(read?.hiddenColumns).toEqual([2]);
    expect(read?.rows.flatMap(({ cells }) => [...cells.values()])).toEqual([
      { row: 1, column: 1, kind: 'text', text: '机组' },
      { row: 1, column: 3, kind: 'text', text: '富文本' },
      { row: 2, column: 1, kind: 'number', text: '0.30000000000000004' },
      { row: 2, column: 2, kind: 'number', text: '45296', shownAs: 'date' },
      { row: 2, column: 3, kind: 'number', text: '0.5', shownAs: 'percent' },
      { row: 4, column: 1, kind: 'number', text: '0.6', formula: 'A2*2' },
      { row: 4, column: 2, kind: 'number', text: '', formula: 'A2*3' },
      { row: 4, column: 3, kind: 'error', text: '#DIV/0!', formula: '1/0' },
      { row: 4, column: 4, kind: 'boolean', text: '1' },
    ]);
  });

  it('is read back as it was written, and the same bytes again', () => {
    const text = fc
      .string({ unit: fc.constantFrom('a', '电', '<', '&', '"', ' ', '=', '_x0041_', '\n'), minLength: 1 })
      .filter((one) => one.trim() !== '');
    fc.assert(
      fc.property(fc.array(fc.array(text, { maxLength: 4 }), { maxLength: 5 }), (rows) => {
        const write = (): Uint8Array =>
          writeXlsx([{ name: 'S', rows: rows.map((row) => row.map((one) => ({ text: one }))) }]);
        const expected = Object.fromEntries(
          rows.flatMap((row, at) => row.map((one, column) => [`${String(at + 1)},${String(column + 1)}`, one])),
        );
        expect(cellsOf(write())).toEqual([expected]);
        expect(Buffer.from(write()).equals(Buffer.from(write()))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('is refused with macros, a password, the old format, a lying or endless package', () => {
    const simple = { sheets: { S: '<sheetData/>' } };
    expect(codeOf(rawWorkbook({ ...simple, more: { 'xl/vbaProject.bin': new Uint8Array(4) } }))).toBe('SHEET_MACROS');
    expect(codeOf(rawWorkbook({ ...simple, more: { 'xl/macrosheets/sheet1.xml': strToU8('<a/>') } }))).toBe(
      'SHEET_MACROS',
    );
    const ole = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Uint8Array(600)]);
    expect(codeOf(ole)).toBe('SHEET_UNREADABLE');
    ole.set(Buffer.from('EncryptedPackage', 'utf16le'), 200);
    expect(codeOf(ole)).toBe('SHEET_PASSWORD');
    expect(codeOf(rawWorkbook(simple).subarray(0, 300))).toBe('SHEET_UNREADABLE');
    expect(codeOf(zipSync({ 'a.txt': strToU8('x') }))).toBe('SHEET_UNREADABLE');
    expect(codeOf(rawWorkbook({ sheets: { S: '<sheetData><row r="1"><c r="B9"/></row></sheetData>' } }))).toBe(
      'SHEET_UNREADABLE',
    );
    expect(codeOf(new Uint8Array(0))).toBe('SHEET_UNREADABLE');
  });

  it('never unpacks beyond its bounds', () => {
    const bomb = rawWorkbook({ sheets: { S: `<sheetData/>${' '.repeat(3_000_000)}` } });
    expect(bomb.length).toBeLessThan(10_000);
    const tooLarge = (message: string): Error => expect.objectContaining({ code: 'SHEET_TOO_LARGE', message }) as Error;
    const unpack = (bytes: Uint8Array, limits?: UnpackLimits): Package =>
      new Package(bytes, new Tally(boundsOfForms), limits);
    expect(() => unpack(bomb, { bytes: 1_000_000, parts: 100 })).toThrow(
      tooLarge('the workbook unpacks to more than 0 MB'),
    );
    expect(() => unpack(rawWorkbook({ sheets: { S: `<sheetData/>${' '.repeat(17 * 1024 * 1024)}` } }))).toThrow(
      tooLarge('its part xl/worksheets/s1.xml unpacks to more than 200 times its size'),
    );
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`a${String(at)}.xml`, strToU8('<a/>')]));
    expect(() => unpack(zipSync(many), { bytes: 1_000_000, parts: 20 })).toThrow(
      tooLarge('the workbook holds more than 20 parts'),
    );
  });

  it('is not taken at its directory’s word: what is longer than it says is cut off', () => {
    const bytes = rawWorkbook({ sheets: { S: `<sheetData/>${' '.repeat(5000)}` } });
    const name = Buffer.from('xl/worksheets/s1.xml');
    const directory = Buffer.from(bytes).lastIndexOf(name) - 46;
    const lying = Buffer.from(bytes);
    lying.writeUInt32LE(20, directory + 24);
    expect(codeOf(lying)).toBe('SHEET_UNREADABLE');
  });

  it('has no entities that unfold', () => {
    const bytes = rawWorkbook({ sheets: { S: '<sheetData/>' } });
    const evil = zipSync({
      ...unzipSync(bytes),
      'xl/workbook.xml': strToU8('<!DOCTYPE a [<!ENTITY b "bbbb">]><workbook><sheets/></workbook>'),
    });
    expect(() => readWorkbook(evil)).toThrow(expect.objectContaining({ code: 'SHEET_UNREADABLE' }) as Error);
  });
});

describe('a CSV file', () => {
  const gb18030 = Uint8Array.from([0xbb, 0xfa, 0xd7, 0xe9, 0x2c, 0x61, 0x0d, 0x0a, 0x55, 0x31, 0x2c, 0x31]);

  it('is read in UTF-8 with or without a byte order mark, and in GB18030', () => {
    expect(cellsOf(strToU8('\ufeff机组,a\r\nU1,1'))).toEqual([{ '1,1': '机组', '1,2': 'a', '2,1': 'U1', '2,2': '1' }]);
    expect(readWorkbook(gb18030)).toMatchObject({ format: 'csv', encoding: 'gb18030' });
    expect(cellsOf(gb18030)).toEqual(cellsOf(strToU8('机组,a\nU1,1\n')));
  });

  it('keeps row numbers over empty rows, and quotes with line feeds', () => {
    expect(cellsOf(strToU8('a,b\n\n"x\ny",2\n'))).toEqual([{ '1,1': 'a', '1,2': 'b', '3,1': 'x\ny', '3,2': '2' }]);
  });

  it('ends its lines as any system does, separates by comma, tab or semicolon, and keeps spaces but behind a quote', () => {
    const cells = [{ '1,1': 'a', '1,2': ' b,c', '2,1': '1', '2,2': 'x "y"' }];
    for (const end of ['\r', '\n', '\r\n'])
      for (const separator of ['\t', ';'])
        expect(cellsOf(strToU8([`a${separator} b,c`, `1${separator}"x ""y""" `, ''].join(end)))).toEqual(cells);
    expect(cellsOf(strToU8('a\rb\nc\r\n\r\n"d"'))).toEqual([{ '1,1': 'a', '2,1': 'b', '3,1': 'c', '5,1': 'd' }]);
  });

  it('is refused in UTF-16, as bytes of something else, and with quotes that do not end', () => {
    expect(codeOf(Uint8Array.from([0xff, 0xfe, ...Buffer.from('机组,a', 'utf16le')]))).toBe('SHEET_UNREADABLE');
    expect(codeOf(Uint8Array.from([0x25, 0x50, 0x44, 0x46, 0, 1, 2, 0xff]))).toBe('SHEET_UNREADABLE');
    expect(codeOf(strToU8('a,b\n"x,2\n'))).toBe('SHEET_UNREADABLE');
  });

  it('that is written has a byte order mark, and nothing that a program would run', () => {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      writeCsv([['=1+1', '-12.5', '@a', '＝1', '电,厂', '+8613']]),
    );
    expect(text).toBe(`\ufeff'=1+1,-12.5,'@a,'＝1,"电,厂",'+8613\r\n`);
    expect(['-cmd', '\t=1', '- 5', '-5'].map(harmless)).toEqual(["'-cmd", "'\t=1", "'- 5", '-5']);
  });
});
