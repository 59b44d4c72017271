import type { ErrorCode } from '@carbon-ledger/core';
import { brokenInvariants, type WholeLedger } from '../invariants';
import type { Findings } from './finding';

/** Blocks in which something of this kind was found lead to no ledger that anything could hold of. */
const ofTheChain: readonly ErrorCode[] = [
  'BLOCK_MALFORMED',
  'BLOCK_CHAIN_BROKEN',
  'BLOCK_DATA_MISMATCH',
  'BLOCK_UNSIGNED',
  'VALIDATION_CODE_WRONG',
  'STORE_CORRUPT',
];

/** Adds what goes against the invariants, where the chain itself holds: the field names the invariant. */
export async function invariantFindings(ledger: WholeLedger, findings: Findings): Promise<void> {
  if (findings.list.some(({ code }) => ofTheChain.includes(code))) return;
  for await (const { invariant, message, record } of brokenInvariants(ledger))
    findings.add({ code: 'INVARIANT_BROKEN', field: invariant, message, ...(record === undefined ? {} : { record }) });
}
