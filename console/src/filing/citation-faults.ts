import { citationCountFaults, type CitationRule, type Fault, type LedgerRecord } from '@carbon-ledger/core';

/** Roles of which a record cites too few or too many, in the ledger's own words and each at its own place of the form. */
export function citationFaults(rules: readonly CitationRule[], record: LedgerRecord): Fault[] {
  return citationCountFaults(rules, record).map((fault) => ({
    ...fault,
    path: `/cites/${String(fault.details?.['role'])}`,
  }));
}
