export {
  allowedSteps,
  awaitedSteps,
  isRecordType,
  lifecycleOf,
  possibleSteps,
  type AllowedStep,
  type PossibleStep,
  type StepFiling,
} from './actions';
export { noAllocation, reallocate, type Reallocation } from './allocation';
export {
  admits,
  isInRegion,
  isStanding,
  labelOf,
  levelOf,
  numberOf,
  partyKinds,
  partyKindTitles,
  relations,
  type FilingRule,
  type PartyKind,
  type Relation,
} from './authority';
export { buildRecord, figureSpecsOf, scopeOf, type BuiltRecord, type RecordDraft, type SaltSource } from './build';
export { derivedSalts } from './salt';
export { formFields, formFieldsOf, type FieldKind, type FormField } from './form-fields';
export { citedOf, type CitedRecord } from './cited';
export { labelOfSample } from './carbon-samples';
export { selfInspectionForms } from './types/self-inspection';
export { correctionKind, correctorFaults } from './correction';
export { parseContent } from './content-reading';
export { firstEdition } from './edition-number';
export { rulebooks, type Rulebook, type Rulebooks } from './editions';
export {
  changesOf,
  firstState,
  isReplacedInForce,
  isSpent,
  processNameOf,
  lifecycleState,
  questionedStates,
  type RecordStatus,
  type StateChange,
} from './endings';
export { noOffset, offsetStanding, type OffsetStanding, type Overshoot } from './offset-account';
export { dayTermOf, offsetTermsOf, termOf } from './parameters';
export {
  isOpenFinding,
  mayReadFigures,
  openFindings,
  readingRelations,
  readingRules,
  underInspection,
  type FigureReader,
  type ReadingRelation,
  type ReadingSource,
} from './reading';
export { lintForLedger } from './methodology-fit';
export { settlementOf } from './settlement';
export { recordTypes, type ContentOf, type RecordTypes } from './registry';
export {
  isFiling,
  none,
  processes,
  processNames,
  stateCodes,
  type Awaited,
  type Deadline,
  type ProcessName,
  type ProcessSpec,
  type StateSpec,
} from './processes';
export type { ActingRecord, CitationRule, PartyFacts, Qualification, RecordTypeSpec, Title } from './spec';
export { servingKinds } from './spec';
export { isAnswer, isMeant, labelIn, isOnBelt, misfitOf, nearest, saysSo, servingTypes } from './citation-fit';
export { expectedBasis, isCompliantTest, lastDayOfTest } from './carbon-tests';
export { dueDay, statedDue, valuesOf, type DueRecord, type DueTerm, type YearValues } from './due';
export { partyContentSchema, type PartyContent, type PartyKey } from './types/party';
export { evidenceDue } from './types/monthly-evidence';
export { reviewKind } from './types/review';
export { isListed, isOfSector, listedSectors } from './listing';
export { meterKinds, type MeterKind } from './types/device-batch';
export { unitsInForce } from './units';
export { drawnSample } from './types/inspection';
export { monthsOfReport, type VerificationSample } from './verification-sample';
export {
  parseReadings,
  proveReading,
  summariseReadings,
  verifyReading,
  type Reading,
  type ReadingProof,
  type ReadingSummary,
} from './readings';
