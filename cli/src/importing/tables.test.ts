import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { textOfTable } from './tables';

const folder = temporaryFolder('tables');

function file(name: string, bytes: Uint8Array | string): string {
  const place = path.join(folder, name);
  writeFileSync(place, bytes);
  return place;
}

const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook whose only sheet lies where its relations say, with one shared string of several runs and one date. */
function workbook(sheetName: string, shared: string, cells: string): Uint8Array {
  const relations = (rows: readonly string[]): string =>
    `<Relationships>${rows
      .map((row, at) => {
        const [type = '', target = ''] = row.split(' ');
        return `<Relationship Id="r${String(at + 1)}" Type="${relation}/${type}" Target="${target}"/>`;
      })
      .join('')}</Relationships>`;
  return zipSync({
    '_rels/.rels': strToU8(relations(['officeDocument xl/book.xml'])),
    'xl/book.xml': strToU8(
      `<workbook xmlns:r="${relation}"><sheets><sheet name="${sheetName}" r:id="r1"/></sheets></workbook>`,
    ),
    'xl/_rels/book.xml.rels': strToU8(
      relations(['worksheet data/one.xml', 'sharedStrings texts.xml', 'styles styles.xml']),
    ),
    'xl/texts.xml': strToU8(`<sst>${shared}</sst>`),
    'xl/styles.xml': strToU8('<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'),
    'xl/data/one.xml': strToU8(`<worksheet><sheetData><row r="1">${cells}</row></sheetData></worksheet>`),
  });
}

describe('what a table is about', () => {
  it.each([
    ['UTF-8', 'utf8', 'U2 生产月报', 'CSV\nU2 生产月报'],
    ['UTF-16 with its mark', 'utf16le', '\ufeffU2 生产月报', 'U2 生产月报'],
  ] as const)('is seen in CSV of %s', async (_, encoding, text, expected) => {
    expect(await textOfTable(file(`${encoding}.csv`, Buffer.from(text, encoding)))).toBe(expected);
  });

  it('is seen in UTF-16 the other way round too', async () => {
    const bytes = Buffer.from('\ufeffU2 2024-02', 'utf16le').swap16();
    expect(await textOfTable(file('be.csv', bytes))).toBe('U2 2024-02');
  });

  it('is seen in a workbook: names of sheets, runs of one text, entities, days behind numbers, parts under any name', async () => {
    const bytes = workbook(
      '2024年3月',
      '<si><r><t>U</t></r><r><t>2</t></r></si>',
      '<c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45323</v></c><c r="C1" t="inlineStr"><is><t>&#85;7</t></is></c>',
    );
    expect(await textOfTable(file('one.xlsx', bytes))).toBe('2024年3月\nU2\n2024-02-01\nU7');
  });

  it.each([
    ['nothing of a workbook', Buffer.from('PK\u0003\u0004 and no more')],
    [
      'a workbook with a password',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
    ],
    ['one that bursts', zipSync({ 'xl/a.xml': new Uint8Array(64 * 1024 * 1024) })],
    ['no bytes', Buffer.alloc(0)],
  ])('is not known of %s, and that is told', async (name, bytes) => {
    expect(await textOfTable(file(`${name}.xlsx`, bytes))).toBeNull();
  });

  it('is not asked of what is no table', async () => {
    expect(await textOfTable(file('a.pdf', 'U2'))).toBeUndefined();
  });
});
