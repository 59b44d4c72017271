import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { Reloading, type Reloadable } from './reloading';

const told: string[] = [];
const read: string[] = [];
let file: string;

function part(name: string): Reloadable {
  return {
    name,
    files: [file],
    reload: () => {
      read.push(name);
      return name === 'b' ? Promise.reject(new Error('no pair')) : Promise.resolve();
    },
  };
}

beforeEach(() => {
  [told.length, read.length] = [0, 0];
  file = path.join(temporaryFolder('reloading'), 'file');
  writeFileSync(file, 'one');
});

test('reads what changed, once, also when it was away meanwhile', async () => {
  const reloading = await Reloading.open([part('a')], (line) => told.push(line));
  await reloading.changed();
  expect(read).toEqual([]);
  writeFileSync(file, 'two');
  await Promise.all([reloading.changed(), reloading.changed()]);
  expect(read).toEqual(['a']);
  rmSync(file);
  await reloading.changed();
  writeFileSync(file, 'two');
  await reloading.changed();
  expect(read).toHaveLength(3);
  expect(told[0]).toBe('Read a again.');
});

test('reads all of it at a word, and tells what stays as it was', async () => {
  const reloading = await Reloading.open([part('b'), part('a')], (line) => told.push(line));
  await reloading.all();
  expect(told).toEqual(['Kept b as it was: no pair', 'Read a again.']);
});

test('says so where there is nothing to read again', async () => {
  const reloading = await Reloading.open([], (line) => told.push(line));
  await reloading.all();
  expect(told).toEqual([expect.stringContaining('nothing to read again')]);
});
