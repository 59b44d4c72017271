// The other sectors' years, told through on the same ledger: import, trace, check, a tampered value named, a proof verified offline.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../lib/prepare.mjs';
import { check, expectEqual, expectTrue } from './checks.mjs';
import { json, work } from './outside.mjs';

const samples = path.join(root, 'scripts', 'sample', 'sectors');

/** The first amount of March that the total rests on (of the whole where the sector balances it so), and what it is changed to. */
function tampered(text, year) {
  const file = JSON.parse(text);
  const { figures } = (file.plant ?? file.units[0]).months[`${year}-03`];
  const name = Object.keys(figures).find((one) => /(?:FC|_t$)/.test(one));
  figures[name] = (Number(figures[name]) * 0.95).toFixed(2);
  return { name, text: JSON.stringify(file) };
}

/** Who files the rules of a trial. */
const national = '11100000MA0TRYA01Y';
const sampleOf = (sector, year) => path.join(samples, `${sector}-${year}.json`);

/** What the year comes to: what is to be surrendered, or the report where nothing is. */
function totalOf({ enterprise, year, surrender }) {
  const figure = surrender === undefined ? 'annual-report#emission_tCO2' : 'surrender#allowancesToSurrender_tCO2';
  return `${enterprise.uscc}/PLANT/${year}/${figure}`;
}

async function proveOffline(name, total) {
  const proof = path.join(work, `${name}.proof`);
  const policy = path.join(work, 'policy.json');
  if (!existsSync(policy)) await json(0, 'log', '--policy', '-o', policy);
  await json(0, 'prove', total, '-o', proof);
  expectEqual((await json(0, 'verify-proof', proof, '--policy', policy)).result, 'PASS', 'the proof, offline');
}

async function tellYear(sector, year) {
  const file = sampleOf(sector, year);
  const text = readFileSync(file, 'utf8');
  const total = totalOf(JSON.parse(text));
  await json(0, 'import', 'plant-year', file, '--trial-keys');
  const trace = await json(0, 'trace', total);
  expectEqual([trace.status, trace.hidden], ['intact', 0], 'status and hidden figures of the trace');
  expectEqual((await json(0, 'check', 'plant-year', file)).status, 'same', 'check of the untouched file');
  const changed = tampered(text, year);
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
  await proveOffline(sector, total);
  return `${total} ${trace.value}: ${trace.nodes.length} figures traced, ${changed.name} named with ${consequences.length} consequences, proof PASS`;
}

/** A year by a balance value: verified first, solved over all that is verified, then determined; solved again by anybody. */
async function solveBalance(sector, year) {
  const file = sampleOf(sector, year);
  const { methodology } = JSON.parse(readFileSync(file, 'utf8'));
  const command = ['methodology', 'balance', methodology, '--year', year];
  await json(0, 'import', 'plant-year', file, '--trial-keys');
  const filed = await json(0, ...command, '--file', '--as', national, '--trial-keys');
  expectEqual(filed.filed.length, 2, 'benchmark and parameters filed');
  const again = await json(0, ...command);
  expectEqual(
    [again.status, again.value, again.inputs],
    ['same', filed.value, filed.inputs],
    'solved by somebody else',
  );
  const { plant } = await json(0, 'import', 'plant-year', file, '--trial-keys');
  expectTrue(plant.totals.allowance_tCO2 !== undefined, 'nothing was determined once the value stands');
  return `${filed.parameter} ${filed.value} ${filed.unit} over ${filed.inputs.size} verified records, root ${filed.inputs.root}`;
}

/** Import, trace, check, a tampered value named, a proof verified offline: for each year of the sector. */
export async function tellThrough(sector, tell = () => undefined) {
  tell(await tellYear(sector, '2024'));
  if (!existsSync(sampleOf(sector, '2025'))) return;
  tell(await solveBalance(sector, '2025'));
  tell(await tellYear(sector, '2025'));
}

export const sectorNames = [...new Set(readdirSync(samples).map((name) => name.replace(/-[0-9]{4}\.json$/, '')))];

export async function sectorsAreToldThrough() {
  for (const sector of sectorNames)
    await check(`the years of ${sector} are imported, traced, checked, proved, and a changed value is named`, () =>
      tellThrough(sector),
    );
}
