// Makes a checkout ready to run with nothing but Node and npm present. Plain JavaScript without dependencies, because
// it runs before anything is installed. Everything that it says goes to stderr.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const lowestNode = [20, 19];
const buildStamp = path.join(root, 'node_modules', '.cache', 'carbon-ledger', 'built');

function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Ends the process with exit code 3 (cannot tell): the checkout is not ready, nothing was tried. */
function giveUp(text) {
  say(text);
  process.exit(3);
}

function readJson(file) {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
}

function assertNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > lowestNode[0] || (major === lowestNode[0] && minor >= lowestNode[1])) return;
  giveUp(
    `Node ${process.versions.node} is too old: install Node ${lowestNode.join('.')} or newer (22 or 24 for production).`,
  );
}

/** npm's own note of what it installed differs from what package-lock.json asks for. */
function installIsStale(wanted, installed) {
  return Object.entries(wanted.packages ?? {}).some(([place, entry]) => {
    if (!place.includes('node_modules/')) return false;
    const found = installed.packages?.[place];
    // A package for another platform is in the lock file and rightly not on the disk.
    if (found === undefined) return entry.optional !== true && entry.peer !== true;
    return entry.link !== true && found.version !== entry.version;
  });
}

function mustInstall() {
  if (!existsSync(path.join(root, 'node_modules', '.package-lock.json'))) return true;
  return installIsStale(readJson('package-lock.json'), readJson('node_modules/.package-lock.json'));
}

function run(command, args, options = {}) {
  // stdout of the tools is progress here, not data: it goes to stderr.
  const outcome = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  return outcome.error === undefined ? (outcome.status ?? 1) : 127;
}

/**
 * `npm install --no-save` takes the versions of package-lock.json and leaves the file alone, as `npm ci` does. `npm ci`
 * itself would refuse where the lock file lacks optional packages of other platforms, which not every registry carries.
 */
const installArguments = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];

function install() {
  const windows = process.platform === 'win32';
  return run(windows ? 'npm.cmd' : 'npm', installArguments, { shell: windows });
}

function newestBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((newest, entry) => {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) return Math.max(newest, newestBelow(place));
    return Math.max(newest, statSync(place).mtimeMs);
  }, 0);
}

function projects() {
  return readJson('tsconfig.json').references.map((reference) => path.join(root, reference.path));
}

function newestSource() {
  const settings = ['package-lock.json', 'tsconfig.json', 'tsconfig.base.json'].map((file) => path.join(root, file));
  const ofProjects = projects().map((folder) =>
    Math.max(newestBelow(path.join(folder, 'src')), statSync(path.join(folder, 'tsconfig.json')).mtimeMs),
  );
  return Math.max(...settings.map((file) => statSync(file).mtimeMs), ...ofProjects);
}

function mustBuild() {
  if (!existsSync(buildStamp)) return true;
  if (projects().some((folder) => !existsSync(path.join(folder, 'dist', '.tsbuildinfo')))) return true;
  return newestSource() > statSync(buildStamp).mtimeMs;
}

/** Compiles every workspace (incremental) and notes the time at which it began, so that a file saved meanwhile counts as newer. */
function build() {
  const began = new Date();
  const status = run(process.execPath, [path.join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b']);
  if (status !== 0) return status;
  mkdirSync(path.dirname(buildStamp), { recursive: true });
  writeFileSync(buildStamp, '');
  utimesSync(buildStamp, began, began);
  return 0;
}

function ensureInstalled() {
  if (!mustInstall()) return;
  say('Installing the packages of package-lock.json (npm install); this is needed once …');
  if (install() === 0) return;
  giveUp('npm install failed (see above). Check the network, or point npm at a reachable registry, and try again.');
}

function ensureBuilt() {
  if (!mustBuild()) return;
  say('Compiling …');
  if (build() !== 0) giveUp('The sources do not compile (see above).');
}

function ensureConsole() {
  if (run(process.execPath, [path.join(root, 'console', 'build.mjs'), '--if-changed']) !== 0)
    giveUp('The console cannot be built (see above).');
}

/** Installs and builds what is missing or out of date, the pages that the service hands out too; short when nothing is. */
export function prepare() {
  assertNode();
  ensureInstalled();
  ensureBuilt();
  ensureConsole();
}
