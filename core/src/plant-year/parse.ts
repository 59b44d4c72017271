import { assertNoFaults, isLedgerError, type Fault } from '../errors';
import { coalPower, coalPowerParameters, figureFaults } from '../methodology';
import { recordTypes, type PartyFacts } from '../records';
import { faultsOf } from '../validation';
import { consistencyFaults } from './consistency';
import { evaluateYear, type EvaluatedRecord, type PlantYearRules } from './evaluate';
import { evaluablesOf } from './evaluables';
import { field, type PlantYear } from './model';
import { ownLedger } from './parties';
import type { PlanRecord } from './plan';
import { planPlantYear } from './plan-year';
import { parseBlockName } from './read-daily';
import { readPlantYearLeniently } from './read';
import { dailyBlockSchema, plantYearSchema } from './schema';

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Faults of spelling and presence, daily blocks under names of their own included. */
function shapeFaults(value: unknown): Fault[] {
  const result = plantYearSchema.safeParse(value);
  const faults = result.success ? [] : faultsOf('BAD_FILE', result.error);
  if (!isRecord(value)) return faults;
  const named = Object.entries(value).filter(([key]) => parseBlockName(key) !== undefined);
  const ofBlocks = named.flatMap(([key, block]) => {
    const read = dailyBlockSchema.safeParse(block);
    return read.success ? [] : faultsOf('BAD_FILE', read.error, `/${key}`);
  });
  return [...faults, ...ofBlocks];
}

/** The file's own place of a record's fault: `/figures/Car_tC_t` of a month is `/units/0/months/4/Car_tC_t`. */
function inFile(plan: PlanRecord, fault: Fault): Fault {
  const [, part = '', name = ''] = /^\/(content|figures|totals)\/(.+)$/.exec(fault.path) ?? [];
  const sources = part === 'content' ? plan.contentSources : plan.figureSources;
  return {
    ...fault,
    path: sources.get(name)?.pointer ?? plan.pointer,
    details: { ...fault.details, record: plan.key },
  };
}

/** A check may meet a day that is none in a record it cites: that is a fault of the file as well. */
function guarded(check: () => Fault[]): Fault[] {
  try {
    return check();
  } catch (error) {
    if (isLedgerError(error)) return [{ path: '', code: error.code, message: error.message }];
    throw error;
  }
}

/** The rules that the ledger itself will apply to the record: its content, its figures, its type's own checks. */
function recordFaults(plan: PlanRecord, evaluated: EvaluatedRecord, issuer: PartyFacts): Fault[] {
  const spec = recordTypes[plan.type];
  const content = spec.content.safeParse(plan.content);
  if (!content.success) return faultsOf('BAD_RECORD', content.error, '/content');
  const { scope } = evaluated;
  const check = (): Fault[] =>
    spec.check?.({ record: scope.record, content: content.data, scope, issuer, time: '' }) ?? [];
  return [...figureFaults(evaluated.specs, scope), ...guarded(check)];
}

/** The issuer as the file presents it: the lab with the certificate that the file names. */
function issuerFacts(file: PlantYear, plan: PlanRecord): PartyFacts {
  const number = field(file.lab, 'cmaNo');
  const validTo = field(file.lab, 'cmaValidTo') ?? null;
  const qualifications =
    plan.type === 'test-report' && number !== undefined
      ? [{ kind: 'CMA' as const, number, scope: [], validFrom: null, validTo }]
      : [];
  const kind = recordTypes[plan.type].filedBy[0] ?? 'enterprise';
  return { uscc: plan.issuer, kind, region: '', qualifications };
}

function ruleFaults(file: PlantYear, rules: PlantYearRules): Fault[] {
  const plan = planPlantYear(file, ownLedger(rules.parameters));
  const evaluated = evaluateYear(evaluablesOf(plan), rules);
  return plan.flatMap((record) => {
    const own = evaluated.get(record.key);
    if (!own) return [];
    return recordFaults(record, own, issuerFacts(file, record)).map((fault) => inFile(record, fault));
  });
}

/** A fault at a place whose spelling is already refused says nothing new; one at the same place twice neither. */
function withoutEchoes(shape: readonly Fault[], others: readonly Fault[]): Fault[] {
  const said = new Set(shape.map((fault) => fault.path));
  const seen = new Set<string>();
  const news = others.filter((fault) => {
    const sign = `${fault.path} ${fault.code} ${fault.message}`;
    const isNew = !said.has(fault.path) && !seen.has(sign);
    seen.add(sign);
    return isNew;
  });
  return [...shape, ...news];
}

function rulesOfYear(year: string): PlantYearRules | Fault {
  try {
    return { methodology: coalPower(year), parameters: coalPowerParameters(year) };
  } catch (error) {
    if (isLedgerError(error)) return { path: '/reportYear', code: error.code, message: error.message };
    throw error;
  }
}

/**
 * Reads a plant-year file for import: every fault is told, with its JSON pointer, before anything is anchored. Each figure
 * that the rules compute is computed anew from the file's inputs; a different one is a `FIGURE_MISMATCH` fault with
 * `figure`, `expected`, `got` and `step`.
 * @param rules methodology and parameters of the ledger; by default those that this program carries for the year
 * @throws LedgerError BAD_FILE with all faults
 */
export function parsePlantYear(value: unknown, rules?: PlantYearRules): PlantYear {
  const shape = shapeFaults(value);
  const file = readForParsing(value, shape);
  const known = rules ?? rulesOfYear(file.year);
  const others = 'code' in known ? [known] : [...consistencyFaults(file, known.parameters), ...ruleFaults(file, known)];
  assertNoFaults('BAD_FILE', withoutEchoes(shape, others), 'the plant-year file has faults');
  return file;
}

/** A file that cannot even be read leniently is refused with what its shape lacks. */
function readForParsing(value: unknown, shape: readonly Fault[]): PlantYear {
  try {
    return readPlantYearLeniently(value);
  } catch (error) {
    assertNoFaults('BAD_FILE', shape, 'not a plant-year file');
    throw error;
  }
}
