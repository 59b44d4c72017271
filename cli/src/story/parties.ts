import {
  namedParties,
  trialAllowanceRegistry,
  trialCcerRegistry,
  trialNationalAuthority,
  trialProvinceAuthority,
  type NamedParty,
  type PlantYear,
  type TrialParty,
} from '@carbon-ledger/core';
import { marketOf } from '../importing/import-plant-year';

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
