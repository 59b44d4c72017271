import { isLedgerError, type Fault } from '../../errors';
import type { MethodologyFolder } from '../kit/folder';
import { checkBalance } from './balance';
import { checkCases } from './cases';
import { checkCircles } from './circles';
import { checkConditions } from './conditions';
import { checkDocument, checkSectorUnit } from './document';
import { checkDecimals, checkUnits } from './formulas';
import { checkKinds } from './kinds';
import { checkIds, checkNames } from './names';
import { LintSubject } from './subject';
import { checkValues } from './values';
import { checkWords } from './words';

/** Faults must be corrected before a methodology is filed; notes may stand. Places are `/file/path`. */
export interface LintReport {
  readonly faults: readonly Fault[];
  readonly notes: readonly Fault[];
}

const checks = [
  checkKinds,
  checkNames,
  checkIds,
  checkUnits,
  checkDecimals,
  checkValues,
  checkConditions,
  checkCases,
  checkCircles,
  checkBalance,
  checkWords,
  checkDocument,
  checkSectorUnit,
] as const;

/**
 * Finds what is wrong with a methodology before anybody computes with it: unknown names and kinds of records, units that do not
 * fit, cases that are never reached or missing, conditions that never hold, lists where a number is needed, figures computed
 * from themselves, roundings that are missing, parameters without a value for a year, a balance value that nobody could solve,
 * words that are missing.
 */
export function lintMethodology(folder: MethodologyFolder): LintReport {
  try {
    const subject = new LintSubject(folder);
    for (const check of checks) check(subject);
    return { faults: subject.faults, notes: subject.notes };
  } catch (error) {
    if (isLedgerError(error) && error.faults.length > 0) return { faults: error.faults, notes: [] };
    throw error;
  }
}
