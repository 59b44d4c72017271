import { LedgerError } from '../errors';
import { sha256 } from '../digest';
import { SHA256 } from './algorithms';
import { readDer, TAG, type DerCursor } from './der';
import { smallInteger } from './der-values';
import { element, integer, oid, sequence } from './der-write';

/** Media types of the exchange over HTTP (RFC 3161 section 3.4). */
export const TIMESTAMP_QUERY = 'application/timestamp-query';
export const TIMESTAMP_REPLY = 'application/timestamp-reply';

/**
 * A TimeStampReq (RFC 3161 section 2.4.1) over the SHA-256 of a message, asking for the authority's certificates.
 * @param nonce not negative, fresh for each request: it ties the answer to it
 */
export function timestampRequest(message: Uint8Array, nonce: bigint): Uint8Array {
  const imprint = sequence(sequence(oid(SHA256), element(TAG.null)), element(TAG.octetString, sha256(message)));
  return sequence(integer(1n), imprint, integer(nonce), element(TAG.boolean, Uint8Array.of(0xff)));
}

/** PKIStatus: granted, granted with modifications. */
const GRANTED = [0, 1];

/**
 * The token in a TimeStampResp (RFC 3161 section 2.4.2), not yet verified.
 * @throws LedgerError OUTSIDE_REFUSED when the authority did not grant one, TIMESTAMP_INVALID
 */
export function tokenOfResponse(response: Uint8Array): Uint8Array {
  const cursor = readDer(response, TAG.sequence);
  const status = cursor.enter(TAG.sequence);
  const code = smallInteger(status.take(TAG.integer));
  if (!GRANTED.includes(code)) {
    throw new LedgerError(
      'OUTSIDE_REFUSED',
      `The time-stamping authority refused (${String(code)}). ${reasonOf(status)}`,
    );
  }
  const token = cursor.take(TAG.sequence).whole;
  cursor.end();
  return token;
}

function reasonOf(status: DerCursor): string {
  const texts = status.maybe(TAG.sequence);
  // Read as well as can be: that it refused is what counts, however it spells why.
  return texts === undefined ? '' : new TextDecoder().decode(readFirst(texts.whole)).slice(0, 200);
}

function readFirst(texts: Uint8Array): Uint8Array {
  return readDer(texts, TAG.sequence).any().content;
}
