// Writes the fictitious report years of scripts/sample/sectors by a seed: other sectors from a vector of their folder, power plants from
// what their units are. Run after a build, after a change of a folder: node scripts/sector-years.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './lib/prepare.mjs';
import { fromVectors } from './lib/sector-years/from-vectors.mjs';
import { ofPower } from './lib/sector-years/power-years.mjs';

const outDir = path.join(root, 'scripts', 'sample', 'sectors');

mkdirSync(outDir, { recursive: true });
for (const [name, year] of [...fromVectors(), ...ofPower()]) {
  const file = path.join(outDir, `${name}.json`);
  writeFileSync(file, `${JSON.stringify(year, null, 2)}\n`);
  process.stdout.write(`${path.relative(root, file)}\n`);
}
