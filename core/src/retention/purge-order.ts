import { isInstant } from '../calendar';
import { parseStrict } from '../canonical';
import { LedgerError } from '../errors';
import { keyOfOrder } from '../orders/order-key';
import type { PartyState } from '../state';
import { verifyPurgeSignature, type PurgeSignature } from './purge-signature';
import type { PurgeRequest } from './retention';

const suites: readonly unknown[] = ['eip712-secp256k1', 'sm2-sm3'] satisfies PurgeSignature['suite'][];

function isOrder(value: unknown): value is PurgeSignature {
  const { signedAt, keyId, suite, signature, ...others } = Object(value) as Partial<Record<string, unknown>>;
  return (
    typeof signedAt === 'string' &&
    isInstant(signedAt) &&
    typeof keyId === 'string' &&
    suites.includes(suite) &&
    typeof signature === 'string' &&
    Object.keys(others).length === 0
  );
}

/** How a purge was signed, as it stands in its transaction. @throws LedgerError BAD_REQUEST, BAD_JSON */
export function parsePurgeOrder(text: string): PurgeSignature {
  const value = parseStrict(text, { maxBytes: 4096 });
  if (isOrder(value)) return value;
  throw new LedgerError('BAD_REQUEST', 'A purge carries its order: signedAt, keyId, suite and signature.');
}

/** Where and when a purge is ordered. */
interface OrderFacts {
  /** Hex, 32 bytes. */
  readonly ledger: string;
  /** USCC of the founding authority, which alone may purge. */
  readonly founder: string;
  /** RFC 3339: when the purge is made. */
  readonly time: string;
}

/**
 * What is purged is lost for good: the founding authority itself has signed it, with a key that is in force, just now. A
 * session, a gateway's identity or the keys of a service are not enough.
 * @throws LedgerError PARTY_UNKNOWN, PARTY_ENDED, PARTY_SUSPENDED, KEY_UNKNOWN, KEY_NOT_VALID, SIGNATURE_INVALID,
 *   SIGNED_TIME_OUT_OF_RANGE
 */
export function assertPurgeOrdered(
  request: PurgeRequest,
  { signedAt, keyId, signature }: PurgeSignature,
  party: Omit<PartyState, 'record' | 'version'> | undefined,
  { ledger, founder, time }: OrderFacts,
): void {
  const key = keyOfOrder(founder, party, { keyId, signedAt }, time);
  verifyPurgeSignature({ ...request, ledger, party: founder, signedAt }, signature, key);
}
