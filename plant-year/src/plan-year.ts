import { field, type PlantYear } from './model';
import type { PlanLedger, PlanRecord } from './plan';
import {
  planConclusion,
  planPlantIssuance,
  planPlantPreIssuance,
  planPlantReport,
  planSurrender,
  planUnitIssuance,
  planUnitPreIssuance,
} from './plan-plant';
import { planCredits, planTransfers, surrenderContent } from './plan-allowances';
import { planOffsets } from './plan-offsets';
import { planRegistrations } from './plan-registrations';
import {
  planLab,
  planPlantEvidence,
  planQualityControl,
  planUnitEvidence,
  planUnitReport,
  type PlanContext,
} from './plan-unit';

function contextOf(file: PlantYear, ledger: PlanLedger): PlanContext {
  return {
    file,
    ledger,
    enterprise: field(file.enterprise, 'uscc') ?? '',
    lab: field(file.lab, 'uscc') ?? '',
    verifier: field(file.verifier, 'uscc') ?? '',
    rules: { methodology: [ledger.methodologyKey], parameters: [ledger.parametersKey] },
  };
}

/** What the enterprise files: plans, months of the units and of the plant, then the years that they make. */
function enterpriseRecords(context: PlanContext): PlanRecord[] {
  const { units, stock } = context.file;
  return [
    ...units.map((unit) => planQualityControl(context, unit)),
    ...units.flatMap((unit) => unit.months.map((month) => planUnitEvidence(context, unit, month))),
    ...stock.map(({ month, balance }) => planPlantEvidence(context, month, balance)),
    ...units.map((unit) => planUnitReport(context, unit)),
    planPlantReport(context),
  ];
}

function conclusions(context: PlanContext): PlanRecord[] {
  const { units, compliance } = context.file;
  return [
    ...units.map((unit) => planConclusion(context, unit.id, unit.annual, 'emission_tCO2')),
    planConclusion(context, 'PLANT', compliance, 'verifiedEmission_tCO2'),
  ];
}

function issuances(context: PlanContext): PlanRecord[] {
  const { units } = context.file;
  return [
    ...units.map((unit) => planUnitPreIssuance(context, unit)),
    planPlantPreIssuance(context),
    ...units.map((unit) => planUnitIssuance(context, unit)),
    planPlantIssuance(context),
  ];
}

/**
 * All records of a plant-year in the order in which they can be anchored: what is cited comes before what cites it, and
 * the records of one party stand together as far as that allows.
 */
export function planPlantYear(file: PlantYear, ledger: PlanLedger): PlanRecord[] {
  const context = contextOf(file, ledger);
  const offsets = planOffsets(context);
  const surrender = planSurrender(context, offsets.cancellations, surrenderContent(file));
  const transfers = planTransfers(context);
  return [
    ...planRegistrations(context),
    ...file.units.flatMap((unit) => unit.months.flatMap((month) => planLab(context, unit, month))),
    ...enterpriseRecords(context),
    ...conclusions(context),
    ...issuances(context),
    ...planCredits(context),
    ...transfers.before,
    ...offsets.before,
    surrender,
    ...offsets.after(surrender.key),
    ...transfers.after,
  ];
}
