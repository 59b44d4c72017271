/**
 * The contract's own keys of the world state; what rules decide on stands under the kinds of core/src/state. Few, because every key costs a round trip on a real peer:
 * one immutable value for all records of a transaction, one small value per unit and year for what rules decide on.
 */
export const ledgerKey = 'ledger';
export const figuresCollection = 'figures';

export function transactionKey(txId: string): string {
  return `tx/${txId}`;
}

/** What an organisation cosigned last, under its own key: no two organisations ever meet in it. */
export function cosignerKey(mspId: string): string {
  return `cosigner/${mspId}`;
}

/** What was purged by one transaction, and by which rule. */
export function purgeKey(txId: string): string {
  return `purge/${txId}`;
}
