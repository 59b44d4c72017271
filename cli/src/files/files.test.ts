import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { digestBytes } from '@carbon-ledger/core';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { hashFiles } from './hash-files';
import { mediaTypeOf } from './media-type';
import { findPlace, shownPlace, type Place } from './place';
import { readJsonFile } from './read-file';
import { filesOf, isPassedOver, type Found } from './walk';
import { writeWhole } from './write-file';

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

describe('hashing', () => {
  it('gives size and both digests in order', async () => {
    const folder = sampleFolder();
    const hashed = await collect(hashFiles(filesOf([folder])));
    const place = { path: path.join(folder, 'a.txt'), name: 'a.txt' };
    expect(hashed[0]).toEqual({ ...place, size: 5, ...digestBytes(Buffer.from('a.txt')) });
    expect(hashed).toHaveLength(4);
  });

  it('names a file that cannot be read instead of skipping it', async () => {
    const missing = (async function* (): AsyncGenerator<Found> {
      yield* await Promise.resolve(['/nowhere/at/all']);
    })();
    expect(await collect(hashFiles(missing))).toEqual([
      { path: '/nowhere/at/all', name: 'all', error: expect.stringContaining('ENOENT') as string },
    ]);
  });
});

describe('writing', () => {
  const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

  it('keeps the mode of what stood there, and what a link leads to', async () => {
    const folder = temporaryFolder('cli');
    const file = path.join(folder, 'own');
    writeFileSync(file, 'before');
    chmodSync(file, 0o600);
    symlinkSync('own', path.join(folder, 'link'));
    await writeWhole(path.join(folder, 'link'), 'after');
    expect([readFileSync(file, 'utf8'), modeOf(file)]).toEqual(['after', '600']);
    expect(execFileSync('ls', ['-A', folder], { encoding: 'utf8' }).trim().split('\n')).toEqual(['link', 'own']);
  });

  it('lets nobody else read what is private', async () => {
    const folder = temporaryFolder('cli');
    const [fresh, open] = ['fresh', 'open'].map((name) => path.join(folder, name)) as [string, string];
    writeFileSync(open, 'x');
    chmodSync(open, 0o644);
    for (const file of [fresh, open]) await writeWhole(file, 'secret', { isPrivate: true });
    expect([fresh, open].map(modeOf)).toEqual(['600', '600']);
  });

  it('writes through a pipe, a dangling link and a device', async () => {
    const folder = temporaryFolder('cli');
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reading = collect((await import('node:fs')).createReadStream(pipe));
    await writeWhole(pipe, 'through');
    expect(Buffer.concat((await reading) as Buffer[]).toString()).toBe('through');
    expect(statSync(pipe).isFIFO()).toBe(true);
    symlinkSync('target', path.join(folder, 'link'));
    await writeWhole(path.join(folder, 'link'), 'made');
    expect(readFileSync(path.join(folder, 'target'), 'utf8')).toBe('made');
    await writeWhole('/dev/null', 'gone');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it.each([
    ['/dev/full', 'DISK_FULL', 'ENOSPC'],
    ['/nowhere/at/all', 'FILE_UNREADABLE', 'ENOENT'],
    ['/proc/version', 'FILE_', 'E'],
    ['/', 'FILE_UNREADABLE', 'EISDIR'],
  ])('says why %s cannot be written', async (file, code, reason) => {
    await expect(writeWhole(file, 'x')).rejects.toMatchObject({
      code: expect.stringContaining(code) as string,
      message: expect.stringContaining(reason) as string,
    });
  });

  it('does not wait for ever for somebody to read a pipe', async () => {
    const pipe = path.join(temporaryFolder('cli'), 'pipe');
    execFileSync('mkfifo', [pipe]);
    await expect(writeWhole(pipe, 'x')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  it('leaves nothing beside what it could not replace', async () => {
    const folder = temporaryFolder('cli');
    mkdirSync(path.join(folder, 'folder'));
    await expect(writeWhole(path.join(folder, 'folder'), 'x')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    expect(execFileSync('ls', ['-A', folder], { encoding: 'utf8' }).trim()).toBe('folder');
  });
});

describe('reading JSON', () => {
  it('names the file with its fault', async () => {
    const file = path.join(temporaryFolder('cli'), 'twice.json');
    writeFileSync(file, '{"a": 1,\n"a": 2}');
    await expect(readJsonFile(file)).rejects.toMatchObject({
      code: 'BAD_JSON',
      message: expect.stringContaining(file) as string,
      faults: [{ path: '/a' }],
    });
    await expect(readJsonFile('/nowhere')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});

describe('media types', () => {
  it.each([
    ['a.PDF', 'application/pdf'],
    ['b.csv', 'text/csv'],
    ['c', 'application/octet-stream'],
  ])('of %s', (file, type) => {
    expect(mediaTypeOf(file)).toBe(type);
  });
});
