import { spawnSync } from 'node:child_process';
import { join, relative } from 'node:path';
import {
  type BuiltRecord,
  evaluateVector,
  type MethodologyFolder,
  type Vector,
  type VectorScope,
} from '@carbon-ledger/core';
import { readFolder } from '../../cli/src/methodology/read-folder';
import { methodologyFolders, sectorsFolder } from './folders';
import { buildYear, marketOf, readSample, sampleYears } from './years';

/*
 * What the methodologies give against the same rules written by hand in Python with `decimal`, which read no methodology: every
 * computed figure of every vector and of every fictitious year, months, years, allowances.
 */

const python = process.platform === 'win32' ? 'python' : 'python3';
const hasPython = spawnSync(python, ['--version']).status === 0;
const script = join(__dirname, 'second_opinion.py');

interface Opinion {
  readonly checked: number;
  readonly wrong: readonly string[];
  readonly unknown: readonly string[];
}

function recordOf(vector: Vector, name: string, { scope }: VectorScope): object {
  const source = vector.records[name];
  if (!source) throw new Error(name);
  const figures = [...scope.figures];
  return {
    name,
    kind: source.kind,
    level: source.unit === 'PLANT' ? 'plant' : 'unit',
    content: source.content,
    cites: Object.fromEntries(Object.entries(source.cites).map(([role, names]) => [role, [names].flat()])),
    partial: source.partial || Object.keys(source.refused).length > 0,
    figures: Object.fromEntries(figures.map(([figure, { value }]) => [figure, value])),
    computed: figures.filter(([, { formula }]) => formula !== undefined).map(([figure]) => figure),
  };
}

function question(folder: MethodologyFolder, vector: Vector): string {
  const done = [...evaluateVector(folder, vector)];
  const records = done.map(([name, scope]) => recordOf(vector, name, scope));
  return JSON.stringify({ id: folder.about.id, year: vector.year, parameters: vector.parameters, records });
}

/** The records of a year as they would be anchored, each by its business key. */
function recordOfYear({ key, record, figures }: BuiltRecord): object {
  const values = [...figures, ...Object.entries(record.totals).map(([name, total]) => ({ name, ...total }))];
  const cites: Record<string, string[]> = {};
  for (const { role, key: cited } of record.cites)
    if (role !== 'methodology' && role !== 'parameters') (cites[role] ??= []).push(cited);
  return {
    ...{ name: key, kind: record.kind, content: record.content, cites, partial: false },
    level: record.subject.unit === 'PLANT' ? 'plant' : 'unit',
    figures: Object.fromEntries(values.map(({ name, value }) => [name, value])),
    computed: values.filter(({ formula }) => formula !== undefined).map(({ name }) => name),
  };
}

function opinionsOf(questions: readonly string[]): Opinion[] {
  const run = spawnSync(python, [script], { input: questions.join('\n'), encoding: 'utf8' });
  expect(run.stderr).toBe('');
  return run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Opinion);
}

function expectAgreement(questions: readonly string[], least: number): void {
  const opinions = opinionsOf(questions);
  expect(opinions.flatMap(({ wrong }) => wrong)).toEqual([]);
  expect(opinions.flatMap(({ unknown }) => unknown)).toEqual([]);
  expect(opinions.reduce((sum, { checked }) => sum + checked, 0)).toBeGreaterThan(least);
}

const title = hasPython ? 'in two languages gives the same figures' : 'is not checked in Python: there is none';

test.each(
  [...methodologyFolders(), join(__dirname, 'ammonia')].map((place) => [relative(sectorsFolder, place), place]),
)(`%s ${title}`, async (_name, place) => {
  const { folder } = await readFolder(place);
  const questions = [...folder.vectors, ...folder.example].map((vector) => question(folder, vector));
  expect(questions.length).toBeGreaterThan(0);
  if (hasPython) expectAgreement(questions, 9);
});

/** A balance value that some are better than and some worse. */
const balance = { value: '0.9000', unit: 'tCO2/t', source: 'test' };

test.each(sampleYears)(`the year %s ${title}`, (name) => {
  const file = readSample(name);
  const records = buildYear(file, marketOf(file, file.year === '2024' ? {} : { BP: balance }));
  const types = records.map(({ record }) => record.type);
  expect(types).toContain(file.surrender === undefined ? 'annual-report' : 'surrender');
  const asked = { id: file.methodology, year: file.year, parameters: { BP: balance.value } };
  // Twelve months of a unit, its year, the enterprise's, conclusions, determination, surrender: each with its figures.
  if (hasPython) expectAgreement([JSON.stringify({ ...asked, records: records.map(recordOfYear) })], 80);
});
