// Compiles the folders of sectors/ into core/src/methodology: rules (shelf.json) and words (glossary.json).
// Run after a build: npm run sectors [-- --check]
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parse } from 'yaml';
import { root } from './lib/prepare.mjs';

const require = createRequire(import.meta.url);
const { readFolder } = require('../cli/dist/methodology/read-folder.js');
const { methodologyOf, parametersOf } = require('../core/dist');

const sectors = path.join(root, 'sectors');
const compiledTo = (name) => path.join(root, 'core', 'src', 'methodology', name);

function foldersIn(folder) {
  return readdirSync(folder)
    .map((name) => path.join(folder, name))
    .filter((one) => statSync(one).isDirectory())
    .sort();
}

/** What all sectors share, by year: it stands once. */
const market = {};

const sharedSources = parse(readFileSync(path.join(sectors, 'market', 'parameters.yaml'), 'utf8'), {
  schema: 'failsafe',
}).values;

/** Values of sectors/market in a year; a sector sets its own beside them, or instead. */
function ofMarket(year) {
  const values = Object.entries(sharedSources).flatMap(([name, { unit, source, value, years }]) => {
    const inForce = value ?? years?.[year];
    return inForce === undefined ? [] : [[name, { value: inForce, unit, source }]];
  });
  return Object.fromEntries(values);
}

/** A folder's values of a year without those that are the market's; one that it leaves out would come back, so none may be. */
function ownValues(values, year, { market: names }) {
  if (names.size === 0) return values;
  market[year] ??= ofMarket(year);
  const isShared = ([name, value]) => JSON.stringify(market[year][name]) === JSON.stringify(value);
  const missing = Object.keys(market[year]).filter((name) => !Object.hasOwn(values, name));
  if (missing.length > 0) throw new Error(`${year}: ${missing.join(', ')} of sectors/market are left out`);
  return Object.fromEntries(Object.entries(values).filter((entry) => !isShared(entry)));
}

async function compiled(folder) {
  const { folder: read } = await readFolder(folder);
  const { sector, unit, years, title } = read.about;
  const methodology = { ...methodologyOf(read, years[0]), year: '{year}', title };
  const parameters = Object.fromEntries(
    years.map((year) => [year, ownValues(parametersOf(read, year).values, year, read)]),
  );
  const isOfMarket = (word) => [...read.market].some((name) => name === word || name.startsWith(`${word}.`));
  const words = Object.entries(read.glossary).map(([name, title]) => ({ name, title, isOfMarket: isOfMarket(name) }));
  return { words, entry: { sector, unit, hasMarket: read.market.size > 0, methodology, parameters } };
}

const folders = await Promise.all(foldersIn(sectors).flatMap(foldersIn).map(compiled));

/** Words by sector; what an edition adds stands beside what the others say. What all sectors share stands once. */
function glossary() {
  const bySector = {};
  for (const { words, entry } of folders)
    for (const { name, title, isOfMarket } of words) {
      const sector = (bySector[isOfMarket ? 'market' : entry.sector] ??= {});
      sector[name] ??= { en: title.en, zh: title.zh };
    }
  return bySector;
}

const line = (items) => items.join(',\n');
// One line for each methodology and each word: a change shows in a diff, and prettier has nothing to say.
const rules = `{"market":{\n${line(
  Object.entries(market).map(([year, values]) => `${JSON.stringify(year)}:${JSON.stringify(values)}`),
)}\n},"methodologies":[\n${line(folders.map(({ entry }) => JSON.stringify(entry)))}\n]}\n`;
const words = `{\n${line(
  Object.entries(glossary()).map(
    ([sector, entries]) =>
      `${JSON.stringify(sector)}:{\n${line(Object.entries(entries).map(([name, title]) => `${JSON.stringify(name)}:${JSON.stringify(title)}`))}\n}`,
  ),
)}\n}\n`;

for (const [name, text] of [
  ['shelf.json', rules],
  ['glossary.json', words],
]) {
  if (!process.argv.includes('--check')) writeFileSync(compiledTo(name), text);
  else if (readFileSync(compiledTo(name), 'utf8') !== text) {
    process.stderr.write(
      `core/src/methodology/${name} is not what sectors/ says: run npm run build && npm run sectors\n`,
    );
    process.exitCode = 1;
  }
}
