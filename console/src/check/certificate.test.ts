import type { CheckedFile } from './examine';
import { folderOf } from './certificate';

const file = (path: string): CheckedFile => ({
  ...{ kind: 'file', path, file: new Blob(['x']), verdict: 'consistent', hashed: { sha256: 'sha256:1', sm3: 'sm3:1' } },
});

describe('what is certified together', () => {
  it('is the folder that all files came in, with paths below it', () => {
    const { name, files } = folderOf([file('2024-09/a.csv'), file('2024-09/lab/b.pdf')], 'files');
    expect([name, files.map(({ path }) => path)]).toEqual(['2024-09', ['a.csv', 'lab/b.pdf']]);
  });

  it('has a name for files of no one folder', () => {
    for (const paths of [['a.csv'], ['x/a.csv', 'y/b.csv'], ['x/a.csv', 'xy']]) {
      const { name, files } = folderOf(paths.map(file), 'files');
      expect([name, files.map(({ path }) => path)]).toEqual(['files', paths]);
    }
  });
});
