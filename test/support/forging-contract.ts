import { AuditLedgerContract } from '@carbon-ledger/chaincode';
import { canonicalBytes, canonicalize, type SignedSubmission } from '@carbon-ledger/core';
import type { LedgerCall } from '@carbon-ledger/gateway-api';

const WRITE = 'write:';

export interface Forgery {
  /** Keys of the state. */
  readonly read: readonly string[];
  readonly submissions?: readonly SignedSubmission[];
  /** Values by key of the state. */
  readonly writes: Readonly<Record<string, string>>;
}

/** Has a {@link ForgingContract} write what it is told, whatever the rules say. */
export function forgingCall({ read, submissions, writes }: Forgery): LedgerCall {
  const written = Object.entries(writes).map(([key, text]) => [WRITE + key, Buffer.from(text)] as const);
  const anchored = submissions === undefined ? {} : { submissions: canonicalBytes({ submissions }) };
  const transient = { read: Buffer.from(read.join('\n')), ...anchored, ...Object.fromEntries(written) };
  return { name: 'submit', transient };
}

/**
 * What somebody can do who owns the peer, the orderer and every Fabric key: run another contract under the ledger's name.
 * Its blocks are genuine to the last signature.
 */
export class ForgingContract extends AuditLedgerContract {
  override async submit(ctx: Parameters<AuditLedgerContract['submit']>[0]): Promise<string> {
    const { stub } = ctx;
    const transient = stub.getTransient();
    const read = transient.get('read');
    if (read === undefined) return super.submit(ctx);
    for (const key of Buffer.from(read).toString().split('\n')) await stub.getState(key);
    const submissions = transient.get('submissions');
    if (submissions !== undefined) await stub.putState(`tx/${stub.getTxID()}`, submissions);
    for (const [name, value] of transient)
      if (name.startsWith(WRITE)) await stub.putState(name.slice(WRITE.length), value);
    return canonicalize({ accepted: [], refused: [] });
  }
}
