import {
  namedParties,
  type NamedParty,
  type PlanLedger,
  type PlanRecord,
  planPlantYear,
  planSectorYear,
  type PlantYear,
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
  return {
    market: marketOf(file),
    enterprise: enterpriseOf(file),
    parties: namedParties(file),
    plan: (ledger) => planPlantYear(file, ledger),
  };
}

export function sectorYearFile(file: SectorYear): YearFile {
  const { uscc, name, region } = file.enterprise;
  const { verifier } = file;
  // A code names the place of registration in its characters 3 to 8 (GB 32100).
  const verifiers =
    verifier === undefined
      ? []
      : [{ uscc: verifier.uscc, name: verifier.name, region: verifier.uscc.slice(2, 8), kind: 'verifier' as const }];
  return {
    market: { region, year: file.year, methodology: file.methodology },
    enterprise: uscc,
    parties: [{ uscc, name, region, kind: 'enterprise' }, ...verifiers],
    plan: (ledger) => planSectorYear(file, ledger),
  };
}
