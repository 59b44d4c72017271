import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { digestBytes, type AnchoredRecord, type CheckedFile, type FolderCheck } from '@carbon-ledger/core';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { anchored, documentNamed, uscc } from '../../../core/src/inspection/testing/anchored';
import { rawWorkbook } from '../../../spreadsheets/src/testing/raw-workbook';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { Budget } from './budget';
import { checkFolder } from './check';
import { rawZip, type RawEntry } from './testing/raw-zip';

const work = temporaryFolder('hostile');
const table = Buffer.from('日期,煤量\n2024-03-01,1\n合计,100.5\n');
const changed = Buffer.from('日期,煤量\n2024-03-01,1\n合计,999.9\n');
const sheet = '煤量.csv';
const plain = { name: sheet, data: table };
const sevenZip = Buffer.concat([Buffer.from('377abcaf271c0004', 'hex'), Buffer.alloc(64)]);
const rar = Buffer.concat([Buffer.from('526172211a070100', 'hex'), Buffer.alloc(64)]);
const bzip2 = Buffer.concat([Buffer.from('BZh91AY&SY'), Buffer.alloc(64)]);
const xz = Buffer.concat([Buffer.from('fd377a585a0000', 'hex'), Buffer.alloc(64)]);
const archives: Readonly<Record<string, Buffer>> = { '7z': sevenZip, rar, bzip2, xz };

function recordOf(name: string, bytes: Buffer, at: number): AnchoredRecord {
  const document = { ...documentNamed(name, 0, 'daily-coal'), sha256: digestBytes(bytes).sha256 };
  const size = String(bytes.length);
  return anchored({
    ...{ id: `rec:${String(at).padStart(64, '0')}`, at, unit: `U${String(at)}`, type: 'monthly-evidence' },
    documents: [{ ...document, size, mediaType: 'text/csv' }],
  });
}

let count = 0;

/** Compares one folder with what is anchored, and sees that nothing was left anywhere. */
async function checked(
  files: Readonly<Record<string, Buffer>>,
  records: readonly AnchoredRecord[] = [recordOf(sheet, table, 1)],
  own: Readonly<Record<string, Buffer>> = {},
): Promise<FolderCheck> {
  const folder = path.join(work, String((count += 1)));
  const [stick, scratch, copies] = ['stick', 'scratch', 'own'].map((name) => path.join(folder, name));
  for (const [place, content] of [[stick!, files] as const, [scratch!, {}] as const, [copies!, own] as const]) {
    mkdirSync(place, { recursive: true });
    for (const [name, bytes] of Object.entries(content)) writeFileSync(path.join(place, name), bytes);
  }
  const given = { places: [stick!], openings: [], own: Object.keys(own).length === 0 ? [] : [copies!] };
  const found = await checkFolder({
    records,
    extent: { plants: [uscc], years: ['2024'] },
    ...given,
    scratch: scratch!,
  });
  expect([readdirSync(folder).sort(), readdirSync(scratch!)]).toEqual([['own', 'scratch', 'stick'], []]);
  return found;
}

/** Of each file `VERDICT NAME: WHY`. */
function told({ files }: FolderCheck): string[] {
  return files.map(({ path: where, verdict, why }: CheckedFile) => {
    const name = where.replace(/^.*\/stick\//, '');
    return `${verdict} ${name}${why === undefined ? '' : `: ${why}`}`;
  });
}

const inside = (verdict: string, name: string, why?: string): string =>
  `${verdict} a.zip » ${name}${why === undefined ? '' : `: ${why}`}`;
const notLooked = (why: string): string => `${why}: it was not looked at`;
const opened = 'archive a.zip';

const cases: Readonly<Record<string, readonly [RawEntry[], string[]]>> = {
  'nothing of it': [[plain], [opened, inside('same', sheet)]],
  'a file that bursts': [
    [plain, { name: 'b', data: Buffer.alloc(17 * 1024 * 1024) }],
    [
      opened,
      inside('unreadable', 'b', notLooked('it unpacks to more than two hundred times its size')),
      inside('same', sheet),
    ],
  ],
  'a file listed over the bytes of another': [
    [plain, { ...plain, name: 'b', at: 0 }],
    [
      opened,
      inside('unreadable', 'b', notLooked('it shares its bytes with another file of the archive')),
      inside('same', sheet),
    ],
  ],
  'names that lead out': [
    ['../../a.csv', '/etc/a.csv', 'C:\\a.csv', 'x\\..\\..\\a.csv'].map((name) => ({ name, data: changed })),
    [
      opened,
      ...['../../a.csv', '/etc/a.csv', 'C:\\a.csv', 'x\\..\\..\\a.csv'].map((name) =>
        inside('not-anchored', name, 'its name leads out of the archive'),
      ),
    ],
  ],
  'a file that leads out and is as it was anchored': [
    [{ ...plain, name: `../${sheet}` }],
    [opened, inside('same', `../${sheet}`, 'its name leads out of the archive')],
  ],
  'a locked file': [[{ ...plain, flags: 0x801 }], [opened, inside('unreadable', sheet, notLooked('it is encrypted'))]],
  'a file that is locked in front of its bytes alone': [
    [{ ...plain, localFlags: 0x801 }],
    [opened, inside('unreadable', sheet, notLooked('it is encrypted'))],
  ],
  'a file locked by AES': [
    [{ ...plain, method: 99 }],
    [opened, inside('unreadable', sheet, notLooked('it is encrypted'))],
  ],
  'a file packed otherwise': [
    [{ ...plain, method: 14 }],
    [opened, inside('unreadable', sheet, notLooked('it is packed by a method that is not unpacked here (LZMA)'))],
  ],
  'a link': [
    [{ name: sheet, data: Buffer.from('/etc/passwd'), mode: 0o120777 }],
    [opened, inside('unreadable', sheet, notLooked('a link, which is not followed'))],
  ],
  'a link to what was anchored': [
    [{ ...plain, mode: 0o120777 }],
    [opened, inside('unreadable', sheet, notLooked('a link, which is not followed'))],
  ],
  'a device': [
    [{ ...plain, mode: 0o020666 }],
    [opened, inside('unreadable', sheet, notLooked('a device or pipe, not a file'))],
  ],
  'a name in GBK': [
    [{ ...plain, name: Buffer.from('c3bac1bf2e637376', 'hex'), flags: 0 }],
    [opened, inside('same', sheet)],
  ],
  'a file that is there twice': [
    [plain, { ...plain, data: changed }],
    [
      opened,
      inside('same', sheet, 'the archive has several files of this name'),
      inside('changed', sheet, 'the archive has several files of this name'),
    ],
  ],
  'two names of one file': [
    [{ ...plain, localName: 'b.csv' }],
    [opened, inside('same', sheet, 'a second name stands in front of it: b.csv')],
  ],
  'a checksum that is another one': [
    [{ ...plain, crc: 7 }],
    [opened, inside('unreadable', sheet, 'it is damaged: its checksum is another one than the archive states')],
  ],
};

describe('an archive on a stick that holds', () => {
  it.each(Object.entries(cases))('%s', async (_name, [entries, expected]) => {
    const found = told(await checked({ 'a.zip': rawZip(entries) }));
    expect(found.sort()).toEqual([...expected].sort());
  });
});

describe('an archive on a stick', () => {
  it.each([
    ['that was cut off', rawZip([plain]).subarray(0, 60), 'the archive cannot be read: End of central directory'],
    ['that is empty', rawZip([]), 'the archive is empty: there is nothing to look at'],
    ['that is none', Buffer.from('日期,煤量'), 'the archive cannot be read: End of central directory'],
  ])('%s says so, and is no file that nobody anchored', async (_name, bytes, why) => {
    const found = await checked({ 'a.zip': bytes });
    expect(found.files).toMatchObject([{ verdict: 'unreadable', why: expect.stringContaining(why) as unknown }]);
    expect(found.counts).toMatchObject({ unreadable: 1, 'not-anchored': 0, missing: 1 });
  });

  it('that states a size too small gives nothing of the file', async () => {
    const found = told(await checked({ 'a.zip': rawZip([{ ...plain, size: 3 }]) }));
    expect(found).toEqual([
      opened,
      expect.stringMatching(/^unreadable a\.zip » 煤量\.csv: it is damaged: too many bytes/),
    ]);
  });

  it('that holds bytes of no file says how many', async () => {
    const found = told(await checked({ 'a.zip': rawZip([plain], Buffer.alloc(1000, 7)) }));
    expect(found).toContain(inside('unreadable', '…', '1000 bytes of the archive belong to no file that it lists'));
  });

  it.each(Object.entries(archives))('of kind %s is not opened, whatever it is called', async (kind, bytes) => {
    const why = `an archive (${kind}) that is not opened: unpack it and check the folder`;
    const names = ['a.zip', 'b.dat', '资料'];
    const found = await checked({
      ...Object.fromEntries(names.map((name) => [name, bytes])),
      'c.zip': rawZip([{ name: 'd.bin', data: bytes }]),
    });
    const each = names.map((name) => `unreadable ${name}: ${why}`);
    expect(told(found).sort()).toEqual(['archive c.zip', ...each, `unreadable c.zip » d.bin: ${why}`].sort());
  });

  it('that was anchored as it is, is so, and says that it was not opened', async () => {
    const found = told(await checked({ 'a.7z': sevenZip }, [recordOf('a.7z', sevenZip, 1)]));
    expect(found).toEqual(['same a.7z: an archive (7z) that is not opened: unpack it and check the folder']);
  });

  it('is opened under any name, and a document that is one inside is not', async () => {
    const found = told(await checked({ 'a.dat': rawZip([plain]), 'b.docx': rawZip([{ ...plain, name: 'x.xml' }]) }));
    expect(found).toEqual(['archive a.dat', `same a.dat » ${sheet}`, 'not-anchored b.docx']);
  });

  it('gives an answer whatever bits of it are turned, and none that is wrong', async () => {
    const bytes = rawZip([plain, { name: 'b/内.zip', data: rawZip([plain, { name: 'c.csv', data: changed }]) }]);
    const turn = fc.record({ at: fc.nat({ max: bytes.length - 1 }), to: fc.nat({ max: 255 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 1, maxLength: 4 }), async (turns) => {
        const turned = Buffer.from(bytes);
        for (const { at, to } of turns) turned[at] = to;
        const { files } = await checked({ 'a.zip': turned });
        const same = files.filter(({ verdict }) => verdict === 'same');
        expect(same.filter(({ sha256 }) => sha256 !== digestBytes(table).sha256)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what may come out of an archive', () => {
  it('is so many files, and a hundred times its size', () => {
    const budget = new Budget(10_000_000);
    expect(budget.unpack(1_000_000_000)).toBeUndefined();
    expect(budget.unpack(1)).toContain('more than a hundred times its size');
    for (let file = 0; file < 100_000; file += 1) expect(budget.file()).toBeUndefined();
    expect(budget.file()).toBe('more than 100000 files: the rest was not looked at');
  });
});

describe('a table on a stick', () => {
  const target = 'TargetMode="External" Target="http://127.0.0.1:9/a.xlsx"';
  const outside = `<Relationships><Relationship Id="r" Type="x" ${target}/></Relationships>`;
  const own = { [sheet]: table };

  it('of separators alone is compared whole, and fills no memory', async () => {
    const files = { [sheet]: Buffer.alloc(5_000_000, ',') };
    const why = 'it cannot be read as a table: row 1 has more than 16384 cells';
    expect(told(await checked(files, undefined, own))).toEqual([`changed ${sheet}: ${why}`]);
  });

  it('that asks another place for its values is read as it lies there', async () => {
    const workbook = (value: string): Buffer =>
      Buffer.from(
        rawWorkbook({
          sheets: { 煤: `<sheetData><row r="1"><c r="A1"><f>[1]Sheet1!A1</f><v>${value}</v></c></row></sheetData>` },
          more: {
            'xl/externalLinks/externalLink1.xml': strToU8('<externalLink/>'),
            'xl/externalLinks/_rels/externalLink1.xml.rels': strToU8(outside),
          },
        }),
      );
    const name = '煤.xlsx';
    const [before, after] = [workbook('1'), workbook('2')];
    const { files } = await checked({ [name]: after }, [recordOf(name, before, 1)], { [name]: before });
    expect(files).toMatchObject([
      { verdict: 'changed', cells: [{ sheet: '煤', cell: 'A1', anchored: '1', found: '2' }] },
    ]);
  });

  it('that bursts is compared whole', async () => {
    const bomb = Buffer.from(zipSync({ 'xl/workbook.xml': new Uint8Array(20_000_000) }));
    const found = told(await checked({ '煤.xlsx': bomb }, [recordOf('煤.xlsx', table, 1)], { '煤.xlsx': table }));
    expect(found).toEqual([expect.stringContaining('unpacks to more than 200 times its size')]);
  });
});

describe('a folder on a stick', () => {
  it('follows no link', async () => {
    const folder = path.join(work, 'links');
    mkdirSync(folder);
    symlinkSync('/etc', path.join(folder, 'a'));
    symlinkSync(work, path.join(folder, 'b'));
    const given = { places: [folder], openings: [], own: [], scratch: work };
    const { files } = await checkFolder({ records: [], extent: { plants: [uscc], years: [] }, ...given });
    expect(files.map(({ verdict, why }) => [verdict, why])).toEqual(
      Array(2).fill(['unreadable', 'a link, which is not followed: it was not looked at']),
    );
  });
});
