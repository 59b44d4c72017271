// Report years of every sector, told through on the same ledger: import, trace, check, screening, a tampered value named, a proof verified offline.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../lib/prepare.mjs';
import { check, expectEqual, expectTrue } from './checks.mjs';
import { carbonLedger, json, work } from './outside.mjs';

const samples = path.join(root, 'scripts', 'sample', 'sectors');

/** The first amount of March that the total rests on (of the whole where the sector balances it so), and what it is changed to. */
function tampered(text, year) {
  const file = JSON.parse(text);
  const month = `${year}-03`;
  const isBalanced = file.plant?.months !== undefined && file.units[0].months[month].facts.carbonBasis === undefined;
  const { figures } = (isBalanced ? file.plant : file.units[0]).months[month];
  const name = Object.keys(figures).find((one) => /^(?:gas|coal)Consumption|FC|_t$/.test(one));
  figures[name] = (Number(figures[name]) * 0.95).toFixed(2);
  return { name, text: JSON.stringify(file) };
}

/** Who files the rules of a trial. */
const national = '11100000MA0TRYA01Y';
const sampleOf = (name) => path.join(samples, `${name}.json`);

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

const ruleText = ({ rule, at, got, limit }) => `${rule} ${at}: ${got}, allowed ${limit}`;

/** What the file's figures say is plausible: documents and days of a year that is anchored at once are not looked at. */
async function screened({ enterprise, year }) {
  const { code, stdout, stderr } = await carbonLedger('screen', '--plant', enterprise.uscc, '--year', year, '--json');
  expectTrue(code === 0 || code === 1, `screening did not run: ${stderr}`);
  const { findings, rules } = JSON.parse(stdout).result;
  const blocked = findings.filter(({ rule, severity }) => severity === 'B' && !rule.startsWith('R-D'));
  expectEqual(blocked.map(ruleText), [], 'what screening blocks');
  return Object.values(rules).filter(({ ran }) => ran > 0).length;
}

/** The year's figures, changed at one place: what differs, and that the total follows. */
async function tamperNamed(name, text, total) {
  const changed = tampered(text, JSON.parse(text).year);
  const changedFile = path.join(work, `${name}.json`);
  writeFileSync(changedFile, changed.text);
  const { differences, consequences } = await json(1, 'check', 'plant-year', changedFile);
  expectEqual(
    differences.map(({ figure }) => figure),
    [changed.name],
    'what differs',
  );
  const follows = consequences.some(({ record, figure }) => `${record}#${figure}` === total);
  expectTrue(follows, 'the total is no consequence');
  return `${changed.name} named with ${consequences.length} consequences`;
}

async function tellYear(name) {
  const file = sampleOf(name);
  const text = readFileSync(file, 'utf8');
  const year = JSON.parse(text);
  const total = totalOf(year);
  await json(0, 'import', 'plant-year', file, '--trial-keys');
  const trace = await json(0, 'trace', total);
  expectEqual([trace.status, trace.hidden], ['intact', 0], 'status and hidden figures of the trace');
  expectEqual((await json(0, 'check', 'plant-year', file)).status, 'same', 'check of the untouched file');
  const rules = await screened(year);
  const named = await tamperNamed(name, text, total);
  await proveOffline(name, total);
  return `${total} ${trace.value}: ${trace.nodes.length} figures traced, ${rules} screening rules ran, ${named}, proof PASS`;
}

/** A year by a balance value: verified first, solved over all that is verified, then determined; solved again by anybody. */
async function solveBalance(file, { methodology, year }) {
  const command = ['methodology', 'balance', methodology, '--year', year];
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

async function tellBalance(name, tell) {
  const year = JSON.parse(readFileSync(sampleOf(name), 'utf8'));
  const { plant } = await json(0, 'import', 'plant-year', sampleOf(name), '--trial-keys');
  if (year.surrender === undefined || plant.totals.allowance_tCO2 !== undefined) return;
  tell(await solveBalance(sampleOf(name), year));
}

const yearNames = readdirSync(samples)
  .map((file) => file.replace(/\.json$/, ''))
  .sort();
const sectorOf = (name) => name.replace(/-[0-9]{4}$/, '');

/** Sectors, of which all years are told; and years by themselves, `coal-2020`. */
export const sectorNames = [...new Set(yearNames.map(sectorOf))];
export const isSectorName = (name) => sectorNames.includes(name) || yearNames.includes(name);

/** Import, trace, check, screening, a tampered value named, a proof verified offline: for each year of the sector, or for the one named. */
export async function tellThrough(sector, tell = () => undefined) {
  for (const name of yearNames.filter((one) => one === sector || sectorOf(one) === sector)) {
    await tellBalance(name, tell);
    tell(await tellYear(name));
  }
}

/** Of the power plants one year of each allocation plan; the others differ from it by their parameters alone. */
const toldOfPower = ['coal-2020', 'coal-2022', 'coal-2025', 'gas-2024', 'merged-2024'];
const isPower = (sector) => toldOfPower.some((name) => sectorOf(name) === sector);

export async function sectorsAreToldThrough() {
  for (const sector of [...sectorNames.filter((one) => !isPower(one)), ...toldOfPower])
    await check(`the years of ${sector} are imported, traced, checked, proved, and a changed value is named`, () =>
      tellThrough(sector),
    );
}
