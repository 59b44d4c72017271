// Compiles the folders of sectors/ into core/src/methodology/shelf.json. Run after a build: npm run sectors [-- --check]
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './lib/prepare.mjs';

const require = createRequire(import.meta.url);
const { readFolder } = require('../cli/dist/methodology/read-folder.js');
const { methodologyOf, parametersOf } = require('../core/dist');

const sectors = path.join(root, 'sectors');
const shelf = path.join(root, 'core', 'src', 'methodology', 'shelf.json');

function foldersIn(folder) {
  return readdirSync(folder)
    .map((name) => path.join(folder, name))
    .filter((one) => statSync(one).isDirectory())
    .sort();
}

async function compiled(folder) {
  const { folder: read } = await readFolder(folder);
  const { sector, unit, years, title } = read.about;
  const methodology = { ...methodologyOf(read, years[0]), year: '{year}', title };
  const parameters = Object.fromEntries(years.map((year) => [year, parametersOf(read, year).values]));
  return { sector, unit, methodology, parameters };
}

const entries = await Promise.all(foldersIn(sectors).flatMap(foldersIn).map(compiled));
// One line for each methodology: a change shows in a diff, and prettier has nothing to say.
const text = `[\n${entries.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`;
if (!process.argv.includes('--check')) writeFileSync(shelf, text);
else if (readFileSync(shelf, 'utf8') !== text) {
  process.stderr.write(
    'core/src/methodology/shelf.json is not what sectors/ says: run npm run build && npm run sectors\n',
  );
  process.exitCode = 1;
}
