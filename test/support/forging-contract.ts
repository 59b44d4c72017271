import { AuditLedgerContract } from '@carbon-ledger/chaincode';
import { canonicalBytes, canonicalize, parseStrict, type SignedSubmission } from '@carbon-ledger/core';

/**
 * What somebody can do who owns the peer, the orderer and every Fabric key: run another contract under the ledger's name.
 * Its blocks are genuine to the last signature.
 */
export class ForgingContract extends AuditLedgerContract {
  override async submit(ctx: Parameters<AuditLedgerContract['submit']>[0]): Promise<string> {
    const { stub } = ctx;
    const forgery = stub.getTransient().get('forgery');
    if (forgery === undefined) return super.submit(ctx);
    const { writes, submissions, read } = parseStrict(forgery) as unknown as Forgery;
    for (const key of read) await stub.getState(key);
    const value = submissions === undefined ? undefined : { submissions };
    if (value !== undefined) await stub.putState(`tx/${stub.getTxID()}`, canonicalBytes(value));
    for (const [key, text] of Object.entries(writes)) await stub.putState(key, Buffer.from(text));
    return canonicalize({ accepted: [], refused: [] });
  }
}

export interface Forgery {
  readonly read: readonly string[];
  readonly submissions?: readonly SignedSubmission[];
  readonly writes: Readonly<Record<string, string>>;
}
