import {
  type BuiltRecord,
  diffFolders,
  type Fault,
  LedgerError,
  lintForLedger,
  methodologyOf,
  methodologyPage,
  methodologyText,
  parametersOf,
  type RuleChange,
  testMethodology,
  untestedFormulas,
  type VectorResult,
} from '@carbon-ledger/core';
import { type FigureChange, previewRuleChange, type RulePreview } from '@carbon-ledger/plant-year';
import type { Context } from '../context';
import { writeWhole } from '../files/write-file';
import { exitCodes } from '../output/problem';
import { plainText } from '../output/style';
import type { Service } from '../service/service';
import { readFolder, type ReadFolder } from './read-folder';

export interface YearOption {
  readonly year?: string;
}

/** The year that is asked for, or the last one of the folder. */
export function yearOf({ folder }: ReadFolder, { year }: YearOption): string {
  return year ?? folder.about.years.at(-1) ?? '';
}

function faultLines(context: Context, mark: string, faults: readonly Fault[]): string[] {
  const { style } = context.output;
  return faults.map(({ path, message }) => `${mark} ${style.bold(plainText(path))}  ${plainText(message)}`);
}

export async function lint(context: Context, place: string): Promise<number> {
  const read = await readFolder(place);
  const found = lintForLedger(read.folder);
  const [faults, notes] = [found.faults.map(read.locate), found.notes.map(read.locate)];
  context.output.result({ status: faults.length === 0 ? 'ok' : 'faults', faults, notes }, () =>
    [
      ...faultLines(context, '✗', faults),
      ...faultLines(context, '·', notes),
      faults.length === 0 ? 'no faults' : `${String(faults.length)} ${faults.length === 1 ? 'fault' : 'faults'}`,
    ].join('\n'),
  );
  return faults.length === 0 ? exitCodes.yes : exitCodes.no;
}

function vectorLines(context: Context, { name, year, steps, differences }: VectorResult): string[] {
  const { style } = context.output;
  const head = `${year} ${plainText(name)} (${String(steps)} steps)`;
  if (differences.length === 0) return [`${style.good('✓')} ${head}`];
  return [
    `${style.bad('✗')} ${head}`,
    ...differences.map(({ record, figure, expected, got }) =>
      plainText(`    ${record} ${figure}: expected ${expected}, got ${got}`),
    ),
  ];
}

export async function test(context: Context, place: string): Promise<number> {
  const { folder } = await readFolder(place);
  const vectors = testMethodology(folder);
  if (vectors.length === 0)
    throw new LedgerError('VECTOR_FAILED', `${place} has no vectors: a methodology is tested by some`);
  const failed = vectors.filter(({ differences }) => differences.length > 0);
  const status = failed.length === 0 ? 'ok' : 'differs';
  const untested = untestedFormulas(folder, vectors);
  context.output.result({ status, vectors, untested }, () =>
    [
      ...vectors.flatMap((vector) => vectorLines(context, vector)),
      ...(untested.length > 0 ? [plainText(`· no vector takes ${untested.join(', ')}`)] : []),
      `${String(vectors.length - failed.length)} of ${String(vectors.length)} vectors as expected`,
    ].join('\n'),
  );
  return failed.length === 0 ? exitCodes.yes : exitCodes.no;
}

export interface ShowOptions extends YearOption {
  readonly html?: string;
}

export async function show(context: Context, place: string, options: ShowOptions): Promise<number> {
  const read = await readFolder(place);
  const year = yearOf(read, options);
  const { folder } = read;
  if (options.html !== undefined) {
    await writeWhole(options.html, methodologyPage(folder, year));
    context.output.result({ file: options.html }, () => options.html ?? '');
    return exitCodes.yes;
  }
  const rules = { methodology: methodologyOf(folder, year), parameters: parametersOf(folder, year) };
  context.output.result(rules, () => methodologyText(folder, year));
  return exitCodes.yes;
}

export interface DiffOptions extends YearOption {
  readonly ledger?: boolean;
  readonly party?: string;
}

function ruleLine({ kind, place, before, after, delta }: RuleChange): string {
  const change = `${before ?? '(not there)'} → ${after ?? '(not there)'}`;
  const line = `${change}${delta === undefined ? '' : `  (${delta})`}`;
  return `${plainText(`${kind} ${place}`)}\n    ${plainText(line)}`;
}

function figureLine({ record, figure, before, after, delta }: FigureChange): string {
  const change = `${before ?? '(none)'} → ${after ?? '(cannot be computed)'}`;
  return plainText(`${record}#${figure}  ${change}${delta === null ? '' : `  (${delta})`}`);
}

/** The year of the second folder that follows on a year of the first: the same, or its last. */
function yearAfter(b: ReadFolder, year: string): string {
  return b.folder.about.years.includes(year) ? year : yearOf(b, {});
}

const rulesOf = ({ folder }: ReadFolder, year: string): Parameters<typeof previewRuleChange>[1] => ({
  methodology: methodologyOf(folder, year),
  parameters: parametersOf(folder, year),
});

/** What is looked at: everything, or what is about one party, with the rules that it rests on. */
async function anchoredRecords(service: Service, party: string | undefined): Promise<readonly BuiltRecord[]> {
  if (party === undefined) return service.currentRecords({});
  const [own, ...rules] = await Promise.all([
    service.currentRecords({ party }),
    service.currentRecords({ type: 'methodology' }),
    service.currentRecords({ type: 'parameter' }),
  ]);
  const others = own.filter(({ record }) => record.type !== 'methodology' && record.type !== 'parameter');
  return [...others, ...rules.flat()];
}

/** Records of the years on the ledger, computed under both rules: of the year that is asked for, or of all that the first folder has. */
async function preview(context: Context, a: ReadFolder, b: ReadFolder, options: DiffOptions): Promise<RulePreview> {
  const service = await context.service({ reader: options.party });
  const records = await anchoredRecords(service, options.party);
  const years = options.year === undefined ? a.folder.about.years : [options.year];
  const previews = years.map((year) => {
    const ofYear = records.filter(
      ({ record: { subject } }) => subject.period.startsWith(year) || subject.period === '-',
    );
    return previewRuleChange(ofYear, rulesOf(a, year), rulesOf(b, yearAfter(b, year)));
  });
  return {
    changes: previews.flatMap(({ changes }) => changes),
    records: previews.reduce((sum, { records: count }) => sum + count, 0),
    hidden: previews.flatMap(({ hidden }) => hidden),
  };
}

/** What was looked at, and what could not be: no change of nothing is no good news. */
function previewLines(context: Context, { changes, records, hidden }: RulePreview): string[] {
  const told = `${String(changes.length)} anchored figures would change, of ${String(records)} records under these rules`;
  const unseen = `the figures of ${String(hidden.length)} records are not open to you: what would change there is not known`;
  return [told, ...(hidden.length > 0 ? [context.output.style.warn(unseen)] : []), ...changes.map(figureLine)];
}

type YearPair = readonly [before: string, after: string];

/** Years in which the folders are held to each other: those that both have, or the last of each. */
function yearsToCompare(a: ReadFolder, b: ReadFolder, options: DiffOptions): readonly YearPair[] {
  const shared = a.folder.about.years.filter((year) => b.folder.about.years.includes(year));
  const year = yearOf(a, options);
  if (options.year !== undefined || shared.length === 0) return [[year, yearAfter(b, year)]];
  return shared.map((one) => [one, one]);
}

const same = (a: RuleChange, b: RuleChange): boolean =>
  a.kind === b.kind && a.place === b.place && a.before === b.before && a.after === b.after;

/** Each change once; with the year where it is not one of all years. */
function ruleChanges(a: ReadFolder, b: ReadFolder, pairs: readonly YearPair[]): RuleChange[] {
  const byYear = pairs.map(([year, after]) => ({ year, changes: diffFolders([a.folder, year], [b.folder, after]) }));
  const isAlways = (change: RuleChange): boolean =>
    byYear.every(({ changes }) => changes.some((other) => same(change, other)));
  return byYear.flatMap(({ year, changes }, index) =>
    changes.flatMap((change) => {
      if (!isAlways(change)) return [{ ...change, place: `${change.place} (${year})` }];
      return index === 0 ? [change] : [];
    }),
  );
}

export async function diff(context: Context, places: readonly [string, string], options: DiffOptions): Promise<number> {
  const [a, b] = [await readFolder(places[0]), await readFolder(places[1])];
  const pairs = yearsToCompare(a, b, options);
  const rules = ruleChanges(a, b, pairs);
  const [before, after] = [pairs.map(([year]) => year).join(', '), pairs.map(([, year]) => year).join(', ')];
  const found = options.ledger === true ? await preview(context, a, b, options) : undefined;
  const anchored = found ? { figures: found.changes, records: found.records, hidden: found.hidden } : { figures: [] };
  context.output.result({ before, after, rules, ...anchored }, () =>
    [
      `${a.folder.about.id} ${before} → ${b.folder.about.id} ${after}: ${String(rules.length)} changes`,
      ...rules.map(ruleLine),
      ...(found ? previewLines(context, found) : []),
    ].join('\n'),
  );
  return rules.length === 0 ? exitCodes.yes : exitCodes.no;
}
