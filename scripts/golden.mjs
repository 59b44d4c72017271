// Writes the golden files of formats that have none yet: npm run golden. Sets that are named are recorded anew:
// npm run golden -- figure-proof-v1 …, or all of them: npm run golden -- --all. Of a format that was released, files are never
// written again: they are the proof that this version, and every later one, reads what was given out before.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { sources } from './lib/sources.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { goldenCarriedOver, goldenPackedReceipts, goldenReceipts, goldenTimestamps } = createRequire(import.meta.url)(
  path.join(root, 'core/dist/receipt/testing/golden'),
);

/** Figure proofs are made from the sample plant, by what the tests make it with: compiled here as they are. */
async function figureProofs() {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'test/support/golden-figure-proofs.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    alias: sources,
  });
  const module = { exports: {} };
  new Function('module', 'exports', 'require', '__filename', outputFiles[0].text)(
    module,
    module.exports,
    createRequire(import.meta.url),
    path.join(root, 'core/dist/index.js'),
  );
  return module.exports;
}

const { goldenFigureProofs, goldenPackedFigureProofs, goldenTakenOverFigureProofs } = await figureProofs();
const sets = {
  'receipt-v1': goldenReceipts,
  'receipt-v1-timestamp': goldenTimestamps,
  'receipt-v1-packed': goldenPackedReceipts,
  'receipt-v1-policy-v2': goldenCarriedOver,
  'figure-proof-v1': goldenFigureProofs,
  'figure-proof-v1-packed': goldenPackedFigureProofs,
  'figure-proof-v1-policy-v2': goldenTakenOverFigureProofs,
};

const named = process.argv.slice(2);
const unknown = named.filter((name) => name !== '--all' && !Object.hasOwn(sets, name));
if (unknown.length > 0) {
  process.stderr.write(`There is no set ${unknown.join(', ')}. These are: ${Object.keys(sets).join(', ')}\n`);
  process.exit(2);
}

async function writeSet(name, make) {
  const folder = path.join(root, 'test/golden', name);
  const isAnew = named.includes('--all') || named.includes(name);
  if (existsSync(path.join(folder, 'index.json')) && !isAnew) return `${name}: kept`;
  const { cases, files } = await make();
  rmSync(folder, { recursive: true, force: true });
  for (const [file, text] of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  writeFileSync(path.join(folder, 'index.json'), `${JSON.stringify({ format: name, cases }, null, 1)}\n`);
  return `${name}: ${files.size} files, ${cases.length} cases`;
}

for (const [name, make] of Object.entries(sets)) process.stdout.write(`${await writeSet(name, make)}\n`);
