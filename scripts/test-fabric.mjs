// npm run test:fabric: the scenarios of npm test on a Fabric network that is up and has the contract in force, but no ledger yet.
// At last the contract is upgraded to one that knows a second edition of the rules, which the channel keeps: end it with network:clean.
// Another place than network/.state: npm run test:fabric -- --state DIR. One part alone: --only scenarios, editions, or retention (a purge of
// private figures, for which the peers bear other dates than today's for a while), faults (nodes killed and cut off, certificates expired and revoked, one that lies), stories (those of the market) and
// walk-through (docs/first-month.md), each on a channel without a ledger too.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { prepare, root } from './lib/prepare.mjs';

const { values } = parseArgs({ options: { state: { type: 'string' }, only: { type: 'string' } } });
const state = path.resolve(values.state ?? path.join(root, 'network', '.state'));
const profile = path.join(state, 'profiles', 'Regulator.json');

if (!existsSync(profile)) {
  process.stderr.write(`There is no network at ${state}. Start one, with the contract and without a ledger:
  npm run network:up            (or: npm run network:up -- --native)
  npm run chaincode:bundle && npm run network:deploy
A ledger that earlier tests left behind goes with npm run network:clean.
`);
  process.exit(3);
}

prepare();

const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const env = { ...process.env, CARBON_LEDGER_TEST_PROFILE: profile, CARBON_LEDGER_TEST_STATE: state };

function run(...args) {
  return spawnSync(process.execPath, [jest, ...args], { cwd: root, stdio: 'inherit', env }).status ?? 1;
}

/** The scenarios want a channel without a ledger, so they come first; editions use the ledger that they leave. */
const parts = {
  scenarios: ['cli/src/scenario'],
  retention: ['--testMatch', '**/test/fabric/retention/*.live.ts', '--runInBand'],
  faults: ['--testMatch', '**/test/fabric/live/*.live.ts', '--runInBand'],
  editions: ['--testMatch', '**/test/fabric/upgrade/*.live.ts', '--runInBand'],
  stories: ['--testMatch', '**/test/fabric/stories/*.live.ts', '--runInBand'],
  'walk-through': ['test/docs/first-month'],
};
/** These found a ledger with parties and rules of their own, so each has a channel for itself. */
const alone = ['retention', 'faults', 'stories', 'walk-through'];
const wanted = Object.entries(parts).filter(([name]) =>
  values.only === undefined ? !alone.includes(name) : values.only === name,
);
if (wanted.length === 0) {
  process.stderr.write(`--only takes one of ${Object.keys(parts).join(', ')}\n`);
  process.exit(2);
}
if (values.only === undefined)
  process.stderr.write(
    `Not run: ${alone.join(', ')}, each of which wants a new channel: --only NAME, after network:clean, up and deploy.\n`,
  );
process.exit(Math.max(...wanted.map(([, args]) => run(...args))));
