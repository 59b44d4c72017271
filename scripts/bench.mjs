// npm run bench [-- --long, --mixed for the mixed market load alone, --records 1000000 for what grows with the ledger, or --national [--share 20] for a national year (1/20 of it)]: what the service does on this machine, on the embedded deployment, with every check on.
import { prepare } from './lib/prepare.mjs';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    long: { type: 'boolean', default: false },
    mixed: { type: 'boolean', default: false },
    national: { type: 'boolean', default: false },
    share: { type: 'string', default: '20' },
    records: { type: 'string' },
  },
});
await prepare();
const { runBench } = await import('./bench/run.mjs');
await runBench(values);
