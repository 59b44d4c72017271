import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { digestBytes, type AnchoredRecord, type FolderCheck } from '@carbon-ledger/core';
import fc from 'fast-check';
import { anchored, documentNamed, uscc } from '../../../core/src/inspection/testing/anchored';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { checkFolder } from './check';
import { paxLine, rawTar, type TarEntry } from './testing/raw-tar';
import { rawZip } from './testing/raw-zip';

const work = temporaryFolder('hostile-tar');
const table = Buffer.from('日期,煤量\n2024-03-01,1\n合计,100.5\n');
const changed = Buffer.from('日期,煤量\n2024-03-01,1\n合计,999.9\n');
const sheet = '煤量.csv';
const plain: TarEntry = { name: sheet, data: table };

function recordOf(name: string, bytes: Buffer): AnchoredRecord {
  const document = { ...documentNamed(name, 0, 'daily-coal'), sha256: digestBytes(bytes).sha256 };
  return anchored({
    ...{ id: `rec:${'1'.padStart(64, '0')}`, at: 1, unit: 'U1', type: 'monthly-evidence' },
    documents: [{ ...document, size: String(bytes.length), mediaType: 'text/csv' }],
  });
}

let count = 0;

/** Compares one folder with what is anchored, and sees that nothing was left anywhere. */
async function checked(files: Readonly<Record<string, Buffer>>): Promise<FolderCheck> {
  const folder = path.join(work, String((count += 1)));
  const [stick, scratch] = [path.join(folder, 'stick'), path.join(folder, 'scratch')];
  for (const place of [stick, scratch]) mkdirSync(place, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(path.join(stick, name), bytes);
  const records = [recordOf(sheet, table)];
  const extent = { plants: [uscc], years: ['2024'] };
  const found = await checkFolder({ records, extent, places: [stick], openings: [], own: [], scratch });
  expect([readdirSync(folder).sort(), readdirSync(scratch)]).toEqual([['scratch', 'stick'], []]);
  return found;
}

/** Of each file `VERDICT NAME: WHY`. */
function told({ files }: FolderCheck): string[] {
  return files
    .map(({ path: where, verdict, why }) => {
      const name = where.replace(/^.*\/stick\//, '');
      return `${verdict} ${name}${why === undefined ? '' : `: ${why}`}`;
    })
    .sort();
}

const inside = (verdict: string, name: string, why?: string): string =>
  `${verdict} A » ${name}${why === undefined ? '' : `: ${why}`}`;
const notLooked = (why: string): string => `${why}: it was not looked at`;
const opened = 'archive A';
const long = `${'长'.repeat(50)}.csv`;
const gbk = Buffer.from('c3bac1bf2e637376', 'hex');
const extended = (...lines: readonly (readonly [string, string])[]): TarEntry => ({
  name: 'PaxHeaders/x',
  type: 'x',
  data: Buffer.from(lines.map(([name, value]) => paxLine(name, value)).join('')),
});

const cases: Readonly<Record<string, readonly [TarEntry[], string[]]>> = {
  'nothing of it': [[plain], [opened, inside('same', sheet)]],
  'a folder, and an empty file': [
    [{ name: 'a/', type: '5' }, { ...plain, name: `a/${sheet}` }, { name: 'a/leer' }],
    [opened, inside('not-anchored', 'a/leer'), inside('same', `a/${sheet}`)],
  ],
  'a name in GBK': [[{ name: gbk, data: table }], [opened, inside('same', sheet)]],
  'a name in an extended header': [
    [extended(['path', long]), { name: 'x', data: changed }],
    [opened, inside('not-anchored', long)],
  ],
  'a link': [
    [{ name: sheet, type: '2', link: '/etc/passwd' }],
    [opened, inside('unreadable', sheet, notLooked('a link, which is not followed'))],
  ],
  'a hard link': [
    [plain, { name: 'b.csv', type: '1', link: sheet }],
    [opened, inside('same', sheet), inside('unreadable', 'b.csv', notLooked('a link, which is not followed'))],
  ],
  'a device': [
    [{ name: 'dev', type: '3' }],
    [opened, inside('unreadable', 'dev', notLooked('a device or pipe, not a file'))],
  ],
  'a pipe': [
    [{ name: 'dev', type: '6' }],
    [opened, inside('unreadable', 'dev', notLooked('a device or pipe, not a file'))],
  ],
  'a kind that nobody knows': [
    [{ ...plain, type: 'Z' }],
    [opened, inside('unreadable', sheet, notLooked('an entry of a kind that is not known here'))],
  ],
  'a file with holes': [
    [extended(['GNU.sparse.major', '1']), plain],
    [opened, inside('unreadable', sheet, notLooked('a file with holes, as tar packs it'))],
  ],
  'names that lead out': [
    ['../../a.csv', '/etc/a.csv'].map((name) => ({ name, data: changed })),
    [
      opened,
      ...['../../a.csv', '/etc/a.csv'].map((name) => inside('not-anchored', name, 'its name leads out of the archive')),
    ],
  ],
  'a file that is there twice': [
    [plain, { ...plain, data: changed }],
    [
      opened,
      inside('changed', sheet, 'the archive has several files of this name'),
      inside('same', sheet, 'the archive has several files of this name'),
    ],
  ],
  'a file behind a header that hides it': [
    [{ name: 'x', type: 'L', data: Buffer.concat([Buffer.from(`${sheet}\u0000`), Buffer.alloc(600)]) }, plain],
    [
      opened,
      inside('same', sheet),
      inside('unreadable', '…', '1536 bytes of the archive belong to no file that it lists'),
    ],
  ],
  'an old tar': [[{ ...plain, isOld: true }], [opened, inside('same', sheet)]],
};

describe('a tar on a stick that holds', () => {
  it.each(Object.entries(cases))('%s', async (_name, [entries, expected]) => {
    const tar = rawTar(entries);
    for (const [name, bytes] of [['a.tar', tar] as const, ['a.tar.gz', gzipSync(tar)] as const]) {
      const found = told(await checked({ [name]: bytes }));
      expect(found).toEqual(expected.map((line) => line.replace(' A', ` ${name}`)).sort());
    }
  });
});

describe('a tar on a stick', () => {
  const cut = rawTar([plain, { ...plain, name: 'b', data: Buffer.alloc(4096, 1) }]).subarray(0, 3000);

  it.each([
    ['that was cut off', cut, 'the archive cannot be read: Unexpected end of data'],
    ['that is empty', rawTar([]), 'the archive is empty: there is nothing to look at'],
    ['that is none', Buffer.alloc(2048, 7), 'the archive cannot be read: Invalid tar header'],
    ['of a file of no size', rawTar([{ ...plain, size: '\u00ff'.repeat(6) }]), 'the archive cannot be read'],
    ['of a file that goes back', rawTar([extended(['size', '-512']), plain]), 'a file of it has no size'],
    [
      'of a header that fills memory',
      rawTar([{ name: 'x', type: 'x', data: Buffer.alloc(3_000_000) }, plain]),
      'more than 1 MB of it belong to no file',
    ],
    ['with bytes behind its end', Buffer.concat([rawTar([plain]), Buffer.alloc(1024, 7)]), 'Invalid tar header'],
  ])('%s says so, and is no file that nobody anchored', async (_name, bytes, why) => {
    for (const [name, given] of [['a.tar', bytes] as const, ['a.tgz', gzipSync(bytes)] as const]) {
      const { files } = await checked({ [name]: given });
      const whole = files.find(({ path: where }) => where.endsWith(name));
      expect(whole).toMatchObject({ verdict: 'unreadable', why: expect.stringContaining(why) as unknown });
    }
  });

  it('is opened under any name, in a zip and in another tar, and no deeper than three', async () => {
    const tar = rawTar([plain]);
    const nested = rawTar([
      { name: 'b.tar', data: rawTar([{ name: 'c.tgz', data: gzipSync(rawZip([plain as never])) }]) },
    ]);
    const found = told(
      await checked({ 'a.dat': tar, 'b.zip': rawZip([{ name: 'c.bin', data: gzipSync(tar) }]), 'd.tar': nested }),
    );
    expect(found).toContain(`same a.dat » ${sheet}`);
    expect(found).toContain(`same b.zip » c.bin » ${sheet}`);
    expect(found).toContain(
      'unreadable d.tar » b.tar » c.tgz » c.tar: an archive in an archive in an archive: what is inside was not looked at',
    );
  });

  it('gives an answer whatever bits of it are turned, and none that is wrong', async () => {
    const bytes = rawTar([
      extended(['mtime', '1']),
      plain,
      { name: 'b.zip', data: rawZip([{ name: sheet, data: table }]) },
    ]);
    const turn = fc.record({ at: fc.nat({ max: bytes.length - 1 }), to: fc.nat({ max: 255 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 1, maxLength: 4 }), async (turns) => {
        const turned = Buffer.from(bytes);
        for (const { at, to } of turns) turned[at] = to;
        const { files } = await checked({ 'a.tar': turned });
        const same = files.filter(({ verdict }) => verdict === 'same');
        expect(same.filter(({ sha256 }) => sha256 !== digestBytes(table).sha256)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a gzip on a stick', () => {
  it('that packs one file gives that file', async () => {
    const found = told(await checked({ [`${sheet}.gz`]: gzipSync(table), b: gzipSync(changed) }));
    expect(found).toEqual(['archive b', `archive ${sheet}.gz`, 'not-anchored b » b', `same ${sheet}.gz » ${sheet}`]);
  });

  it.each([
    ['that bursts', gzipSync(Buffer.alloc(20 * 1024 * 1024)), 'it unpacks to more than two hundred times its size'],
    ['that was cut off', gzipSync(table).subarray(0, 30), 'the archive cannot be read: it is cut off'],
    ['that is none', Buffer.from('日期'), 'the archive cannot be read: its bytes are no gzip, or damaged'],
  ])('%s says so', async (_name, bytes, why) => {
    const { files } = await checked({ 'a.gz': bytes });
    expect(files).toMatchObject([{ verdict: 'unreadable', why: expect.stringContaining(why) as unknown }]);
  });

  it('whose checksum is another one gives nothing of it', async () => {
    const bytes = gzipSync(table);
    bytes.writeUInt32LE(7, bytes.length - 8);
    expect(told(await checked({ 'a.gz': bytes }))).toEqual([
      'unreadable a.gz: the archive cannot be read: its bytes are no gzip, or damaged',
    ]);
  });

  it('with other bytes behind it is not looked at, and zeros behind it are nothing', async () => {
    const found = told(
      await checked({
        'a.gz': Buffer.concat([gzipSync(changed), Buffer.alloc(70, 7)]),
        [`${sheet}.gz`]: Buffer.concat([gzipSync(table), Buffer.alloc(3_000_000)]),
      }),
    );
    expect(found).toEqual([
      `archive ${sheet}.gz`,
      `same ${sheet}.gz » ${sheet}`,
      'unreadable a.gz: the archive cannot be read: its bytes are no gzip, or damaged',
    ]);
  });
});
