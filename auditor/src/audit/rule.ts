import type { ErrorCode } from '@carbon-ledger/core';
import type { Finding } from '../fsck';

/**
 * What a receipt's party must be when it signs (docs/formats/receipt.md, step 5). A record against it stands in the log as it was
 * signed: the log is honest, and whoever let the record in broke a rule.
 */
const RULES: Partial<Record<ErrorCode, string>> = {
  KEY_NOT_VALID: 'a key signs only what is anchored after its registration, from its validFrom to before its validTo',
  PARTY_SUSPENDED: 'a suspended party files nothing',
};

/** The rule that a code stands for; undefined for codes of proofs. */
export function ruleOf(code: ErrorCode): string | undefined {
  return RULES[code];
}

export function isBrokenRule({ code, field }: Finding): boolean {
  return field === 'receipt' && ruleOf(code) !== undefined;
}
