import type { z } from 'zod';
import { assertNoFaults, LedgerError, type Fault } from '../../errors';
import { faultsOf } from '../../validation';
import type { Methodology, ParameterTable } from '../spec';
import { compileFigures, compileParameters, compileProfile, parameterUnitsOf } from './compile';
import { mergeParameters, mergeProfile, mergeTables } from './merge';
import {
  glossarySource,
  methodologySource,
  parametersSource,
  profileSource,
  vectorsSource,
  type Glossary,
  type MethodologySource,
  type ParameterSource,
  type ProfileSource,
  type Vector,
} from './source';

/** Files of a methodology folder. The last two are not inherited from a folder that is extended. */
export const folderFiles = ['methodology', 'parameters', 'profile', 'glossary', 'vectors', 'example'] as const;
export type FolderFile = (typeof folderFiles)[number];

/** What a reader made of the files of one folder, by the file's name without ending; every scalar is text. */
export type FolderValues = Readonly<Partial<Record<FolderFile, unknown>>>;

/** A methodology folder, read and put together with what it extends. */
export interface MethodologyFolder {
  readonly about: MethodologySource;
  readonly parameters: Readonly<Record<string, ParameterSource>>;
  readonly profile: ProfileSource;
  readonly glossary: Glossary;
  readonly vectors: readonly Vector[];
  /** A fictitious year, written as vectors are. */
  readonly example: readonly Vector[];
  /** Names of parameters that the rules of the market read, and no formula. */
  readonly market: ReadonlySet<string>;
}

/** What a market folder says: parameters that every sector's table carries, and their words. */
export type MarketFolder = Pick<MethodologyFolder, 'parameters' | 'glossary'>;

const noMarket: MarketFolder = { parameters: {}, glossary: {} };

function readFile<Schema extends z.ZodType>(
  file: FolderFile,
  schema: Schema,
  value: unknown,
  faults: Fault[],
): z.infer<Schema> | undefined {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const found = faultsOf('BAD_METHODOLOGY', read.error, `/${file}`);
  faults.push(...found.map((fault) => ({ ...fault, message: plainly(fault) })));
  return undefined;
}

const plainWords: readonly (readonly [RegExp, string])[] = [
  [/^this is missing/, 'is missing'],
  [/, not null$/, 'nothing stands here'],
  [/^this takes a group of fields, not /, 'names with what they say belong here'],
  [/^this takes a list, not /, 'a list belongs here'],
  [/^this takes text, not /, 'a single value belongs here'],
];

/** What is wrong, in the words of who writes the file. */
function plainly({ path, message }: Fault): string {
  if (message === 'a name stands here that does not fit')
    return /\/years\/[^/]*$/.test(path) ? 'not a year (2025)' : 'not a name';
  return plainWords.find(([shape]) => shape.test(message))?.[1] ?? message;
}

interface FolderSources {
  readonly about: MethodologySource;
  readonly parameters: z.infer<typeof parametersSource>;
  readonly profile: ProfileSource;
  readonly glossary: Glossary;
  readonly vectors: readonly Vector[];
  readonly example: readonly Vector[];
}

const emptyFiles: FolderValues = { parameters: {}, profile: {}, glossary: {}, vectors: [], example: [] };

/** @throws LedgerError BAD_METHODOLOGY with every fault of every file */
function readSources(values: FolderValues): FolderSources {
  const faults: Fault[] = [];
  const given = { ...emptyFiles, ...values };
  const sources = {
    about: readFile('methodology', methodologySource, given.methodology, faults),
    parameters: readFile('parameters', parametersSource, given.parameters, faults),
    profile: readFile('profile', profileSource, given.profile, faults),
    glossary: readFile('glossary', glossarySource, given.glossary, faults),
    vectors: readFile('vectors', vectorsSource, given.vectors, faults),
    example: readFile('example', vectorsSource, given.example, faults),
  };
  assertNoFaults('BAD_METHODOLOGY', faults, 'the methodology');
  return sources as FolderSources;
}

/**
 * Reads the folder of parameters that all sectors share: its files are parameters and glossary, the rest is not looked at.
 * @throws LedgerError BAD_METHODOLOGY with every fault, each at `/file/place`
 */
export function readMarketFolder({ parameters = {}, glossary = {} }: FolderValues): MarketFolder {
  const faults: Fault[] = [];
  const values = readFile('parameters', parametersSource, parameters, faults)?.values ?? {};
  const words = readFile('glossary', glossarySource, glossary, faults) ?? {};
  for (const name of Object.keys(values).filter((one) => !Object.hasOwn(words, one) && !hasFamilyWords(words, one)))
    faults.push({
      path: `/parameters/values/${name}`,
      code: 'BAD_METHODOLOGY',
      message: `${name} has no entry in the glossary (en, zh)`,
    });
  assertNoFaults('BAD_METHODOLOGY', faults, 'the market folder');
  return { parameters: values, glossary: words };
}

/** `calibration.class_pct` has words for `calibration.class_pct.belt-scale`. */
function hasFamilyWords(words: Glossary, name: string): boolean {
  return name.includes('.') && Object.hasOwn(words, name.slice(0, name.lastIndexOf('.')));
}

/** What a folder begins with: what it extends, and beside it what all sectors share. */
function inherited(base: MethodologyFolder | undefined, market: MarketFolder): MarketFolder {
  return {
    parameters: { ...base?.parameters, ...market.parameters },
    glossary: { ...base?.glossary, ...market.glossary },
  };
}

/**
 * Puts a folder together: shapes only; names, units and cases are the lint's.
 * @param base the folder that it extends, where it does
 * @param market the folder of what all sectors share, where it names one
 * @throws LedgerError BAD_METHODOLOGY with every fault, each at `/file/place`
 */
export function readMethodologyFolder(
  values: FolderValues,
  base?: MethodologyFolder,
  market: MarketFolder = noMarket,
): MethodologyFolder {
  const { about, parameters, profile, glossary, vectors, example } = readSources(values);
  const faults: Fault[] = [];
  const before = inherited(base, market);
  const figures = mergeTables(base?.about.figures, about, faults);
  const merged = {
    parameters: mergeParameters(before.parameters, parameters, faults),
    profile: mergeProfile(base?.profile, profile, faults),
    glossary: { ...before.glossary, ...glossary },
    market: new Set([...(base?.market ?? []), ...Object.keys(market.parameters)]),
  };
  assertNoFaults('BAD_METHODOLOGY', faults, about.id);
  return {
    about: { ...about, figures, ...inheritedBalance(about, base) },
    ...merged,
    vectors,
    example,
  };
}

function inheritedBalance(about: MethodologySource, base: MethodologyFolder | undefined): Partial<MethodologySource> {
  const balance = about.balance ?? base?.about.balance;
  return balance ? { balance } : {};
}

const inYear = (text: string, year: string): string => text.replaceAll('{year}', year);

function assertYear({ about }: MethodologyFolder, year: string): void {
  if (about.years.includes(year)) return;
  const known = about.years.join(', ');
  throw new LedgerError('FORMULA_UNDEFINED', `${about.id} is for ${known}, not for ${year}`, { details: { year } });
}

/**
 * Content of the `methodology` record of one year.
 * @throws LedgerError FORMULA_UNDEFINED for a year that is not the folder's, BAD_METHODOLOGY for unreadable bindings
 */
export function methodologyOf(folder: MethodologyFolder, year: string): Methodology {
  assertYear(folder, year);
  const { about } = folder;
  const document: Methodology = {
    id: about.id,
    title: { en: inYear(about.title.en, year), zh: inYear(about.title.zh, year) },
    year,
    sources: about.sources,
    figures: compileFigures(about.figures),
  };
  if (about.format === '1') return document;
  return {
    ...document,
    profile: compileProfile(folder.profile),
    parameterUnits: parameterUnitsOf(folder.parameters),
    ...(about.balance ? { balance: about.balance } : {}),
  };
}

/** Content of the `parameter` record of one year. @throws LedgerError FORMULA_UNDEFINED */
export function parametersOf(folder: MethodologyFolder, year: string): ParameterTable {
  assertYear(folder, year);
  return {
    table: folder.about.id,
    effectiveFrom: `${year}-01-01`,
    effectiveTo: `${year}-12-31`,
    values: compileParameters(folder.parameters, year),
  };
}
