// Writes the sample's documents below scripts/sample/files. Run it after a change of sample-plant.json or documents/.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { sources } from './lib/sources.mjs';

const here = path.join(path.dirname(fileURLToPath(import.meta.url)), 'sample');
const bundle = path.join(here, '../../node_modules/.cache/carbon-ledger/sample-documents.mjs');
const folder = path.join(here, 'files');

await build({
  entryPoints: [path.join(here, 'documents/index.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  alias: { '#digest-platform': sources['#digest-platform'] },
  logLevel: 'error',
});
const { sampleFiles } = await import(pathToFileURL(bundle).href);
const files = await sampleFiles();
await rm(folder, { recursive: true, force: true });
for (const [name, bytes] of files) {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
}
process.stderr.write(`${files.size} files written to ${path.relative(process.cwd(), folder)}\n`);
