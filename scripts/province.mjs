// Screens a generated province and tells precision and recall by kind of fraud. Run after a build: npm run screening:province [-- --plants 200 --seed 14]
import { createRequire } from 'node:module';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { runProvince } from './lib/province-run.mjs';

const require = createRequire(import.meta.url);
const core = require('../core/dist');
const { Province } = require('../plant-year/dist/province');

const { values } = parseArgs({
  options: { plants: { type: 'string', default: '200' }, seed: { type: 'string', default: '14' } },
});
const options = { plants: Number(values.plants), seed: Number(values.seed), every: 2 };
const found = await runProvince(core, Province, options);
const { user, system } = process.cpuUsage();
const percent = (share) => `${(share * 100).toFixed(1)} %`;

process.stdout
  .write(`${options.plants} plants × 24 months, seed ${options.seed}: ${found.cheats} cheat, ${found.honestPlants} do not

| kind | like | planted | found | recall | findings of its rules | precision |
|---|---|---|---|---|---|---|
${found.kinds.map((one) => `| ${one.kind} | ${one.like} | ${one.planted} | ${one.seen} | ${percent(one.recall)} | ${one.spoken} | ${percent(one.precision)} |`).join('\n')}

findings on honest plants: ${found.honest}, ${JSON.stringify(found.byRule)}
share of evaluations on honest plants that warn or block: ${percent(found.warned.evaluations)}
share of honest unit-months with a finding: ${percent(found.warned.unitMonths)}; without reports that are late in truth: ${percent(found.warned.unitMonthsInTime)}
evaluations: ${found.ran}; ${found.seconds.toFixed(1)} s, CPU ${((user + system) / 1e6).toFixed(1)} s; most memory ${Math.round(process.resourceUsage().maxRSS / 1000)} MB
${os.cpus().length} × ${os.cpus()[0]?.model}, Node ${process.version}, load ${os.loadavg()[0].toFixed(1)}
digest ${found.digest}
`);
