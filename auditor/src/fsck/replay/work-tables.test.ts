import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { workTables } from './work-tables';

const letters = Object.values(workTables);

it('no two tables share a letter', () => {
  expect([...new Set(letters)].sort()).toEqual([...letters].sort());
  expect(letters.filter((letter) => letter.length !== 1)).toEqual([]);
});

it('nobody writes into the work store under a letter of his own', () => {
  const folder = path.join(__dirname, '..');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  );
  const ofOwn = sources.filter((file) =>
    /(?:store|#store)\.(?:put|get|range)\(\s*['"`][^$]/.test(readFileSync(path.join(folder, file), 'utf8')),
  );
  expect(ofOwn).toEqual([]);
});
