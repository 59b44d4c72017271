import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { ownFolder } from './own-folder';

const folder = temporaryFolder('own-folder');
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

it('makes a folder for its owner alone', async () => {
  const path = join(folder, 'new', 'ledger');
  await ownFolder(path);
  expect(modeOf(path)).toBe('700');
});

it.each([0o755, 0o777, 0o750, 0o701])('closes one that was open with mode %i to others', async (mode) => {
  const path = join(folder, `open-${String(mode)}`);
  mkdirSync(path);
  writeFileSync(join(path, 'figures'), 'private', { mode: 0o644 });
  chmodSync(path, mode);
  await ownFolder(path);
  expect(modeOf(path)).toBe('700');
});

it.each([
  ['a file', 'file'],
  ['below a file', join('file', 'ledger')],
])('refuses %s', async (_what, name) => {
  writeFileSync(join(folder, 'file'), '');
  await expect(ownFolder(join(folder, name))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
});

it('refuses one of somebody else', async () => {
  await expect(ownFolder('/proc/1')).rejects.toMatchObject({ code: 'FILE_FORBIDDEN' });
});
