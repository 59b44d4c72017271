// npm run bench:fabric [-- --state DIR]: the ledger on a real Fabric network beside a contract that only puts, in one run.
// Upgrades the running network to a bundle with both contracts, and back to the contract alone at the end.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { prepare, root } from './lib/prepare.mjs';

const { values } = parseArgs({ options: { state: { type: 'string' } } });
const state = path.resolve(values.state ?? path.join(root, 'network', '.state'));

if (!existsSync(path.join(state, 'profiles', 'Regulator.json'))) {
  process.stderr.write(`There is no network at ${state}. Start one, with the contract and without a ledger:
  npm run network:up            (or: npm run network:up -- --native)
  npm run chaincode:bundle && npm run network:deploy
`);
  process.exit(3);
}

await prepare();
const { benchFabric, CannotBench } = await import('./bench/fabric.mjs');
try {
  await benchFabric(state);
} catch (error) {
  if (!(error instanceof CannotBench)) throw error;
  process.stderr.write(`${error.message}\n→ ${error.remedy}\n`);
  process.exitCode = 3;
}
