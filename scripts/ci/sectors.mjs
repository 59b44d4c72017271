// The other sectors' years, told through on the same ledger: import, trace, check, a tampered value named, a proof verified offline.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../lib/prepare.mjs';
import { check, expectEqual, expectTrue } from './checks.mjs';
import { json, work } from './outside.mjs';

const samples = path.join(root, 'scripts', 'sample', 'sectors');

/** The first amount of March that the total rests on (of the whole where the sector balances it so), and what it is changed to. */
function tampered(text) {
  const file = JSON.parse(text);
  const { figures } = (file.plant ?? file.units[0]).months['2024-03'];
  const name = Object.keys(figures).find((one) => /(?:FC|_t$)/.test(one));
  figures[name] = (Number(figures[name]) * 0.95).toFixed(2);
  return { name, text: JSON.stringify(file) };
}

async function tellThrough(sector) {
  const file = path.join(samples, `${sector}-2024.json`);
  const text = readFileSync(file, 'utf8');
  const total = `${JSON.parse(text).enterprise.uscc}/PLANT/2024/annual-report#emission_tCO2`;
  await json(0, 'import', 'plant-year', file, '--trial-keys');
  const trace = await json(0, 'trace', total);
  expectEqual([trace.status, trace.hidden], ['intact', 0], 'status and hidden figures of the trace');
  expectEqual((await json(0, 'check', 'plant-year', file)).status, 'same', 'check of the untouched file');
  const changed = tampered(text);
  const changedFile = path.join(work, `${sector}.json`);
  writeFileSync(changedFile, changed.text);
  const { differences, consequences } = await json(1, 'check', 'plant-year', changedFile);
  expectEqual(
    differences.map(({ figure }) => figure),
    [changed.name],
    'what differs',
  );
  expectTrue(
    consequences.some(({ record, figure }) => `${record}#${figure}` === total),
    'the total is no consequence',
  );
  const proof = path.join(work, `${sector}.proof`);
  const policy = path.join(work, 'policy.json');
  await json(0, 'prove', total, '-o', proof);
  expectEqual((await json(0, 'verify-proof', proof, '--policy', policy)).result, 'PASS', 'the proof, offline');
}

export async function sectorsAreToldThrough() {
  for (const sector of ['cement', 'steel', 'aluminium'])
    await check(`a year of ${sector} is imported, traced, checked, proved, and a changed value is named`, () =>
      tellThrough(sector),
    );
}
