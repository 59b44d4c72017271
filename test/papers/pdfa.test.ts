import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onlyWhere } from '../support/only-where';
import { temporaryFolder } from '../support/temporary-folder';
import { papersIn } from './papers';

const built = path.join(__dirname, '../../scripts/pdfa/target');
const classPath = ['classes', 'lib/*'].map((part) => path.join(built, part)).join(path.delimiter);
const isThere = existsSync(path.join(built, 'lib')) && spawnSync('java', ['-version']).status === 0;
const lacking = isThere ? undefined : 'npm run pdfa, which needs Java and Maven, has not brought it here';

onlyWhere(lacking, 'papers before veraPDF', () => {
  it.each(['zh', 'en'] as const)(
    'are PDF/A-3a, every kind of them, whatever names stand on them (%s)',
    async (language) => {
      const folder = temporaryFolder('pdfa');
      const files = Object.entries(await papersIn(language)).map(([name, bytes]) => {
        const file = path.join(folder, `${name}-${language}.pdf`);
        writeFileSync(file, bytes);
        return file;
      });
      const { stdout } = spawnSync('java', ['-cp', classPath, 'Validate', ...files], { encoding: 'utf8' });
      expect(stdout.trimEnd().split('\n')).toEqual(files.map((file) => `PDF/A-3a  ${file}`));
    },
  );

  it('are told apart from a file that is none', () => {
    const file = path.join(temporaryFolder('pdfa'), 'no.pdf');
    writeFileSync(file, '%PDF-1.7\n');
    expect(spawnSync('java', ['-cp', classPath, 'Validate', file]).status).not.toBe(0);
  });
});
