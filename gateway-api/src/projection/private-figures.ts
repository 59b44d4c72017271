import { isLedgerError, utf8Decode } from '@carbon-ledger/core';
import type { LedgerPort } from '../ledger';
import type { FiguresById } from '@carbon-ledger/auditor/stored';

/**
 * What one's own peer says of a transaction's private figures. `awaited`: this organisation may have them, its peer has
 * not got them yet (or they were purged). `elsewhere`: they are not for this organisation.
 */
export type PrivateAnswer =
  | { readonly kind: 'here'; readonly figures: FiguresById }
  | { readonly kind: 'awaited' }
  | { readonly kind: 'elsewhere' };

/** Fabric's words for an organisation that is not of the collection (core/chaincode/handler.go). */
const NOT_A_MEMBER = /does not have read access permission on privatedata/;

/** @throws LedgerError UNREACHABLE: then nobody has said anything */
export async function readPrivateFigures(ledger: LedgerPort, txId: string): Promise<PrivateAnswer> {
  try {
    const bytes = await ledger.evaluate({ name: 'figures', args: [txId] });
    const figures = (JSON.parse(utf8Decode(bytes)) as { readonly figures?: FiguresById } | null)?.figures;
    return figures === undefined ? { kind: 'awaited' } : { kind: 'here', figures };
  } catch (error) {
    if (!isLedgerError(error) || error.code === 'UNREACHABLE') throw error;
    // A peer that holds only the hash refuses too ("private data matching public hash version is not available").
    return { kind: NOT_A_MEMBER.test(error.message) ? 'elsewhere' : 'awaited' };
  }
}

/** The same while a block is taken in, which must not wait for a peer that is away for a moment: it is asked again later. */
export async function readPrivateFiguresNow(ledger: LedgerPort, txId: string): Promise<PrivateAnswer> {
  try {
    return await readPrivateFigures(ledger, txId);
  } catch (error) {
    if (isLedgerError(error) && error.code === 'UNREACHABLE') return { kind: 'awaited' };
    throw error;
  }
}
