import type { Statement } from '@carbon-ledger/core';
import type { Context } from '../context';
import { exitCodes } from '../output/problem';
import { readPolicy, type StoredPolicy } from './policy-store';

/** Exit codes of offline verifications: PENDING is neither yes nor no, nor is UNDECIDABLE: pages that may say anything. */
export const exitCodeOfResult = {
  PASS: exitCodes.yes,
  FAIL: exitCodes.no,
  PENDING: exitCodes.cannotTell,
  UNDECIDABLE: exitCodes.cannotTell,
} as const;

/** Of a paper: what is attached may pass while its pages say something else. */
export function withPages<Result extends keyof typeof exitCodeOfResult>(
  result: Result,
  asIssued: boolean,
): Result | 'UNDECIDABLE' {
  return result === 'PASS' && !asIssued ? 'UNDECIDABLE' : result;
}

/**
 * The policy to verify with: the file that is named, or a pinned one. The id that a receipt claims only chooses among
 * those that are pinned already.
 * @throws LedgerError POLICY_NOT_PINNED, FILE_UNREADABLE
 */
export async function policyFor(
  context: Context,
  given: string | undefined,
  claimed: string | undefined,
): Promise<StoredPolicy> {
  const named = given ?? context.io.env.CARBON_LEDGER_POLICY;
  return named === undefined ? context.policies.find(claimed) : readPolicy(named);
}

export function formatStatements(title: string, statements: readonly Statement[]): string[] {
  return statements.length === 0 ? [] : [title, ...statements.map(({ en, zh }) => `  ${en}\n  ${zh}`)];
}
