// Writes the golden files of a format that has none yet: node scripts/golden.mjs. Run after a build. Files that exist are
// never written again: they are the proof that this version, and every later one, reads what was given out before.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

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
    alias: { '@carbon-ledger/core': path.join(root, 'core/src/index.ts') },
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

function writeSet(name, { cases, files }) {
  const folder = path.join(root, 'test/golden', name);
  if (existsSync(path.join(folder, 'index.json'))) return `${name}: kept`;
  for (const [file, text] of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  writeFileSync(path.join(folder, 'index.json'), `${JSON.stringify({ format: name, cases }, null, 1)}\n`);
  return `${name}: ${files.size} files, ${cases.length} cases`;
}

for (const [name, make] of Object.entries(sets)) process.stdout.write(`${writeSet(name, await make())}\n`);
