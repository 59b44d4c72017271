import type { RecordType } from '@carbon-ledger/core';
import { withParameters } from '../lists/view-state';

/** Addresses that name what one looks for: each is the list of a type of record, and keeps the filters that it is opened with. */
export const places: Readonly<Record<string, RecordType>> = {
  '/months': 'monthly-evidence',
  '/reports': 'annual-report',
  '/samples': 'sample-receipt',
  '/verifications': 'verification-conclusion',
  '/allowances': 'allowance-issuance',
  '/offsets': 'offset-application',
  '/transfers': 'allowance-transfer',
  '/inspections': 'inspection',
  '/findings': 'finding',
  '/reconciliations': 'reconciliation',
  '/screening': 'screening-result',
  '/methodology': 'methodology',
  '/methodologies': 'methodology',
  '/rules': 'rule-set',
};

/** Where such an address leads. */
export function listAt(type: RecordType, search: string): string {
  return `/records?${withParameters(search, { type })}`;
}
