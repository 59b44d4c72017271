import type { RecordType } from '../records/record';
import type { RecordTypeSpec } from './spec';
import { allowanceCredit } from './types/allowance-credit';
import { allowanceIssuance } from './types/allowance-issuance';
import { allowanceTransfer } from './types/allowance-transfer';
import { annualReport } from './types/annual-report';
import { benchmark } from './types/benchmark';
import { ccerCancellation } from './types/ccer-cancellation';
import { ccerFreeze } from './types/ccer-freeze';
import { ccerLot } from './types/ccer-lot';
import { ccerRelease } from './types/ccer-release';
import { ccerReversal } from './types/ccer-reversal';
import { ccerSync } from './types/ccer-sync';
import { clearing } from './types/clearing';
import { defaulted } from './types/default';
import { emissionFactor } from './types/emission-factor';
import { emitterList } from './types/emitter-list';
import { engagement } from './types/engagement';
import { facility } from './types/facility';
import { methodology } from './types/methodology';
import { monthlyEvidence } from './types/monthly-evidence';
import { nonconformity } from './types/nonconformity';
import { nonconformityResponse } from './types/nonconformity-response';
import { offsetApplication } from './types/offset-application';
import { offsetBooking } from './types/offset-booking';
import { offsetConfirmation } from './types/offset-confirmation';
import { parameter } from './types/parameter';
import { party } from './types/party';
import { productFootprint } from './types/product-footprint';
import { qualityControlPlan } from './types/quality-control-plan';
import { reconciliation } from './types/reconciliation';
import { review } from './types/review';
import { revocation } from './types/revocation';
import { ruleEdition } from './types/rule-edition';
import { ruleSet } from './types/rule-set';
import { sampleReceipt } from './types/sample-receipt';
import { supersession } from './types/supersession';
import { surrender } from './types/surrender';
import { testReport } from './types/test-report';
import { workingDays } from './types/working-days';
import { objection } from './types/objection';
import { decision } from './types/decision';
import { inspection } from './types/inspection';
import { finding } from './types/finding';
import { handover } from './types/handover';
import { rectification } from './types/rectification';
import { closure } from './types/closure';
import { selfInspection } from './types/self-inspection';
import { screeningResult } from './types/screening-result';
import { explanation } from './types/explanation';
import { unitChange } from './types/unit-change';
import { deviceBatch } from './types/device-batch';
import { disclosure } from './types/disclosure';
import { verifierAssessment } from './types/verifier-assessment';
import { verificationConclusion } from './types/verification-conclusion';

/** All record types. Adding one is adding its file, its line here, and its name in records/record.ts. */
const specs = {
  party,
  methodology,
  parameter,
  benchmark,
  'rule-edition': ruleEdition,
  'rule-set': ruleSet,
  'emitter-list': emitterList,
  facility,
  engagement,
  'quality-control-plan': qualityControlPlan,
  'sample-receipt': sampleReceipt,
  'test-report': testReport,
  'monthly-evidence': monthlyEvidence,
  review,
  'annual-report': annualReport,
  nonconformity,
  'nonconformity-response': nonconformityResponse,
  'verification-conclusion': verificationConclusion,
  'working-days': workingDays,
  objection,
  decision,
  inspection,
  finding,
  handover,
  rectification,
  closure,
  'self-inspection': selfInspection,
  'verifier-assessment': verifierAssessment,
  'emission-factor': emissionFactor,
  'product-footprint': productFootprint,
  'screening-result': screeningResult,
  explanation,
  'unit-change': unitChange,
  'device-batch': deviceBatch,
  disclosure,
  'allowance-issuance': allowanceIssuance,
  'allowance-credit': allowanceCredit,
  'allowance-transfer': allowanceTransfer,
  'offset-application': offsetApplication,
  'offset-confirmation': offsetConfirmation,
  'ccer-lot': ccerLot,
  'ccer-freeze': ccerFreeze,
  'ccer-release': ccerRelease,
  'ccer-sync': ccerSync,
  'ccer-cancellation': ccerCancellation,
  'ccer-reversal': ccerReversal,
  surrender,
  'offset-booking': offsetBooking,
  reconciliation,
  clearing,
  default: defaulted,
  supersession,
  revocation,
};

/** What a record of a type says, by the type's name. */
export type ContentOf<Type extends RecordType> =
  (typeof specs)[Type] extends RecordTypeSpec<infer Content> ? Content : never;

/** Erases the content's type: a record's content has passed its schema before any check or effect of its spec sees it. */
function erase<Content>(spec: RecordTypeSpec<Content>): RecordTypeSpec {
  const { effects, undo, check, conditions, ...rest } = spec;
  return {
    ...rest,
    ...(undo === undefined ? {} : { undo: erasedUndo(undo) }),
    ...(effects ? { effects: (input) => effects({ ...input, content: input.content as Content }) } : {}),
    ...(check ? { check: (input) => check({ ...input, content: input.content as Content }) } : {}),
    ...(conditions ? { conditions: (input) => conditions({ ...input, content: input.content as Content }) } : {}),
  };
}

function erasedUndo<Content>(undo: NonNullable<RecordTypeSpec<Content>['undo']>): NonNullable<RecordTypeSpec['undo']> {
  return undo === 'refused'
    ? undo
    : (input, standing) => undo({ ...input, content: input.content as Content }, standing);
}

export type RecordTypes = Readonly<Record<RecordType, RecordTypeSpec>>;

export const recordTypes: RecordTypes = Object.fromEntries(
  Object.entries(specs).map(([type, spec]) => [type, erase(spec as RecordTypeSpec)]),
) as RecordTypes;
