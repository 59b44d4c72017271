import { assertNoFaults, type Fault } from '@carbon-ledger/core';
import { consistencyFaults } from './consistency';
import type { PlantYearRules } from './evaluate';
import { field, type PlantYear } from './model';
import { parsePlantYear, readForParsing, ruleFaults, rulesOfYear, withoutEchoes } from './parse';
import { ownLedger } from './parties';
import type { PlanRecord } from './plan';
import { planPlantYear } from './plan-year';
import { shapeFaults, toFaults } from './shape';

/** What one party files of a year, as far as its file has come. */
export interface OwnPart {
  readonly file: PlantYear;
  /** Whether the file says what this record is made of. */
  readonly isStated: (plan: PlanRecord) => boolean;
  /** An authority or registry files what is its turn: what it rests on are steps, not citations alone. */
  readonly isInOrder: boolean;
}

function valueAt(root: unknown, pointer: string): unknown {
  const names = pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  return names.reduce<unknown>((value, name) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    return (value as Readonly<Record<string, unknown>>)[name];
  }, root);
}

/** Places that the records take something from. */
function sourcesOf(plans: readonly PlanRecord[]): ReadonlySet<string> {
  const sources = plans.flatMap(({ contentSources, figureSources }) => [
    ...contentSources.values(),
    ...figureSources.values(),
  ]);
  return new Set(sources.map(({ pointer }) => pointer));
}

const files = ['enterprise', 'lab', 'verifier', 'preparer'] as const;

/** Parties whose part may be in a file that grows; authorities have the whole of it. */
function hasOwnPart(value: unknown, party: string): boolean {
  const file = readForParsing(value, shapeFaults(value));
  return files.some((name) => field(file[name], 'uscc') === party);
}

/**
 * Reads the part of a plant-year that one party files: of a laboratory its reports, of an enterprise the months that are
 * over, and the year once it states it. What others state, and what is not stated yet, may be missing; what is there must be
 * right, wherever it stands. An authority's part rests on the whole of the file.
 * @throws LedgerError BAD_FILE with all faults
 */
export function parseOwnPart(value: unknown, party: string, rules?: PlantYearRules): OwnPart {
  if (!hasOwnPart(value, party)) return { file: parsePlantYear(value, rules), isStated: () => true, isInOrder: true };
  const shape = shapeFaults(value);
  const file = readForParsing(value, shape);
  const isStated = statedIn(value, file);
  const known = rules ?? rulesOfYear(file.year);
  if ('code' in known) assertNoFaults('BAD_FILE', [known], 'the plant-year file has faults');
  else {
    const isJudged = (plan: PlanRecord): boolean => plan.issuer === party && isStated(plan);
    const own = planPlantYear(file, ownLedger(known)).filter(isJudged);
    const sources = sourcesOf(own);
    const isTold = ({ path }: Fault): boolean => valueAt(value, path) !== undefined || sources.has(path);
    const faults = withoutEchoes(toFaults(shape, known.methodology).filter(isTold), [
      ...file.unreadable,
      ...consistencyFaults(file, known.parameters, isWhole(own)).filter(isTold),
      ...ruleFaults(file, known, isJudged),
    ]);
    assertNoFaults('BAD_FILE', faults, 'the plant-year file has faults');
  }
  return { file, isStated, isInOrder: false };
}

/** The report of the plant states nothing of its own: it is there once those of its units are. */
function statedIn(value: unknown, { units }: PlantYear): (plan: PlanRecord) => boolean {
  const isThere = (pointer: string): boolean => valueAt(value, pointer) !== undefined;
  return ({ kind, subject, pointer }) =>
    kind === 'annual-report' && subject.unit === 'PLANT'
      ? units.every(({ annual }) => isThere(annual.pointer))
      : isThere(pointer);
}

/** A year has twelve months once it is reported: until then, those that are over. */
function isWhole(own: readonly PlanRecord[]): (unit: string) => boolean {
  const reported = new Set(own.filter(({ kind }) => kind === 'annual-report').map(({ subject }) => subject.unit));
  return (unit) => reported.has(unit);
}
