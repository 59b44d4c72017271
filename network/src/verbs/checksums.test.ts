import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { CHECKSUM_FILE, checkChecksums, listChecksums } from './checksums';

let folder: string;

beforeEach(async () => {
  folder = temporaryFolder('checksums');
  mkdirSync(join(folder, 'network'));
  writeFileSync(join(folder, 'images.tar'), 'images');
  writeFileSync(join(folder, 'network', 'cli.mjs'), '');
  writeFileSync(join(folder, CHECKSUM_FILE), await listChecksums(folder));
});

describe('checksums of a bundle', () => {
  it('are in the form of sha256sum and leave the list itself out', async () => {
    expect(await listChecksums(folder)).toBe(
      [
        '21b2eed1e328a2c62fe4c17d51188bdea73450f29956dc5c8c95429313ddd72c  images.tar',
        'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  network/cli.mjs',
        '',
      ].join('\n'),
    );
  });

  it('find nothing wrong with an untouched folder', async () => {
    expect(await checkChecksums(folder)).toEqual([]);
  });

  it('name each file that was changed, lost or slipped in', async () => {
    writeFileSync(join(folder, 'images.tar'), 'other images');
    rmSync(join(folder, 'network', 'cli.mjs'));
    writeFileSync(join(folder, 'extra.js'), '');
    expect(await checkChecksums(folder)).toEqual([
      'images.tar was changed',
      'network/cli.mjs is missing',
      'extra.js is not in the list',
    ]);
  });

  it('tell that the list is missing', async () => {
    rmSync(join(folder, CHECKSUM_FILE));
    expect(await checkChecksums(folder)).toEqual([expect.stringContaining('SHA256SUMS is missing')]);
  });
});
