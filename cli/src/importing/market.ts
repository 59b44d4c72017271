import {
  buildRecord,
  type BuiltRecord,
  coalPower,
  coalPowerParameters,
  type Fault,
  LedgerError,
  type PartyKind,
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
}

/** Rules of a trial year as the trial's national authority files them. */
function trialRule(type: 'methodology' | 'parameter', year: string): BuiltRecord {
  const { uscc } = trialNationalAuthority;
  const content = type === 'methodology' ? coalPower(year) : coalPowerParameters(year);
  const subject = { uscc, unit: 'POWER', period: year };
  return buildRecord({ type, issuer: uscc, subject, content: { ...content } }, trialSalts(uscc));
}

/** The fictitious market of a trial ledger, whether it is anchored yet or not. @throws LedgerError FORMULA_UNDEFINED */
export function trialMarket({ region, year }: MarketQuestion): PlantYearLedger {
  return {
    methodology: trialRule('methodology', year),
    parameters: trialRule('parameter', year),
    provinceAuthority: trialProvinceAuthority(region).uscc,
    allowanceRegistry: trialAllowanceRegistry.uscc,
    ccerRegistry: trialCcerRegistry.uscc,
  };
}

/** Parties and rules that a trial needs before a plant-year can be anchored, in the order in which they can be filed. */
export function trialMasterData(
  question: MarketQuestion,
  named: readonly NamedParty[],
  mspsFor: (kind: PartyKind) => readonly string[],
): readonly BuiltRecord[] {
  const authorities = [trialProvinceAuthority(question.region), trialAllowanceRegistry, trialCcerRegistry];
  const parties: readonly TrialParty[] = [...authorities, ...named.map(trialPartyOf)];
  const { methodology, parameters } = trialMarket(question);
  const { uscc } = trialNationalAuthority;
  return [...parties.map((party) => trialPartyRecord(party, uscc, mspsFor(party.kind))), methodology, parameters];
}

function trialPartyOf({ qualifications = [], ...party }: NamedParty): TrialParty {
  return { ...party, qualifications: qualifications.map((one) => ({ ...one, scope: [...one.scope] })) };
}

function notThere(what: string): Fault {
  return {
    path: '',
    code: 'PARTY_UNKNOWN',
    message: `${what} is not on this ledger; on a trial ledger, import with --trial-keys files it`,
  };
}

async function partyOf(service: Service, kind: PartyKind, region: string): Promise<string | Fault> {
  const parties = await service.parties(kind);
  const found = parties.find((party) => party.region.slice(0, 2) === region.slice(0, 2)) ?? parties[0];
  const fits = found !== undefined && (kind !== 'province-authority' || found.region.startsWith(region.slice(0, 2)));
  return fits ? found.uscc : notThere(`a ${kind} of region ${region}`);
}

async function ruleOf(service: Service, type: 'methodology' | 'parameter', year: string): Promise<BuiltRecord | Fault> {
  const [found] = await service.currentRecords({ type, period: year });
  return found ?? notThere(`the ${type} of ${year}`);
}

/** Authorities and rules as they stand on the ledger. @throws LedgerError PARTY_UNKNOWN naming all that is missing */
export async function ledgerMarket(service: Service, { region, year }: MarketQuestion): Promise<PlantYearLedger> {
  const [provinceAuthority, allowanceRegistry, ccerRegistry, methodology, parameters] = await Promise.all([
    partyOf(service, 'province-authority', region),
    partyOf(service, 'allowance-registry', region),
    partyOf(service, 'ccer-registry', region),
    ruleOf(service, 'methodology', year),
    ruleOf(service, 'parameter', year),
  ]);
  const isFault = (value: unknown): value is Fault => typeof value === 'object' && value !== null && 'code' in value;
  const faults = [provinceAuthority, allowanceRegistry, ccerRegistry, methodology, parameters].filter(isFault);
  if (
    isFault(provinceAuthority) ||
    isFault(allowanceRegistry) ||
    isFault(ccerRegistry) ||
    isFault(methodology) ||
    isFault(parameters)
  ) {
    throw new LedgerError('PARTY_UNKNOWN', 'the market is not complete on this ledger', { faults });
  }
  return { provinceAuthority, allowanceRegistry, ccerRegistry, methodology, parameters };
}
