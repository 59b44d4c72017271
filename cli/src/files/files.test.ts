import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { digestBytes } from '@carbon-ledger/core';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { hashFiles } from './hash-files';
import { mediaTypeOf } from './media-type';
import { filesOf } from './walk';

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function sampleFolder(): string {
  const folder = temporaryFolder('cli');
  mkdirSync(path.join(folder, 'b'));
  for (const name of ['c.txt', 'a.txt', 'b/z.txt', 'b/y.txt']) writeFileSync(path.join(folder, name), name);
  symlinkSync(path.join(folder, 'a.txt'), path.join(folder, 'link.txt'));
  return folder;
}

describe('walking', () => {
  it('gives every file below a folder in name order and follows no links', async () => {
    const folder = sampleFolder();
    const found = await collect(filesOf([folder]));
    expect(found.map((file) => path.relative(folder, file))).toEqual(['a.txt', 'b/y.txt', 'b/z.txt', 'c.txt']);
  });
  it('fails for a place that is not there', async () => {
    await expect(collect(filesOf([path.join(sampleFolder(), 'missing')]))).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    });
  });
});

describe('hashing', () => {
  it('gives size and both digests in order', async () => {
    const folder = sampleFolder();
    const hashed = await collect(hashFiles(filesOf([folder])));
    expect(hashed[0]).toEqual({ path: path.join(folder, 'a.txt'), size: 5, ...digestBytes(Buffer.from('a.txt')) });
    expect(hashed).toHaveLength(4);
  });
  it('names a file that cannot be read instead of skipping it', async () => {
    const missing = (async function* (): AsyncGenerator<string> {
      yield* await Promise.resolve(['/nowhere/at/all']);
    })();
    expect(await collect(hashFiles(missing))).toEqual([
      { path: '/nowhere/at/all', error: expect.stringContaining('ENOENT') as string },
    ]);
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
