import { LedgerError } from '../errors';
import { assertActive, assertKeyValid } from '../judge/authority';
import type { PartyKey } from '../rulebook';
import type { PartyState } from '../state';

/** An order is good for so long before and after its time: it is made on the spot, and never kept. */
const ORDER_SECONDS = 600;

/**
 * The key of a party with which it may order something now.
 * @param time RFC 3339: when the order is carried out
 * @throws LedgerError PARTY_UNKNOWN, PARTY_ENDED, PARTY_SUSPENDED, KEY_UNKNOWN, KEY_NOT_VALID, SIGNED_TIME_OUT_OF_RANGE
 */
export function keyOfOrder(
  uscc: string,
  party: Omit<PartyState, 'record' | 'version'> | undefined,
  { keyId, signedAt }: { readonly keyId: string; readonly signedAt: string },
  time: string,
): PartyKey {
  if (party === undefined) throw new LedgerError('PARTY_UNKNOWN', `${uscc} is not registered`);
  assertActive(uscc, party);
  const key = party.content.keys.find(({ id }) => id === keyId);
  if (key === undefined) throw new LedgerError('KEY_UNKNOWN', `${keyId} is not a key of ${uscc}.`);
  assertKeyValid(key, signedAt, time);
  if (!(Math.abs(Date.parse(time) - Date.parse(signedAt)) <= ORDER_SECONDS * 1000))
    throw new LedgerError('SIGNED_TIME_OUT_OF_RANGE', `ordered at ${signedAt}, made at ${time}`);
  return key;
}
