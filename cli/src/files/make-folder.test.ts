import { statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lackingProc, onlyWhere } from '../../../test/support/only-where';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { makeFolder } from './make-folder';

const folder = temporaryFolder('make-folder');

it('makes what is missing, each with the mode', async () => {
  const place = path.join(folder, 'a', 'b', 'c');
  await makeFolder(place, 0o700);
  await makeFolder(place, 0o700);
  for (const one of ['a', 'a/b', 'a/b/c']) expect(statSync(path.join(folder, one)).mode & 0o777).toBe(0o700);
});

beforeAll(() => {
  writeFileSync(path.join(folder, 'file'), '');
  symlinkSync(path.join(folder, 'nowhere'), path.join(folder, 'dangling'));
});

it.each([
  ['a file', 'file', 'EEXIST'],
  ['below a file', 'file/x', 'ENOTDIR'],
  ['a link to nothing', 'dangling', 'EEXIST'],
])('says what is in the way: %s', async (_what, name, code) => {
  await expect(makeFolder(path.join(folder, name), 0o700)).rejects.toMatchObject({ code });
});

onlyWhere(lackingProc, 'a folder that takes none', () => {
  it.each(['/proc/x', '/proc/x/y', '/proc/self/task/x'])('ends where nothing can be made: %s', async (place) => {
    await expect(makeFolder(place, 0o700)).rejects.toMatchObject({ code: expect.stringMatching(/^E/) as unknown });
  });
});
