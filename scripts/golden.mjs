// Writes the golden files of a format that has none yet: node scripts/golden.mjs. Run after a build. Files that exist are
// never written again: they are the proof that this version, and every later one, reads what was given out before.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { goldenReceipts, goldenTimestamps } = createRequire(import.meta.url)(
  path.join(root, 'core/dist/receipt/testing/golden'),
);

const sets = { 'receipt-v1': goldenReceipts, 'receipt-v1-timestamp': goldenTimestamps };

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

for (const [name, make] of Object.entries(sets)) process.stdout.write(`${writeSet(name, make())}\n`);
