import { utf8Decode, type PurgeState, type RetainedTransaction } from '@carbon-ledger/core';
import { sha256 } from '../blocks/bytes';
import type { NamespaceSet } from '../blocks/rwset';
import type { LedgerNames } from '../rules/job';
import type { RecordSlice } from './records';
import type { ReplayedState } from './state';
import type { WorkStore } from './work-store';
import { workTables } from './work-tables';

const signedKey = (txId: string): string => `${workTables.signed}${txId}`;
const PURGE = 'purge/';

/** Keeps when the submissions of a transaction were signed: a later purge is held to it. */
export function rememberSigned(store: WorkStore, txId: string, slices: readonly RecordSlice[]): void {
  const instants = [...new Set(slices.map(({ signedAt }) => signedAt))];
  if (instants.length > 0) store.put(signedKey(txId), Buffer.from(JSON.stringify(instants)));
}

/** What the blocks before it give of the transactions that this one says to purge; undefined where it purges nothing. */
export function retainedBy(
  own: NamespaceSet,
  names: LedgerNames,
  state: ReplayedState,
  store: WorkStore,
): readonly (readonly [txId: string, found: RetainedTransaction])[] | undefined {
  const write = own.writes.find(({ key }) => key.startsWith(PURGE));
  if (write === undefined) return undefined;
  return idsIn(write.value).flatMap((txId) => {
    const signed = store.get(signedKey(txId));
    if (signed === undefined) return [];
    const keyHash = sha256(Buffer.from(`tx/${txId}`));
    const isHeld = state.hashedVersion(names.chaincode, names.collection, keyHash) !== undefined;
    return [[txId, { signedAt: JSON.parse(signed.toString('utf8')) as string[], isHeld }] as const];
  });
}

/** What cannot be read is found by the check of the transaction. */
function idsIn(value: Uint8Array): readonly string[] {
  try {
    const { transactions } = JSON.parse(utf8Decode(value)) as Partial<PurgeState>;
    return Array.isArray(transactions) ? transactions.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
