import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { digestBytes } from '@carbon-ledger/core';
import { lackingProc, onlyWhere } from '../../../test/support/only-where';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { hashFiles } from './hash-files';
import { findPlace, shownPlace, type Place } from './place';
import { filesOf, isPassedOver } from './walk';

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function sampleFolder(): string {
  const folder = temporaryFolder('cli');
  mkdirSync(path.join(folder, 'b'));
  for (const name of ['c.txt', 'a.txt', 'b/z.txt', 'b/y.txt']) writeFileSync(path.join(folder, name), name);
  return folder;
}

/** `检测报告.pdf` in GBK. */
const gbkName = Buffer.from([0xbc, 0xec, 0xb2, 0xe2, 0xb1, 0xa8, 0xb8, 0xe6, 0x2e, 0x70, 0x64, 0x66]);

function inFolder(folder: string, name: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${folder}/`), name]);
}

describe('walking', () => {
  it('gives every file below a folder in name order', async () => {
    const folder = sampleFolder();
    const found = await collect(filesOf([folder]));
    const names = found.map((file) => (isPassedOver(file) ? '?' : path.relative(folder, shownPlace(file))));
    expect(names).toEqual(['a.txt', 'b/y.txt', 'b/z.txt', 'c.txt']);
  });

  it('names what it does not look at, and goes on', async () => {
    const folder = sampleFolder();
    symlinkSync(path.join(folder, 'a.txt'), path.join(folder, 'link.txt'));
    mkdirSync(path.join(folder, 'none'));
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    const found = await collect(filesOf(['/nowhere/at/all', folder, path.join(folder, 'a.txt/b')]));
    const over = found.filter(isPassedOver).map(({ passedOver, why }) => [path.basename(shownPlace(passedOver)), why]);
    expect(over).toEqual([
      ['all', expect.stringContaining('no such file') as string],
      ['link.txt', expect.stringContaining('link') as string],
      ['none', expect.stringContaining('empty') as string],
      ['pipe', expect.stringContaining('pipe') as string],
      ['b', expect.stringContaining('ENOTDIR') as string],
    ]);
    expect(found.filter((one) => !isPassedOver(one))).toHaveLength(4);
  });

  it('goes as deep as folders lie in each other, and comes back', async () => {
    const folder = temporaryFolder('cli');
    const deep = path.join(folder, ...Array<string>(1_200).fill('d'));
    mkdirSync(deep, { recursive: true });
    writeFileSync(path.join(deep, 'z'), 'x');
    writeFileSync(path.join(folder, 'e'), 'x');
    const found = await collect(filesOf([folder]));
    expect(found).toEqual([path.join(deep, 'z'), path.join(folder, 'e')]);
  });

  onlyWhere(lackingProc, 'files of the system’s own', () => {
    it.each(['/proc/kmsg', '/proc/self/mem', '/proc/version'])(
      'are not read, for they may never end: %s',
      async (name) => {
        const found = await collect(filesOf([name]));
        expect(found).toEqual([{ passedOver: name, why: expect.stringContaining('no document') as string }]);
      },
    );
  });

  it('finds names that are no UTF-8, and shows them readably', async () => {
    const folder = temporaryFolder('cli');
    writeFileSync(inFolder(folder, gbkName), 'report');
    writeFileSync(inFolder(folder, Buffer.from([0xff, 0x41])), 'odd');
    const hashed = await collect(hashFiles(filesOf([folder])));
    expect(hashed.map(({ name, pathBytes }) => [name, pathBytes?.slice(-4)])).toEqual([
      ['检测报告.pdf', '6466'],
      ['\\xffA', 'ff41'],
    ]);
    expect(hashed[0]).toMatchObject({ size: 6, ...digestBytes(Buffer.from('report')) });
  });

  it('finds a file by a text that reads like its name: GBK, or another Unicode form', async () => {
    const folder = temporaryFolder('cli');
    writeFileSync(inFolder(folder, gbkName), 'report');
    writeFileSync(path.join(folder, 'e\u0301nergie.csv'), 'x');
    const shown = async (name: string): Promise<Place> => shownPlace(await findPlace(path.join(folder, name)));
    expect(await shown('检测报告.pdf')).toBe(path.join(folder, '检测报告.pdf'));
    // As a shell hands over bytes that are no UTF-8.
    expect(await shown(gbkName.toString('utf8'))).toBe(path.join(folder, '检测报告.pdf'));
    expect(await shown('\u00e9nergie.csv')).toBe(path.join(folder, 'e\u0301nergie.csv'));
    expect(await shown('another.pdf')).toBe(path.join(folder, 'another.pdf'));
  });

  it('takes neither of two files whose names read the same', async () => {
    const folder = temporaryFolder('cli');
    writeFileSync(inFolder(folder, gbkName), 'gbk');
    writeFileSync(path.join(folder, 'e\u0301.pdf'), 'one');
    writeFileSync(path.join(folder, '\u00e9.pdf'), 'other');
    expect(readFileSync(await findPlace(path.join(folder, '\u00e9.pdf')), 'utf8')).toBe('other');
    writeFileSync(inFolder(folder, Buffer.from([...gbkName.subarray(0, 8), 0x2e, 0xff])), 'x');
    const [first] = await collect(hashFiles(filesOf([path.join(folder, '检测报告.pdf')])));
    expect(first).toMatchObject({ size: 3 });
  });
});
