// npm test: installs and builds what is missing, runs the tests, and says at its end what was not run.
// Everything after `--` goes to jest: npm test -- core/src/merkle
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { prepare, root } from './lib/prepare.mjs';

prepare();

const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
// Every test file loads its modules anew and drops them: with more room for what is young, the collector has a sixteenth less to do.
// jest's workers take these flags over.
const ROOM = ['--min-semi-space-size=64', '--max-semi-space-size=64'];
const outcome = spawnSync(process.execPath, [...ROOM, jest, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });

process.stderr.write(
  [
    '',
    'Not run here: the scenarios on a real Hyperledger Fabric network, and its faults. They need Docker with Compose, or the',
    "programs of Fabric's release on the PATH (network/README.md). How to run them:",
    '  npm run network:up && npm run chaincode:bundle && npm run network:deploy && npm run test:fabric',
    '',
  ].join('\n'),
);
process.exit(outcome.status ?? 1);
