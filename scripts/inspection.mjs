// Compares a generated folder of evidence with the records that name it, and tells what it takes. Run after a build:
// npm run inspection:folder [-- --files 5000 --kilobytes 60]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeEvidence } from './lib/evidence-folder.mjs';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '5000' },
    kilobytes: { type: 'string', default: '60' },
    write: { type: 'string' },
  },
});
const placesIn = (folder) => ({ stick: path.join(folder, 'stick'), copies: path.join(folder, 'copies') });

/** Written by a process of its own, so that its memory is not counted. */
function write(folder) {
  const options = { files: Number(values.files), size: Number(values.kilobytes) * 1000 };
  writeFileSync(path.join(folder, 'records.json'), JSON.stringify(writeEvidence(placesIn(folder), options)));
}

async function measure(folder) {
  const arguments_ = ['--files', values.files, '--kilobytes', values.kilobytes, '--write', folder];
  const { status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), ...arguments_], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the folder could not be written');
  const { checkFolder } = createRequire(import.meta.url)('../cli/dist/inspection/check.js');
  const { records, plants } = JSON.parse(readFileSync(path.join(folder, 'records.json'), 'utf8'));
  const { stick, copies } = placesIn(folder);
  const [started, before] = [performance.now(), process.cpuUsage()];
  const found = await checkFolder({
    ...{ records, extent: { plants, years: ['2024'] }, places: [stick], openings: [], own: [copies] },
  });
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  const named = found.files.filter(({ cells }) => cells?.length === 1).length;
  const told = Object.entries(found.counts).filter(([, count]) => count > 0);
  process.stdout
    .write(`${values.files} anchored files of ${values.kilobytes} KB, ${found.files.length} files and archives looked at
${told.map(([name, count]) => `${name} ${count}`).join(' · ')}; cell named in ${named}
${seconds.toFixed(1)} s, CPU ${((user + system) / 1e6).toFixed(1)} s; most memory ${Math.round(process.resourceUsage().maxRSS / 1000)} MB
${os.cpus().length} × ${os.cpus()[0]?.model}, Node ${process.version}, load ${os.loadavg()[0].toFixed(1)}
`);
}

if (values.write !== undefined) write(values.write);
else {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'inspection-'));
  try {
    await measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
