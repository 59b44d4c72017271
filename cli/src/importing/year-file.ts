import { assertNoFaults } from '@carbon-ledger/core';
import {
  namedParties,
  type OwnPart,
  type NamedParty,
  type PlanLedger,
  type PlanRecord,
  planPlantYear,
  planSectorYear,
  planUnitFaults,
  type PlantYear,
  sectorParties,
  type SectorYear,
} from '@carbon-ledger/plant-year';
import type { MarketQuestion } from './market';

/** A report year that can be anchored, whatever its file looks like. */
export interface YearFile {
  readonly market: MarketQuestion;
  /** Whose year it is. */
  readonly enterprise: string;
  readonly parties: readonly NamedParty[];
  readonly plan: (ledger: PlanLedger) => PlanRecord[];
  /** Of a file that grows: whether it says already what a record is made of. */
  readonly isStated: (plan: PlanRecord) => boolean;
  /** Whether a party's records wait for all before them. */
  readonly isInOrder: boolean;
}

/** The plant-year file is that of a coal-fired plant. */
const coalPower = 'CN-ETS-POWER';

export function enterpriseOf(file: PlantYear): string {
  return file.enterprise.fields.get('uscc') ?? '';
}

export function marketOf(file: PlantYear): MarketQuestion {
  const { fields } = file.enterprise;
  const region = fields.get('city') ?? fields.get('province') ?? (fields.get('uscc') ?? '').slice(2, 8);
  return { region, year: file.year, methodology: coalPower };
}

export function plantYearFile(file: PlantYear): YearFile {
  return ownPartFile({ file, isStated: () => true, isInOrder: true });
}

/** A file of which one party's part is read. */
export function ownPartFile({ file, isStated, isInOrder }: OwnPart): YearFile {
  return {
    isStated,
    isInOrder,
    market: marketOf(file),
    enterprise: enterpriseOf(file),
    parties: namedParties(file),
    plan: (ledger) => planPlantYear(file, ledger),
  };
}

/** Nothing of a file is anchored where a figure is in another unit than the methodology's. @throws LedgerError BAD_FILE */
function inUnits(plans: PlanRecord[], { methodology }: PlanLedger): PlanRecord[] {
  assertNoFaults('BAD_FILE', planUnitFaults(plans, methodology), 'figures in other units');
  return plans;
}

export function sectorYearFile(file: SectorYear): YearFile {
  const { uscc, region } = file.enterprise;
  return {
    market: { region, year: file.year, methodology: file.methodology },
    enterprise: uscc,
    parties: sectorParties(file),
    isStated: () => true,
    isInOrder: true,
    plan: (ledger) => inUnits(planSectorYear(file, ledger), ledger),
  };
}
