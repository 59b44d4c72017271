import { LedgerError } from '../errors';
import { faultsOf } from '../validation';
import { allowanceIssuance } from './allowance-issuance';
import { annualReport } from './annual-report';
import { ccerCancellation } from './ccer-cancellation';
import { ccerLot } from './ccer-lot';
import { methodology } from './methodology';
import { monthlyEvidence } from './monthly-evidence';
import { parameter } from './parameter';
import { party } from './party';
import { qualityControlPlan } from './quality-control-plan';
import type { LedgerRecord, RecordType } from './record';
import { revocation } from './revocation';
import { sampleReceipt } from './sample-receipt';
import type { RecordTypeSpec } from './spec';
import { supersession } from './supersession';
import { surrender } from './surrender';
import { testReport } from './test-report';
import { verificationConclusion } from './verification-conclusion';

/** Erases the content's type: a record's content has passed `parseContent` before any check or effect of its spec sees it. */
function erase<Content>(spec: RecordTypeSpec<Content>): RecordTypeSpec {
  const { content, serials, check, ...rest } = spec;
  return {
    ...rest,
    content,
    ...(serials ? { serials: (value) => serials(value as Content) } : {}),
    ...(check ? { check: (input) => check({ ...input, content: input.content as Content }) } : {}),
  };
}

/** All record types. Adding one is adding its file and its line here. */
export const recordTypes: Readonly<Record<RecordType, RecordTypeSpec>> = {
  party: erase(party),
  methodology: erase(methodology),
  parameter: erase(parameter),
  'quality-control-plan': erase(qualityControlPlan),
  'sample-receipt': erase(sampleReceipt),
  'test-report': erase(testReport),
  'monthly-evidence': erase(monthlyEvidence),
  'annual-report': erase(annualReport),
  'verification-conclusion': erase(verificationConclusion),
  'allowance-issuance': erase(allowanceIssuance),
  'ccer-lot': erase(ccerLot),
  'ccer-cancellation': erase(ccerCancellation),
  surrender: erase(surrender),
  supersession: erase(supersession),
  revocation: erase(revocation),
};

/** Reads a record's content by its type. @throws LedgerError BAD_RECORD with every bad field */
export function parseContent(record: LedgerRecord): unknown {
  const result = recordTypes[record.type].content.safeParse(record.content);
  if (result.success) return result.data;
  throw new LedgerError('BAD_RECORD', `the content does not fit a ${record.type}`, {
    faults: faultsOf('BAD_RECORD', result.error, '/content'),
  });
}
