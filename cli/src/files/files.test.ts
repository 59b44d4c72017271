import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { digestBytes } from '@carbon-ledger/core';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { hashFile } from './hash-file';
import { hashFiles } from './hash-files';
import { mediaTypeOf } from './media-type';
import { runInProcess } from '../testing/test-io';
import { Folders } from '../verification/folders';
import { readJsonFile, readTextFile } from './read-file';
import { filesOf, type Found } from './walk';
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

describe('hashing', () => {
  it('gives size and both digests in order', async () => {
    const folder = sampleFolder();
    const hashed = await collect(hashFiles(filesOf([folder])));
    const place = { path: path.join(folder, 'a.txt'), name: 'a.txt' };
    expect(hashed[0]).toEqual({ ...place, size: 5, ...digestBytes(Buffer.from('a.txt')) });
    expect(hashed).toHaveLength(4);
  });

  it('waits for nobody to write to a pipe that has a name', async () => {
    const pipe = path.join(temporaryFolder('cli'), 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(await hashFile(pipe)).toMatchObject({ path: pipe, error: expect.stringContaining('pipe') as string });
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

  it.each([
    ['as it is', {}, '644'],
    ['private', { isPrivate: true }, '600'],
  ])('writes a file with two names where it lies, %s', async (_, options, mode) => {
    const folder = temporaryFolder('cli');
    const [one, other] = ['one', 'other'].map((name) => path.join(folder, name)) as [string, string];
    writeFileSync(one, 'before, and longer', { mode: 0o644 });
    chmodSync(one, 0o644);
    linkSync(one, other);
    await writeWhole(other, 'after', options);
    expect([one, other].map((name) => [readFileSync(name, 'utf8'), modeOf(name), statSync(name).nlink])).toEqual([
      ['after', mode, 2],
      ['after', mode, 2],
    ]);
  });

  it.each(['-', '/dev/stdout', '/proc/self/fd/1'])('writes %s to standard output, and opens nothing', async (name) => {
    const parts: unknown[] = [];
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((part: unknown, ...others: unknown[]) => {
      parts.push(part);
      (others.at(-1) as ((error: null) => void) | undefined)?.(null);
      return true;
    });
    try {
      await writeWhole(name, 'to whoever reads');
      const { stdout, stderr, code } = await runInProcess(['template', 'monthly-evidence', '-o', name]);
      // The workbook alone: what is said about it is no part of it.
      expect([code, stdout, stderr]).toEqual([0, '', expect.stringContaining('sheets:')]);
    } finally {
      write.mockRestore();
    }
    expect(parts).toEqual(['to whoever reads', expect.any(Uint8Array)]);
    expect(existsSync('-')).toBe(false);
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

describe('reading text', () => {
  const saved = (bytes: Uint8Array, name = 'facts.yaml'): string => {
    const file = path.join(temporaryFolder('cli'), name);
    writeFileSync(file, bytes);
    return file;
  };

  it.each([
    ['GBK', Buffer.from([0x6e, 0x3a, 0xbc, 0xec]), 'GB18030'],
    ['Big5', Buffer.from([0xa4, 0xa4, 0xa4, 0xe5, 0x80]), 'not UTF-8'],
    ['Latin-1', Buffer.from('caf\u00e9', 'latin1'), 'not UTF-8'],
    ['UTF-16', Buffer.from('\ufeffn: 1', 'utf16le'), 'UTF-16'],
    ['UTF-8 cut in a letter', Buffer.from('名').subarray(0, 2), 'not UTF-8'],
  ])('refuses %s, and names file and line', async (_, bytes, word) => {
    const file = saved(bytes);
    await expect(readTextFile(file)).rejects.toMatchObject({
      code: 'BAD_ENCODING',
      message: expect.stringMatching(new RegExp(`^${file}: .*${word}`)) as string,
    });
    const filed = await runInProcess(['methodology', 'lint', path.dirname(saved(bytes, 'methodology.yaml'))]);
    expect([filed.code, filed.stderr]).toEqual([2, expect.stringContaining('BAD_ENCODING')]);
  });

  it('takes a byte order mark away', async () => {
    expect(await readTextFile(saved(Buffer.from('\ufeffn: 名')))).toBe('n: 名');
  });

  it.each([
    ['GBK', gbkName, 'BAD_ENCODING'],
    ['no JSON', Buffer.from('{"a": [}'), 'BAD_JSON'],
    ['a key twice', Buffer.from('{"a": [], "a": []}'), 'BAD_JSON'],
  ])('tells a list of a folder that cannot be read: %s', async (_, bytes, code) => {
    const list = saved(bytes, 'manifest.json');
    const [found] = await collect(new Folders([path.dirname(list)]).documents());
    expect(found).toEqual({ passedOver: list, why: expect.stringContaining(code) as string });
  });

  it('takes another program’s manifest.json for a document', async () => {
    const file = saved(Buffer.from('{"name": "app"}'), 'manifest.json');
    expect(await collect(new Folders([path.dirname(file)]).documents())).toEqual([file]);
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
