// npm run test:fabric: the scenarios of npm test on a Fabric network that is up and has the contract in force, but no ledger yet.
// Another place than network/.state is named by an argument: npm run test:fabric -- --state DIR
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { prepare, root } from './lib/prepare.mjs';

const { values } = parseArgs({ options: { state: { type: 'string' } } });
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
const env = { ...process.env, CARBON_LEDGER_TEST_PROFILE: profile };
const outcome = spawnSync(process.execPath, [jest, 'cli/src/scenario'], { cwd: root, stdio: 'inherit', env });
process.exit(outcome.status ?? 1);
