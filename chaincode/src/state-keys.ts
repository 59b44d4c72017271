import { serialKey } from '@carbon-ledger/core';

/**
 * The keys of the world state. Few, because every key costs a round trip on a real peer:
 * one immutable value for all records of a transaction, one small value per unit and year for what rules decide on.
 */
export const ledgerKey = 'ledger';
export const figuresCollection = 'figures';

export function transactionKey(txId: string): string {
  return `tx/${txId}`;
}

export function partyKey(uscc: string): string {
  return `party/${uscc}`;
}

/** What an organisation cosigned last, under its own key: no two organisations ever meet in it. */
export function cosignerKey(mspId: string): string {
  return `cosigner/${mspId}`;
}

/** What was purged by one transaction, and by which rule. */
export function purgeKey(txId: string): string {
  return `purge/${txId}`;
}

export function headKey(bucket: string): string {
  return `head/${bucket}`;
}

/** Spans are stored under their last number: one range read from a number on finds any span that reaches it. */
export function spanKey(space: string, project: string, block: string, to: bigint): string {
  return `${space}/${project}/${block}/${serialKey(to)}`;
}

/** From the first span that ends at `from` or later to the end of the block (`0` is the character after `/`). */
export function spanRange(space: string, project: string, block: string, from: bigint): readonly [string, string] {
  return [spanKey(space, project, block, from), `${space}/${project}/${block}0`];
}
