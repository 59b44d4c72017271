import {
  canonicalBytes,
  judgeCosignature,
  assertPurgeOrdered,
  judgePurge,
  LedgerError,
  mayCarry,
  parsePurgeOrder,
  parsePurgeRequest,
  purgeBytes,
  stateKey,
  utf8Decode,
  type CosignerState,
  type CosignFacts,
  type Founding,
  type OverlayView,
  type PartyState,
  type RetainedTransaction,
} from '@carbon-ledger/core';
import type { PurgeMade } from '../purge-made';
import type { RecordedView } from './recorded-view';

/** Everything that the contract writes for these submissions; `value` is the canonical text of the submissions that were judged. */
export function transactionWrites(txId: string, value: Uint8Array, view: OverlayView): Map<string, Uint8Array | null> {
  return new Map<string, Uint8Array | null>([[`tx/${txId}`, value], ...view.writes()]);
}

/** Who purges, and when. */
interface PurgeFacts {
  readonly msp: string;
  readonly ledger: Founding;
  readonly txId: string;
  readonly time: string;
}

interface PurgeWrites {
  readonly writes: Map<string, Uint8Array>;
  /** Ids of those whose figures it deletes. */
  readonly transactions: readonly string[];
  readonly made: Omit<PurgeMade, 'block'>;
}

/**
 * What a purge writes, and which transactions' figures it deletes: only the founding authority's organisations purge, as
 * itself has signed it, and only what was kept long enough. @throws LedgerError with the code of the rule that it breaks
 */
export function purgeWrites(
  args: readonly Uint8Array[],
  view: RecordedView,
  found: readonly (readonly [string, RetainedTransaction])[],
  { msp, ledger, txId, time }: PurgeFacts,
): PurgeWrites {
  const party = view.json(stateKey('party', ledger.founder)) as PartyState;
  if (!mayCarry(party.content.msps, msp, ledger.earlier?.organisations ?? {}))
    throw new LedgerError('WRONG_MSP', `${msp} does not stand for the founder`);
  const [, text = '', ordered = ''] = args.map(utf8Decode);
  const request = parsePurgeRequest(text);
  const order = parsePurgeOrder(ordered);
  assertPurgeOrdered(request, order, party, {
    ...{ ledger: ledger.ledgerId, founder: ledger.founder },
    time,
  });
  const { at, transactions, years } = judgePurge(request, new Map(found), time);
  const writes = new Map([[`purge/${txId}`, purgeBytes({ at, transactions, years })]]);
  const by = { transaction: txId, msp, party: ledger.founder, keyId: order.keyId };
  return { writes, transactions, made: { ...by, at, years, transactions: transactions.length } };
}

/** What a cosignature writes. @throws LedgerError with the code of the rule that it breaks */
export function cosignerWrites(
  args: readonly Uint8Array[],
  view: RecordedView,
  facts: CosignFacts,
): Map<string, Uint8Array> {
  const [, note = '', key = '', replaces = '', proof = ''] = args.map(utf8Decode);
  const place = `cosigner/${facts.msp}`;
  const current = view.json(place) as CosignerState | undefined;
  return new Map([[place, canonicalBytes({ ...judgeCosignature({ note, key, replaces, proof }, current, facts) })]]);
}
