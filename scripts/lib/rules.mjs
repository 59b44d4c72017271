// Reads the folder rules/: screening rules as people write them, and as a `rule-set` record carries them.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { root } from './prepare.mjs';

const folder = path.join(root, 'rules');
/** Members that are numbers in the record; every other number is decimal text. */
const counts = new Set(['decimals']);
const eachOf = { 'unit-month': 'monthly-evidence@unit', 'unit-year': 'annual-report@unit' };
const ofCheck = [
  'each',
  'when',
  'needs',
  'only',
  'inputs',
  'let',
  'value',
  'bands',
  'unit',
  'decimals',
  'predicate',
  'with',
  'note',
  'touches',
];

function read(...names) {
  return parse(readFileSync(path.join(folder, ...names), 'utf8'), { merge: true });
}

/** Limits are written as numbers and carried as decimal text. */
function texts(value, name = '') {
  if (Array.isArray(value)) return value.map((one) => texts(one, name));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, texts(one, key)]));
  return typeof value === 'number' && !counts.has(name) ? String(value) : value;
}

function parameterOf(value) {
  return Array.isArray(value) ? value : [{ value }];
}

function picked(from, names) {
  return Object.fromEntries(names.filter((name) => name in from).map((name) => [name, from[name]]));
}

function ruleOf({ fixtures, ...written }) {
  const { parameters, checks } = written;
  const own = checks ?? [picked(written, ofCheck)];
  const carried = texts({
    ...picked(written, ['id', 'class', 'severity', 'scope', 'text', 'source']),
    ...(parameters === undefined
      ? {}
      : { parameters: Object.fromEntries(Object.entries(parameters).map(([name, one]) => [name, parameterOf(one)])) }),
    checks: own.map((check) => ({ each: eachOf[written.scope], ...check })),
  });
  // Counts of what is learnt stay numbers.
  return written.learn === undefined ? carried : { ...carried, learn: written.learn };
}

function files() {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') && name !== 'about.yaml')
    .sort();
}

function byId(a, b) {
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

/** Rules as they are written, with their fixtures. */
function writtenRules() {
  return files()
    .flatMap((name) => read(name))
    .sort(byId);
}

/** Content of the `rule-set` record. */
export function compiledRuleSet() {
  return { ...texts(read('about.yaml')), rules: writtenRules().map(ruleOf) };
}

/** Rules that are held elsewhere than in a screening, and what no record says. */
export function heldElsewhere() {
  return read('held', 'held.yaml');
}
