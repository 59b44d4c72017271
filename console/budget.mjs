// What a visitor loads, packed with gzip, against what it may come to. Prints one line each; exits 1 where one is over.
// Usage: node console/budget.mjs
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const site = path.join(path.dirname(fileURLToPath(import.meta.url)), 'dist', 'site');
const manifest = JSON.parse(readFileSync(path.join(site, 'manifest.json'), 'utf8'));
const packedSize = (name) => statSync(path.join(site, `${name}.gz`)).size;

/** An entry with all that it imports before it runs. */
function filesOf(entry, seen = new Set()) {
  const chunk = manifest[entry];
  if (chunk === undefined) throw new Error(`${entry} is not part of the build`);
  if (seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const style of chunk.css ?? []) seen.add(style);
  for (const inner of chunk.imports ?? []) filesOf(inner, seen);
  return seen;
}

/** The page with the console itself, which it begins after its first frame. */
const firstView = filesOf('src/app/mount.tsx', filesOf('index.html'));

const scripts = readdirSync(path.join(site, 'assets')).filter((name) => /\.(?:js|css)$/.test(name));
const workers = (...names) =>
  scripts.filter((name) => names.some((start) => name.startsWith(`${start}.worker-`))).map((name) => `assets/${name}`);
const sum = (names) => [...names].reduce((total, name) => total + packedSize(name), 0);
const early = scripts.filter((name) => name.startsWith('early-')).map((name) => `assets/${name}`)[0];
const pages = { console: 'index.html', check: 'check.html' };

/** kB of 1,000 bytes. The first view is the public site with what it loads at once; figure proofs bring their rules only when one is dropped. */
const budgets = [
  ['first view', 350, sum([pages.console, early, ...firstView])],
  ['verify view', 120, sum([pages.check, ...filesOf('check.html'), ...workers('hash', 'proof')])],
  ['whole', 900, sum([pages.console, pages.check, ...scripts.map((name) => `assets/${name}`)])],
];

/** Requests before the first view stands: each costs a slow line a turn, whatever it weighs. */
const MOST_REQUESTS = 20;
const requests = 2 + firstView.size;
if (requests > MOST_REQUESTS) process.exitCode = 1;
process.stdout.write(`first view: ${String(requests)} requests of ${String(MOST_REQUESTS)}\n`);

for (const [name, most, bytes] of budgets) {
  const isOver = bytes > most * 1000;
  if (isOver) process.exitCode = 1;
  process.stdout.write(`${name}: ${(bytes / 1000).toFixed(1)} kB of ${String(most)} kB${isOver ? ' TOO LARGE' : ''}\n`);
}
