import {
  buildRecord,
  type BuiltRecord,
  type Fault,
  LedgerError,
  type PartyKind,
  provinceOf,
  shelvedMethodologies,
  shelvedRules,
  withArticle,
} from '@carbon-ledger/core';
import type { NamedParty, PlantYearLedger } from '@carbon-ledger/plant-year';
import {
  trialAllowanceRegistry,
  trialCcerRegistry,
  trialNationalAuthority,
  type TrialParty,
  trialPartyRecord,
  trialProvinceAuthority,
  trialSalts,
} from '@carbon-ledger/plant-year/trial';
import type { Service } from '../service/service';

/** Whose market it is: the region of the plant and the report year choose authority and rules. */
export interface MarketQuestion {
  /** GB/T 2260, six digits. */
  readonly region: string;
  /** `YYYY` */
  readonly year: string;
  /** Id of the methodology: `CN-ETS-POWER`. */
  readonly methodology: string;
}

type Rules = Pick<PlantYearLedger, 'methodology' | 'parameters'>;
type RulesQuestion = Pick<MarketQuestion, 'year' | 'methodology'>;

/** Rules of a trial year as the trial's national authority files them; none of a methodology that does not come with the program. */
function trialRules({ year, methodology: asked }: RulesQuestion): Rules | undefined {
  if (!shelvedMethodologies().some(({ id, years }) => id === asked && years.includes(year))) return undefined;
  const { uscc } = trialNationalAuthority;
  const { unit, methodology, parameters } = shelvedRules(asked, year);
  const subject = { uscc, unit, period: year };
  const built = (type: 'methodology' | 'parameter', content: object): BuiltRecord =>
    buildRecord({ type, issuer: uscc, subject, content: { ...content } }, trialSalts(uscc));
  return { methodology: built('methodology', methodology), parameters: built('parameter', parameters) };
}

/**
 * Parties and rules that a trial needs before a plant-year can be anchored, in the order in which they can be filed. Rules that do not
 * come with the program are somebody's own: they are filed by their folder.
 */
export function trialMasterData(
  question: MarketQuestion,
  named: readonly NamedParty[],
  mspsFor: (kind: PartyKind) => readonly string[],
): readonly BuiltRecord[] {
  const authorities = [trialProvinceAuthority(question.region), trialAllowanceRegistry, trialCcerRegistry];
  const parties: readonly TrialParty[] = [...authorities, ...named.map(trialPartyOf)];
  const rules = trialRules(question);
  const { uscc } = trialNationalAuthority;
  const registered = parties.map((party) => trialPartyRecord(party, uscc, mspsFor(party.kind)));
  return rules === undefined ? registered : [...registered, rules.methodology, rules.parameters];
}

function trialPartyOf({ qualifications = [], ...party }: NamedParty): TrialParty {
  return { ...party, qualifications: qualifications.map((one) => ({ ...one, scope: [...one.scope] })) };
}

function notThere(what: string): Fault {
  return {
    path: '',
    code: 'MARKET_INCOMPLETE',
    message: `${what} is not on this ledger`,
  };
}

async function partyOf(service: Service, kind: PartyKind, region: string): Promise<string | Fault> {
  const parties = await service.parties(kind);
  const near = parties.find((party) => provinceOf(party.region) === provinceOf(region));
  const found = near ?? (kind === 'province-authority' ? undefined : parties[0]);
  return found?.uscc ?? notThere(`${withArticle(kind)} of region ${region}`);
}

/** The methodology by its id, never the first of the year: each sector has its own. */
async function rulesOf(service: Service, { year, methodology: id }: RulesQuestion): Promise<(BuiltRecord | Fault)[]> {
  const [methodologies, tables] = await Promise.all([
    service.currentRecords({ type: 'methodology', period: year }),
    service.currentRecords({ type: 'parameter', period: year }),
  ]);
  const methodology = methodologies.find(({ record }) => record.content['id'] === id);
  const parameters = tables.find(({ record }) => record.subject.unit === methodology?.record.subject.unit);
  return [
    methodology ?? notThere(`the methodology ${id} of ${year}`),
    parameters ?? notThere(`the parameter table of ${id} of ${year}`),
  ];
}

function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'code' in value;
}

/** The rules of a year on the ledger. @throws LedgerError MARKET_INCOMPLETE naming what is missing */
export async function ledgerRules(service: Service, question: RulesQuestion): Promise<Rules> {
  const [methodology, parameters] = await rulesOf(service, question);
  const faults = [methodology, parameters].filter(isFault);
  if (methodology === undefined || isFault(methodology) || parameters === undefined || isFault(parameters))
    throw new LedgerError('MARKET_INCOMPLETE', 'rules of the year are missing', { faults });
  return { methodology, parameters };
}

/** What stands on the ledger; else what the trial's authority is about to file. */
async function standingTrialRules(service: Service, question: RulesQuestion): Promise<Rules> {
  const shelved = trialRules(question);
  if (shelved === undefined) return ledgerRules(service, question);
  const [methodology, parameters] = await rulesOf(service, question);
  const isThere = (found: BuiltRecord | Fault | undefined): found is BuiltRecord =>
    found !== undefined && !isFault(found);
  return isThere(methodology) && isThere(parameters) ? { methodology, parameters } : shelved;
}

/**
 * A trial's market with its rules as they stand on the ledger: a table of parameters may have followed by another version.
 * @throws LedgerError MARKET_INCOMPLETE where the methodology neither stands there nor comes with the program
 */
export async function standingTrialMarket(service: Service, question: MarketQuestion): Promise<PlantYearLedger> {
  return {
    ...(await standingTrialRules(service, question)),
    provinceAuthority: trialProvinceAuthority(question.region).uscc,
    allowanceRegistry: trialAllowanceRegistry.uscc,
    ccerRegistry: trialCcerRegistry.uscc,
  };
}

/** Authorities and rules as they stand on the ledger. @throws LedgerError MARKET_INCOMPLETE naming all that is missing */
export async function ledgerMarket(service: Service, question: MarketQuestion): Promise<PlantYearLedger> {
  const [[methodology, parameters], ...parties] = await Promise.all([
    rulesOf(service, question),
    ...(['province-authority', 'allowance-registry', 'ccer-registry'] as const).map((kind) =>
      partyOf(service, kind, question.region),
    ),
  ]);
  const faults = [...parties, methodology, parameters].filter(isFault);
  const [provinceAuthority, allowanceRegistry, ccerRegistry] = parties.map((party) => (isFault(party) ? '' : party));
  if (
    faults.length > 0 ||
    methodology === undefined ||
    parameters === undefined ||
    isFault(methodology) ||
    isFault(parameters)
  )
    throw new LedgerError('MARKET_INCOMPLETE', 'rules or authorities of the year are missing', { faults });
  return {
    provinceAuthority: provinceAuthority ?? '',
    allowanceRegistry: allowanceRegistry ?? '',
    ccerRegistry: ccerRegistry ?? '',
    methodology,
    parameters,
  };
}
