import type { BuiltRecord, ParameterTable } from '@carbon-ledger/core';
import { buildPlantYear, namedParties, parsePlantYear, type PlantYearLedger } from '@carbon-ledger/plant-year';
import {
  trialAllowanceRegistry,
  trialCcerRegistry,
  trialNationalAuthority,
  trialPartyRecord,
  trialProvinceAuthority,
  trialSalts,
} from '@carbon-ledger/plant-year/trial';
import { coalPower } from '@carbon-ledger/core';
import type { Json } from '../../scripts/sample/pointer';
import { build, msp, TrialWorld } from './trial-world';

export interface AnchoredYear {
  readonly world: TrialWorld;
  readonly ledger: PlantYearLedger;
  /** What was made of the file, in the order in which it was anchored. */
  readonly records: readonly BuiltRecord[];
}

async function openWorld(parameters: ParameterTable): Promise<Omit<AnchoredYear, 'records'>> {
  const world = await TrialWorld.withParties();
  const { subject } = world.parameters.record;
  const table = build({
    ...{ type: 'parameter', issuer: trialNationalAuthority.uscc, subject, version: 2 },
    content: { ...parameters },
  });
  await world.anchor([table]);
  return {
    world,
    ledger: {
      ...{ methodology: world.methodology, parameters: table },
      provinceAuthority: trialProvinceAuthority('140000').uscc,
      allowanceRegistry: trialAllowanceRegistry.uscc,
      ccerRegistry: trialCcerRegistry.uscc,
    },
  };
}

/** A plant-year file on a ledger in memory that is held to its own rules, each step of the file after the other. */
export async function anchoredYear(given: Json, parameters: ParameterTable): Promise<AnchoredYear> {
  const { world, ledger } = await openWorld(parameters);
  const file = parsePlantYear(given, { methodology: coalPower('2024'), parameters });
  for (const party of namedParties(file))
    if (!(await world.ledger.get('party', party.uscc)))
      await world.anchor([trialPartyRecord(party, trialNationalAuthority.uscc, [msp])]);
  const { steps } = buildPlantYear(file, ledger, { salts: trialSalts });
  for (const step of steps) await world.anchor(step.records);
  return { world, ledger, records: steps.flatMap((step) => step.records) };
}
