// Builds the console into console/dist/site: two pages and what they load, each also packed once, so that the gateway packs nothing.
// Usage: node console/build.mjs [--if-changed]
import {
  existsSync,
  linkSync,
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
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { constants, gzipSync } from 'node:zlib';

// Whoever builds (a test runner says NODE_ENV=test) gives out the same pages: React's own checks are a fifth of them.
process.env.NODE_ENV = 'production';

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
  'console/early-view.ts',
  'console/direct-imports.ts',
  'core/src',
  'client-sdk/src',
  'plant-year/src',
  'spreadsheets/src',
  'scripts/verify-page',
  'scripts/field-page',
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

/** Into a folder of its own, and only whole into its place: a service may be serving what stands there. */
async function build() {
  const began = new Date();
  const { build: bundle } = await import('vite');
  const { savedPage, verifyPage } = await import('../scripts/verify-page/build.mjs');
  const outDir = path.join(here, 'dist', `site-${String(process.pid)}`);
  mkdirSync(outDir, { recursive: true });
  try {
    await bundle({ configFile: path.join(here, 'vite.config.ts'), logLevel: 'warn', build: { outDir } });
    writeFileSync(path.join(outDir, 'verify.html'), await verifyPage());
    writeFileSync(path.join(outDir, 'inspect.html'), await savedPage(path.join(root, 'scripts/field-page')));
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

const lock = path.join(here, 'dist', 'building');
const pauseMs = 100;

/** A builder that was killed leaves its lock behind; it holds nobody up. */
function isHeld() {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function tryLock() {
  try {
    // Linked with its content, so that nobody ever reads a lock without a holder.
    const mine = `${lock}-${String(process.pid)}`;
    writeFileSync(mine, String(process.pid));
    try {
      linkSync(mine, lock);
    } finally {
      rmSync(mine);
    }
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isHeld()) rmSync(lock, { force: true });
    return false;
  }
}

/** One builds at a time, and who waited finds it done: suites of tests start beside each other. */
async function alone(work) {
  mkdirSync(path.dirname(lock), { recursive: true });
  while (!tryLock()) await setTimeout(pauseMs);
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

const mayKeep = process.argv.includes('--if-changed');
if (!mayKeep || !isUpToDate())
  await alone(async () => {
    if (mayKeep && isUpToDate()) return;
    process.stderr.write('Building the console …\n');
    await build();
  });
