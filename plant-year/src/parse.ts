import {
  assertNoFaults,
  coalPower,
  coalPowerParameters,
  type Fault,
  faultsOf,
  figureFaults,
  isLedgerError,
  type PartyFacts,
  type RecordScope,
  recordTypes,
  specNamed,
} from '@carbon-ledger/core';
import { consistencyFaults } from './consistency';
import { evaluateYear, type EvaluatedRecord, type PlantYearRules } from './evaluate';
import { evaluablesOf } from './evaluables';
import { field, type PlantYear } from './model';
import { ownLedger } from './parties';
import type { PlanRecord } from './plan';
import { planPlantYear } from './plan-year';
import { readPlantYear } from './read';
import { shapeFaults, toFaults, type ShapeFault } from './shape';
import { UnreadFigures } from './unread';

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

/** A file is read without a clock: nothing in it lies in the future. */
const NEVER = '9999-12-31T00:00:00Z';

/** A check may meet a day that is none in a record it cites: that is a fault of the file as well. */
function guarded(check: () => Fault[]): Fault[] {
  try {
    return check();
  } catch (error) {
    if (isLedgerError(error)) return [{ path: '', code: error.code, message: error.message }];
    throw error;
  }
}

const ofComputation: ReadonlySet<Fault['code']> = new Set(['FIGURE_MISSING', 'FIGURE_MISMATCH', 'FORMULA_UNDEFINED']);

/** What a figure should be, nobody can say where something that it takes was not read: that is told at its own place. */
function judgedFigureFaults({ scope, specs }: EvaluatedRecord, unread: UnreadFigures): Fault[] {
  return figureFaults(specs, scope).filter(({ code, path }) => {
    const spec = specNamed(specs, path.replace('/figures/', ''));
    return spec === undefined || !ofComputation.has(code) || !unread.isBehind(spec, scope);
  });
}

/** The rules that the ledger itself will apply to the record: its content, its figures, its type's own checks. */
function recordFaults(plan: PlanRecord, evaluated: EvaluatedRecord, known: KnownFile): Fault[] {
  const spec = recordTypes[plan.type];
  const content = spec.content.safeParse(plan.content);
  if (!content.success) return faultsOf('BAD_RECORD', content.error, '/content');
  const { scope } = evaluated;
  const issuer = issuerFacts(known.file, plan);
  const input = { record: scope.record, id: '', content: content.data, scope, issuer, time: NEVER };
  const check = (): Fault[] => spec.check?.(input) ?? [];
  const own = known.unread.isIncomplete(scope) ? [] : [...citationFaults(plan, scope), ...guarded(check)];
  return [...judgedFigureFaults(evaluated, known.unread), ...own];
}

/** A record cites no more and no fewer of a role than its type allows. */
function citationFaults(plan: PlanRecord, { record }: RecordScope): Fault[] {
  return recordTypes[plan.type].cites(record).flatMap(({ role, min, max }): Fault[] => {
    const count = plan.cites[role]?.length ?? 0;
    if (count >= min && count <= max) return [];
    const message = `${plan.key} cites ${String(count)} records as ${role}; it must be ${String(min)} to ${String(max)}`;
    return [{ path: '', code: 'BAD_RECORD', message }];
  });
}

/** Two things of the file that would be one record: the ledger would take the first and refuse the second. */
function sameKeyFaults(plan: readonly PlanRecord[]): Fault[] {
  const firsts = new Map<string, PlanRecord>();
  return plan.flatMap((record): Fault[] => {
    const first = firsts.get(record.key);
    firsts.set(record.key, first ?? record);
    if (first === undefined) return [];
    const message = `${record.key} is also the record of ${first.pointer}`;
    return [{ path: record.pointer, code: 'KEY_TAKEN', message, details: { record: record.key } }];
  });
}

/** The issuer as the file presents it: the lab with the certificate that the file names. */
function issuerFacts(file: PlantYear, plan: PlanRecord): PartyFacts {
  const number = field(file.lab, 'cmaNo');
  const validTo = field(file.lab, 'cmaValidTo') ?? null;
  const qualifications =
    plan.type === 'test-report' && number !== undefined
      ? [{ kind: 'CMA' as const, number, scope: [], validFrom: null, validTo }]
      : [];
  const kind = recordTypes[plan.type].filed[0]?.by ?? 'enterprise';
  return { uscc: plan.issuer, kind, region: '', qualifications };
}

interface KnownFile {
  readonly file: PlantYear;
  readonly unread: UnreadFigures;
}

/** @param isJudged which records are held to the rules; all by default */
export function ruleFaults(
  file: PlantYear,
  rules: PlantYearRules,
  isJudged: (plan: PlanRecord) => boolean = () => true,
): Fault[] {
  const plan = planPlantYear(file, ownLedger(rules));
  const evaluated = evaluateYear(evaluablesOf(plan), rules);
  const known = { file, unread: new UnreadFigures(plan, file, evaluated) };
  const ofRecords = plan.filter(isJudged).flatMap((record) => {
    const own = evaluated.get(record.key);
    return own ? recordFaults(record, own, known).map((fault) => inFile(record, fault)) : [];
  });
  return [...sameKeyFaults(plan), ...ofRecords];
}

/** A fault at a place whose spelling is already refused says nothing new; one at the same place twice neither. */
export function withoutEchoes(shape: readonly Fault[], others: readonly Fault[]): Fault[] {
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

export function rulesOfYear(year: string): PlantYearRules | Fault {
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
  const all = withoutEchoes(toFaults(shape, 'code' in known ? undefined : known.methodology), [
    ...file.unreadable,
    ...others,
  ]);
  assertNoFaults('BAD_FILE', all, 'the plant-year file has faults');
  return file;
}

/** A file that cannot even be read leniently is refused with what its shape lacks. */
export function readForParsing(value: unknown, shape: readonly ShapeFault[]): PlantYear {
  try {
    return readPlantYear(value, shape);
  } catch (error) {
    assertNoFaults('BAD_FILE', toFaults(shape), 'not a plant-year file');
    throw error;
  }
}
