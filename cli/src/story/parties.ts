import { namedParties, type NamedParty, type PlantYear } from '@carbon-ledger/plant-year';
import {
  trialAllowanceRegistry,
  trialCcerRegistry,
  trialNationalAuthority,
  type TrialParty,
  trialProvinceAuthority,
} from '@carbon-ledger/plant-year/trial';
import { marketOf } from '../importing/year-file';

function asNamed({ uscc, name, kind, region }: TrialParty): NamedParty {
  return { uscc, name, kind, region };
}

/** Everybody who takes part in the sample, by code. */
export function partyNames(plantYear: PlantYear): ReadonlyMap<string, NamedParty> {
  const { region } = marketOf(plantYear);
  const authorities = [
    trialNationalAuthority,
    trialProvinceAuthority(region),
    trialAllowanceRegistry,
    trialCcerRegistry,
  ];
  const all = [...authorities.map(asNamed), ...namedParties(plantYear)];
  return new Map(all.map((party) => [party.uscc, party]));
}
