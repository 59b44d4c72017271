import {
  buildRecord,
  type BuiltRecord,
  canonicalize,
  type DocumentRef,
  type RecordDraft,
  type SaltSource,
} from '@carbon-ledger/core';
import { againstLastYear } from './last-year';
import { methodologyRules } from './rules';
import type { PlantYear } from './model';
import type { PlanLedger, PlanRecord } from './plan';
import { planPlantYear } from './plan-year';

/** The ledger on which a plant-year is anchored: the rules of its year and the authorities that file what is theirs. */
export interface PlantYearLedger {
  readonly methodology: BuiltRecord;
  readonly parameters: BuiltRecord;
  readonly provinceAuthority: string;
  readonly allowanceRegistry: string;
  readonly ccerRegistry: string;
}

export interface BuildOptions {
  /** Salts of a party's figures. The same salts make the same records, so that an import can be repeated. */
  readonly salts: (party: string) => SaltSource;
  /** Documents of a record, by business key; none by default. */
  readonly documents?: (key: string) => readonly DocumentRef[];
  /** The current record under a key, if it is anchored already: it is cited and not made again. */
  readonly anchored?: (key: string) => BuiltRecord | undefined;
}

/** Records of one party, in order: one submission of at most 1,000 records. */
export interface PlantYearStep {
  readonly party: string;
  readonly records: readonly BuiltRecord[];
}

export interface BuiltPlantYear {
  /** To be submitted in this order. */
  readonly steps: readonly PlantYearStep[];
  /** Already anchored. Where it is not as the file and its documents say, a supersession would be needed. */
  readonly already: readonly AlreadyAnchored[];
}

export interface AlreadyAnchored {
  readonly key: string;
  readonly record: string;
  /** Whether the file states the same. */
  readonly same: boolean;
  /** Names of documents that belong to it now and that it does not name, by digest and role. */
  readonly lacking: readonly string[];
}

const maxRecordsPerSubmission = 1000;

export function planLedgerOf(ledger: PlantYearLedger): PlanLedger {
  return {
    methodologyKey: ledger.methodology.key,
    parametersKey: ledger.parameters.key,
    ...methodologyRules(ledger),
    provinceAuthority: ledger.provinceAuthority,
    allowanceRegistry: ledger.allowanceRegistry,
    ccerRegistry: ledger.ccerRegistry,
  };
}

function draftOf(plan: PlanRecord, built: ReadonlyMap<string, BuiltRecord>, options: BuildOptions): RecordDraft {
  const cites = Object.entries(plan.cites).map(([role, keys]) => [role, keys.flatMap((key) => built.get(key) ?? [])]);
  return {
    type: plan.type,
    issuer: plan.issuer,
    subject: plan.subject,
    kind: plan.kind,
    content: plan.content,
    cites: Object.fromEntries(cites) as Record<string, BuiltRecord[]>,
    figures: plan.figures,
    readers: plan.readers,
    documents: options.documents?.(plan.key) ?? [],
  };
}

/** What a record states, without salts, documents and the ids of what it cites. */
function statement({ record, figures }: BuiltRecord): string {
  const values = figures.map(({ name, value, unit }) => ({ name, value, unit }));
  const cites = record.cites.map(({ role, key }) => ({ role, key }));
  return canonicalize({ issuer: record.issuer, content: record.content, totals: record.totals, cites, values });
}

/** Documents that are to belong to a record that is anchored without them. */
function lackingOf({ record: made }: BuiltRecord, { record: anchored }: BuiltRecord): string[] {
  const isThere = ({ role, sha256 }: DocumentRef): boolean =>
    anchored.documents.some((one) => one.role === role && one.sha256 === sha256);
  return made.documents.filter((document) => !isThere(document)).map(({ name }) => name);
}

function stepsOf(records: readonly BuiltRecord[]): PlantYearStep[] {
  const steps: { party: string; records: BuiltRecord[] }[] = [];
  for (const built of records) {
    const last = steps.at(-1);
    const fits = last?.party === built.record.issuer && last.records.length < maxRecordsPerSubmission;
    if (fits) last.records.push(built);
    else steps.push({ party: built.record.issuer, records: [built] });
  }
  return steps;
}

/**
 * Makes all records of a parsed plant-year, ids and citations included, in the order in which they can be anchored.
 * @throws LedgerError FIGURE_UNKNOWN when the ledger's methodology does not have a figure of the file
 */
export function buildPlantYear(file: PlantYear, ledger: PlantYearLedger, options: BuildOptions): BuiltPlantYear {
  return buildPlan(planPlantYear(file, planLedgerOf(ledger)), ledger, options);
}

/** Makes the records of a plan, in its order. @throws LedgerError FIGURE_UNKNOWN as above */
export function buildPlan(
  plans: readonly PlanRecord[],
  ledger: PlantYearLedger,
  options: BuildOptions,
): BuiltPlantYear {
  const built = new Map([ledger.methodology, ledger.parameters].map((record) => [record.key, record]));
  const fresh: BuiltRecord[] = [];
  const already: AlreadyAnchored[] = [];
  for (const plan of plans) {
    const salts = options.salts(plan.issuer);
    const standing = options.anchored ?? ((): undefined => undefined);
    const made = buildRecord(againstLastYear(plan, draftOf(plan, built, options), standing, salts), salts);
    const anchored = standing(plan.key);
    if (anchored)
      already.push({
        key: plan.key,
        record: anchored.id,
        same: plan.registration === true || statement(anchored) === statement(made),
        lacking: lackingOf(made, anchored),
      });
    else fresh.push(made);
    built.set(plan.key, anchored ?? made);
  }
  return { steps: stepsOf(fresh), already };
}
