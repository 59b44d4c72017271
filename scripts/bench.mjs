// npm run bench [-- --long, or --mixed for the mixed market load alone]: what the service does on this machine, on the embedded deployment, with every check on.
import { prepare } from './lib/prepare.mjs';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { long: { type: 'boolean', default: false }, mixed: { type: 'boolean', default: false } },
});
await prepare();
const { runBench } = await import('./bench/run.mjs');
await runBench(values);
