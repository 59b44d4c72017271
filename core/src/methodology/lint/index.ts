import { isLedgerError, type Fault } from '../../errors';
import type { MethodologyFolder } from '../kit/folder';
import { checkCases } from './cases';
import { checkCircles } from './circles';
import { checkDecimals, checkUnits } from './formulas';
import { checkIds, checkNames } from './names';
import { LintSubject } from './subject';
import { checkWords } from './words';

/** Faults must be corrected before a methodology is filed; notes may stand. Places are `/file/path`. */
export interface LintReport {
  readonly faults: readonly Fault[];
  readonly notes: readonly Fault[];
}

const checks = [checkNames, checkIds, checkUnits, checkDecimals, checkCases, checkCircles, checkWords] as const;

/**
 * Finds what is wrong with a methodology before anybody computes with it: unknown names, units that do not fit, cases that
 * are never reached or missing, figures computed from themselves, roundings that are missing, parameters without a value
 * for a year, words that are missing.
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
