export {
  buildPlan,
  buildPlantYear,
  planLedgerOf,
  type BuildOptions,
  type AlreadyAnchored,
  type BuiltPlantYear,
  type PlantYearLedger,
  type PlantYearStep,
  type WaitingRecord,
} from './build';
export { attachmentFaults, type Attachment } from './attachments';
export type { ChainBreak } from './breaks';
export { checkPlantYear, type AnchoredPlantYear, type PlantYearCheck, type PlantYearDifference } from './check';
export type { PlantYearRules } from './evaluate';
export type { AnchoredState } from './evaluate-anchored';
export { assertIdentified } from './identified';
export type { CheckImpact } from './impact';
export type { PlantYear } from './model';
export { parseOwnPart, type OwnPart } from './own-part';
export { parsePlantYear } from './parse';
export { namedParties, type NamedParty } from './parties';
export type { PlanLedger, PlanRecord } from './plan';
export { planPlantYear } from './plan-year';
export { readPlantYearLeniently } from './read';
export { previewRuleChange, type FigureChange, type RulePreview } from './preview';
export { bookOfPlantYear } from './screen';
export { planUnitFaults } from './units';
export { lastEnded, type DoubtedRecord, type EndedState, type Ending } from './standing';
export { isSectorYear, parseSectorYear, type SectorYear } from './sector/sector-year';
export { sectorParties } from './sector/sector-parties';
export { planSectorYear } from './sector/plan-sector-year';
export {
  checkSectorYear,
  type Consequence,
  type SectorDifference,
  type SectorYearCheck,
} from './sector/check-sector-year';
