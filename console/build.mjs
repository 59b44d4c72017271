// Builds the console into console/dist/site: two pages and what they load, each also packed once, so that the gateway packs nothing.
// Usage: node console/build.mjs [--if-changed]
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, gzipSync } from 'node:zlib';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '..');
const site = path.join(here, 'dist', 'site');
/** Written last, so that a build that was cut short is done again. */
const stamp = 'built';

/** All that the build is made of. */
const sources = [
  'console/src',
  'console/index.html',
  'console/check.html',
  'console/vite.config.ts',
  'console/build.mjs',
  'core/src',
  'client-sdk/src',
  'plant-year/src',
  'spreadsheets/src',
  'scripts/verify-page',
  'package-lock.json',
].map((name) => path.join(root, name));

function newest(place) {
  const found = statSync(place);
  if (!found.isDirectory()) return found.mtimeMs;
  return readdirSync(place).reduce((latest, name) => Math.max(latest, newest(path.join(place, name))), 0);
}

function isUpToDate() {
  const built = statSync(path.join(site, stamp), { throwIfNoEntry: false });
  return built !== undefined && Math.max(...sources.map(newest)) <= built.mtimeMs;
}

/** Packing what is packed already, or so small, is no gain. */
const worthPacking = /\.(?:js|css|html|svg|json)$/;

function pack(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) pack(place);
    else if (worthPacking.test(entry.name))
      writeFileSync(`${place}.gz`, gzipSync(readFileSync(place), { level: constants.Z_BEST_COMPRESSION }));
  }
}

/** Into a folder of its own, and only whole into its place: two may build at one time. */
async function build() {
  const began = new Date();
  const { build: bundle } = await import('vite');
  const { verifyPage } = await import('../scripts/verify-page/build.mjs');
  const outDir = path.join(here, 'dist', `site-${String(process.pid)}`);
  mkdirSync(outDir, { recursive: true });
  try {
    await bundle({ configFile: path.join(here, 'vite.config.ts'), logLevel: 'warn', build: { outDir } });
    writeFileSync(path.join(outDir, 'verify.html'), await verifyPage());
    pack(outDir);
    writeFileSync(path.join(outDir, stamp), '');
    utimesSync(path.join(outDir, stamp), began, began);
    if (existsSync(site)) renameSync(site, `${outDir}-before`);
    renameSync(outDir, site);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
    rmSync(`${outDir}-before`, { recursive: true, force: true });
  }
}

if (!process.argv.includes('--if-changed') || !isUpToDate()) {
  process.stderr.write('Building the console …\n');
  await build();
}
