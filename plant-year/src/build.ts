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
  /**
   * Which records are made: those of one party, as far as it states them. Others are cited where they are anchored, and what
   * cites one that is not waits for it. All are made by default.
   */
  readonly isMine?: (plan: PlanRecord) => boolean;
  /** A record waits for every one before it in the plan: where more than citations must be there before. */
  readonly isInOrder?: boolean;
}

/** A record that cannot be made before others anchor what it cites. */
export interface WaitingRecord {
  readonly key: string;
  /** Business keys. */
  readonly for: readonly string[];
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
  /** Not made yet. */
  readonly waiting: readonly WaitingRecord[];
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

/** What must stand before a record can be anchored and is neither anchored nor made here: what it cites, and what lets its issuer file it. */
function lackingFor(plan: PlanRecord, plans: readonly PlanRecord[], built: ReadonlyMap<string, BuiltRecord>): string[] {
  const registered = plan.registration === true ? [] : plans.filter((other) => isNeeded(other, plan));
  const keys = [...Object.values(plan.cites).flat(), ...registered.map(({ key }) => key)];
  return [...new Set(keys)].filter((key) => !built.has(key));
}

/** Units that the province accepted, and that the issuer was engaged where it works for the enterprise. */
function isNeeded({ registration, kind, content }: PlanRecord, { issuer }: PlanRecord): boolean {
  if (registration !== true) return false;
  return kind.startsWith('review.') || (kind.startsWith('engagement.') && content['party'] === issuer);
}

/** A plan on its way to records. */
class PlanRun {
  readonly fresh: BuiltRecord[] = [];
  readonly already: AlreadyAnchored[] = [];
  readonly waiting: WaitingRecord[] = [];
  readonly #plans: readonly PlanRecord[];
  readonly #options: BuildOptions;
  readonly #built: Map<string, BuiltRecord>;
  /** The first record of another that is not there, where order counts. */
  #missing: string | undefined;

  constructor(plans: readonly PlanRecord[], ledger: PlantYearLedger, options: BuildOptions) {
    this.#plans = plans;
    this.#options = options;
    this.#built = new Map([ledger.methodology, ledger.parameters].map((record) => [record.key, record]));
  }

  take(plan: PlanRecord): void {
    const { isMine } = this.#options;
    const anchored = this.#standing(plan.key);
    if (anchored !== undefined) this.#built.set(plan.key, anchored);
    if (isMine === undefined) this.#make(plan, anchored);
    else if (isMine(plan)) this.#makeUnlessLacking(plan, anchored);
    else if (this.#options.isInOrder === true && anchored === undefined) this.#missing ??= plan.key;
  }

  readonly #standing = (key: string): BuiltRecord | undefined => this.#options.anchored?.(key);

  #makeUnlessLacking(plan: PlanRecord, anchored: BuiltRecord | undefined): void {
    const before = this.#missing === undefined ? [] : [this.#missing];
    const lacking = new Set([...before, ...lackingFor(plan, this.#plans, this.#built)]);
    if (lacking.size === 0) this.#make(plan, anchored);
    else if (anchored === undefined) this.waiting.push({ key: plan.key, for: [...lacking] });
  }

  #make(plan: PlanRecord, anchored: BuiltRecord | undefined): void {
    const salts = this.#options.salts(plan.issuer);
    const draft = draftOf(plan, this.#built, this.#options);
    const made = buildRecord(againstLastYear(plan, draft, this.#standing, salts), salts);
    if (anchored !== undefined) {
      this.already.push(alreadyAnchored(plan, made, anchored));
      return;
    }
    this.fresh.push(made);
    this.#built.set(plan.key, made);
  }
}

/** Makes the records of a plan, in its order. @throws LedgerError FIGURE_UNKNOWN as above */
export function buildPlan(
  plans: readonly PlanRecord[],
  ledger: PlantYearLedger,
  options: BuildOptions,
): BuiltPlantYear {
  const run = new PlanRun(plans, ledger, options);
  for (const plan of plans) run.take(plan);
  const { fresh, already, waiting } = run;
  return { steps: stepsOf(fresh), already, waiting };
}

function alreadyAnchored(plan: PlanRecord, made: BuiltRecord, anchored: BuiltRecord): AlreadyAnchored {
  return {
    key: plan.key,
    record: anchored.id,
    same: plan.registration === true || statement(anchored) === statement(made),
    lacking: lackingOf(made, anchored),
  };
}
