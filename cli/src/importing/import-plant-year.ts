import { setTimeout as pause } from 'node:timers/promises';
import {
  assertNoFaults,
  type BuiltRecord,
  type DocumentRef,
  type ErrorCode,
  type Fault,
  isLedgerError,
  LedgerError,
  type SaltSource,
  signSubmission,
} from '@carbon-ledger/core';
import {
  type AlreadyAnchored,
  buildPlan,
  type BuiltPlantYear,
  planLedgerOf,
  type PlantYearLedger,
  type PlanRecord,
  type PlantYearStep,
  type WaitingRecord,
} from '@carbon-ledger/plant-year';
import { alreadyThere } from './already';
import { trialNationalAuthority } from '@carbon-ledger/plant-year/trial';
import type { Service } from '../service/service';
import type { Gateways } from './gateways';
import { ledgerMarket, standingTrialMarket, trialMasterData } from './market';
import { refusedImport } from './refused';
import { countRecords, Run, summaryOf, type ImportSummary } from './run';
import type { YearFile } from './year-file';

export interface ImportOptions {
  /** Registers the file's parties with trial keys, and the trial's rules, where they are missing. */
  readonly trial: boolean;
  /** Only this party's records are anchored. Undefined: those of every party, as only a trial allows. */
  readonly mine?: string | undefined;
  readonly documents: ReadonlyMap<string, readonly DocumentRef[]>;
  /** RFC 3339 in whole seconds; asked anew for every submission. */
  readonly now: () => string;
  /** Checked between submissions; what was anchored stays. */
  readonly signal: AbortSignal;
  /** Called with the number of records to anchor, then after each submission with those that are done. */
  readonly onProgress: (done: number, total: number) => void;
}

/** Everything that stands on the ledger under the keys of the plan. */
async function standingRecords(
  service: Service,
  enterprise: string,
  keys: readonly string[],
): Promise<Map<string, BuiltRecord>> {
  const heads = await service.heads(keys);
  const taken = keys.filter((_, index) => heads[index]);
  if (taken.length === 0) return new Map();
  const own = await service.currentRecords({ party: enterprise });
  const known = new Map<string, BuiltRecord>(own.map((record) => [record.key, record]));
  for (const key of taken) if (!known.has(key)) known.set(key, await service.built(key));
  return known;
}

async function saltsOf(service: Service, parties: ReadonlySet<string>): Promise<(party: string) => SaltSource> {
  const lacking: Fault[] = [];
  const salts = new Map<string, SaltSource>();
  for (const party of parties) {
    if (await service.keys.has(party)) salts.set(party, await service.keys.saltsOf(party));
    else lacking.push({ path: party, code: 'KEY_NOT_HELD', message: 'there is no key to sign its records with' });
  }
  assertNoFaults('KEY_NOT_HELD', lacking, 'keys are missing for some of the parties');
  return (party) => {
    const source = salts.get(party);
    if (source === undefined) throw new LedgerError('KEY_NOT_HELD', `no key of ${party}`);
    return source;
  };
}

function differsFrom({ same, lacking }: AlreadyAnchored): string[] {
  if (!same) return ['another statement is anchored here; carbon-ledger check plant-year names every difference'];
  return lacking.map((name) => `it is anchored without ${name}: its next version, once it was opened, may name it`);
}

function assertSameAsLedger(built: BuiltPlantYear): void {
  const faults = built.already.flatMap((one) =>
    differsFrom(one).map((message): Fault => ({
      ...{ path: one.key, code: 'KEY_TAKEN', message, details: { anchored: one.record } },
    })),
  );
  assertNoFaults('KEY_TAKEN', faults, 'the ledger says something else than the file; nothing was anchored');
}

async function missingMasterData(
  gateways: Gateways,
  file: YearFile,
  { trial, mine }: ImportOptions,
): Promise<PlantYearStep[]> {
  if (!trial || mine !== undefined) return [];
  const records = trialMasterData(file.market, file.parties, (kind) => gateways.mspsFor(kind));
  const heads = await gateways.main.heads(records.map(({ key }) => key));
  const missing = records.filter((_, index) => !heads[index]);
  return missing.length === 0 ? [] : [{ party: trialNationalAuthority.uscc, records: missing }];
}

/** A document of no record would silently not be anchored. */
function assertAllPlaced(documents: ImportOptions['documents'], planned: ReadonlySet<string>): void {
  const faults = [...documents.keys()]
    .filter((key) => !planned.has(key))
    .map((key): Fault => ({ path: key, code: 'BAD_FILE', message: 'the plant-year makes no record of this key' }));
  assertNoFaults('BAD_FILE', faults, 'the manifest names records that are none of the file');
}

async function planOf(
  service: Service,
  file: YearFile,
  market: PlantYearLedger,
  options: ImportOptions,
): Promise<BuiltPlantYear> {
  const plan = file.plan(planLedgerOf(market));
  assertAllPlaced(options.documents, new Set(plan.map(({ key }) => key)));
  const standing = await standingRecords(
    service,
    file.enterprise,
    plan.map(({ key }) => key),
  );
  const isMine = mineOf(file, options.mine);
  const salts = await saltsOf(service, new Set(plan.filter(isMine ?? (() => true)).map(({ issuer }) => issuer)));
  return buildPlan(plan, market, {
    salts,
    ...(isMine === undefined ? {} : { isMine, isInOrder: isInOrder(file, options.mine) }),
    documents: (key) => options.documents.get(key) ?? [],
    anchored: (key) => standing.get(key),
  });
}

/** A party that the file names files what it has; an authority what is its turn. */
function isInOrder(file: YearFile, party: string | undefined): boolean {
  return file.isInOrder && !file.parties.some(({ uscc }) => uscc === party);
}

/** What a party files of a year, as far as its file has come. */
function mineOf({ isStated }: YearFile, party: string | undefined): ((plan: PlanRecord) => boolean) | undefined {
  return party === undefined ? undefined : (plan) => plan.issuer === party && isStated(plan);
}

async function anchorStep(
  gateways: Gateways,
  ledger: string,
  step: PlantYearStep,
  options: ImportOptions,
): Promise<void> {
  const records = step.records.map(({ record }) => record);
  const signer = await gateways.main.keys.signerOf(step.party);
  const submission = await signSubmission({ ledger, party: step.party, records, signedAt: options.now() }, signer);
  const figures = Object.fromEntries(step.records.map((built) => [built.id, [...built.figures]]));
  await gateways.submit(step.party, { submission, figures });
}

/** Anchors the steps one after the other. @throws LedgerError of the first that is refused; those before it stay anchored */
async function anchorSteps(
  gateways: Gateways,
  steps: readonly PlantYearStep[],
  run: Run<ImportOptions>,
): Promise<void> {
  const { ledger } = await gateways.main.ledger();
  run.expect(steps);
  for (const step of steps) {
    if (run.options.signal.aborted) throw new LedgerError('INTERRUPTED');
    try {
      await anchorStep(gateways, ledger, step, run.options);
    } catch (error) {
      throw refusedImport(error, step.records, countRecords(run.anchored));
    }
    run.take(step);
  }
}

/** Another import was first with something that this one wanted to anchor too. */
const overtaken: ReadonlySet<ErrorCode> = new Set([
  'ALREADY_ANCHORED',
  'KEY_TAKEN',
  // What is cited was anchored by the other, and the gateway has not read it yet.
  'CONTEXT_MISSING',
  'CITATION_UNKNOWN',
]);

function isOvertaken(error: unknown): boolean {
  if (!isLedgerError(error)) return false;
  return overtaken.has(error.code) || error.faults.some(({ code }) => overtaken.has(code));
}

interface Plan {
  readonly steps: readonly PlantYearStep[];
  /** Business keys of records that stand there already. */
  readonly already: readonly string[];
  readonly waiting: readonly WaitingRecord[];
}

/** @throws LedgerError KEY_TAKEN where the ledger says something else, KEY_NOT_HELD, MARKET_INCOMPLETE */
async function planSteps(gateways: Gateways, file: YearFile, options: ImportOptions): Promise<Plan> {
  const question = file.market;
  const masterData = await missingMasterData(gateways, file, options);
  const market = options.trial
    ? await standingTrialMarket(gateways.main, question)
    : await ledgerMarket(gateways.main, question);
  const built = await planOf(gateways.main, file, market, options);
  assertSameAsLedger(built);
  return { ...built, steps: [...masterData, ...built.steps], already: built.already.map(({ key }) => key) };
}

/** How often in a row an import may be overtaken without seeing what overtook it: the gateway reads its peer's blocks later. */
const mostWaits = 100;
const waitMillis = 50;

/**
 * Anchors a report year, each record signed by its own party, in few large submissions. What stands on the ledger
 * already is left alone, so a run that was cut short goes on where it stopped, and imports that run at once go on beside one
 * another: each leaves to the others what they anchored first.
 * @param open opens the gateways; again whenever another import was first, because a party that had to be registered may read
 *   its figures from then on
 * @throws LedgerError KEY_TAKEN where the ledger says something else, KEY_NOT_HELD, MARKET_INCOMPLETE, INTERRUPTED
 */
export async function importPlantYear(
  open: () => Promise<Gateways>,
  file: YearFile,
  options: ImportOptions,
): Promise<ImportSummary> {
  const run = new Run(options);
  let gateways = await open();
  let plan = await planSteps(gateways, file, options);
  for (let waits = 0; !(await isAnchored(gateways, plan, run, waits));) {
    const before = countRecords(plan.steps);
    gateways = await open();
    plan = await planSteps(gateways, file, options);
    const isSeen = countRecords(plan.steps) < before;
    waits = isSeen ? 0 : waits + 1;
    if (!isSeen) await pause(waitMillis, undefined, { signal: options.signal });
  }
  await gateways.settle();
  const already = plan.already.filter((key) => !run.has(key));
  const there = await alreadyThere(gateways.main, already);
  return summaryOf(run.anchored, { already: already.length, ...there, waiting: plan.waiting });
}

/** Tries a plan; false where another import was first with part of it. @throws LedgerError for any other refusal */
async function isAnchored(gateways: Gateways, plan: Plan, run: Run<ImportOptions>, waits: number): Promise<boolean> {
  try {
    await anchorSteps(gateways, plan.steps, run);
    return true;
  } catch (error) {
    if (isOvertaken(error) && waits < mostWaits) return false;
    throw error;
  }
}
