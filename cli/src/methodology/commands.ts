import {
  diffMethodologies,
  type Fault,
  LedgerError,
  lintMethodology,
  methodologyOf,
  methodologyPage,
  methodologyText,
  parametersOf,
  type RuleChange,
  testMethodology,
  type VectorResult,
} from '@carbon-ledger/core';
import { type FigureChange, previewRuleChange } from '@carbon-ledger/plant-year';
import type { Context } from '../context';
import { writeWhole } from '../files/write-file';
import { exitCodes } from '../output/problem';
import { plainText } from '../output/style';
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
  const found = lintMethodology(read.folder);
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
  context.output.result({ status, vectors }, () =>
    [
      ...vectors.flatMap((vector) => vectorLines(context, vector)),
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

/** Records of the year on the ledger, computed under both rules. */
async function preview(context: Context, a: ReadFolder, b: ReadFolder, options: DiffOptions): Promise<FigureChange[]> {
  const year = yearOf(a, options);
  const service = await context.service({ reader: options.party });
  const records = await service.currentRecords(options.party === undefined ? {} : { party: options.party });
  const ofYear = records.filter(
    ({ record }) => record.subject.period.startsWith(year) || record.subject.period === '-',
  );
  const rules = ({ folder }: ReadFolder, in_: string) => ({
    methodology: methodologyOf(folder, in_),
    parameters: parametersOf(folder, in_),
  });
  const after = b.folder.about.years.includes(year) ? year : yearOf(b, {});
  return previewRuleChange(ofYear, rules(a, year), rules(b, after));
}

export async function diff(context: Context, places: readonly [string, string], options: DiffOptions): Promise<number> {
  const [a, b] = [await readFolder(places[0]), await readFolder(places[1])];
  const year = yearOf(a, options);
  const after = b.folder.about.years.includes(year) ? year : yearOf(b, {});
  const rules = diffMethodologies(
    { methodology: methodologyOf(a.folder, year), parameters: parametersOf(a.folder, year) },
    { methodology: methodologyOf(b.folder, after), parameters: parametersOf(b.folder, after) },
  );
  const figures = options.ledger === true ? await preview(context, a, b, options) : [];
  context.output.result({ before: year, after, rules, figures }, () =>
    [
      `${a.folder.about.id} ${year} → ${b.folder.about.id} ${after}: ${String(rules.length)} changes`,
      ...rules.map(ruleLine),
      ...(options.ledger === true ? [`${String(figures.length)} anchored figures would change`] : []),
      ...figures.map(figureLine),
    ].join('\n'),
  );
  return rules.length === 0 ? exitCodes.yes : exitCodes.no;
}
