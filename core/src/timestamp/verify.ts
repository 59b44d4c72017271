import { equalBytes } from '../bytes';
import { LedgerError } from '../errors';
import { assertTimestampSigner, assertValidAt, findChain } from './chain';
import { commonName, readCertificate, type Certificate } from './certificate';
import { invalid } from './fault';
import { isSignedBy } from './public-key';
import { signedMessage, verifyAttributes } from './signed-attributes';
import { readToken, type TimestampToken } from './token';

export interface TimestampQuestion {
  /** RFC 3161 token, DER. */
  readonly token: Uint8Array;
  /** What the token should be over: the text of a checkpoint, without signatures. */
  readonly message: Uint8Array;
  /** Pinned root certificates, DER. */
  readonly roots: readonly Uint8Array[];
  /** What was sent with the request; only who asked knows it. */
  readonly nonce?: bigint;
}

export interface VerifiedTimestamp {
  /** The authority's time, ISO 8601 in UTC with milliseconds. */
  readonly time: string;
  /** Milliseconds by which it may be off, if the authority says so. */
  readonly accuracyMs?: number;
  /** Common name in the signer's certificate. */
  readonly authority: string;
  /** Object identifier of the authority's policy. */
  readonly policy: string;
  /** The authority's number of this token, decimal. */
  readonly serial: string;
}

/**
 * Holds a token to bytes and to pinned roots, offline (RFC 3161 section 2.4.2, RFC 5652, RFC 5280). Proves that the
 * bytes existed at its time, if the authority's key was not stolen: revocation is not looked up.
 * @throws LedgerError TIMESTAMP_INVALID, TIMESTAMP_MISMATCH, TIMESTAMP_UNTRUSTED, TIMESTAMP_EXPIRED
 */
export function verifyTimestamp(question: Readonly<TimestampQuestion>): VerifiedTimestamp {
  const token = readToken(question.token);
  verifyImprint(token, question);
  const companions = token.certificates.flatMap(readCompanion);
  const roots = question.roots.map(readRoot);
  const signer = findSigner(token, [...companions, ...roots]);
  verifyAttributes(token, signer.bytes);
  verifySignature(token, signer);
  assertTimestampSigner(signer);
  assertValidAt(findChain(signer, companions, roots), token.info.time);
  return describe(token, signer);
}

/** A certificate that came along and cannot be read is of no use, and of no harm. */
function readCompanion(bytes: Uint8Array): Certificate[] {
  try {
    return [readCertificate(bytes)];
  } catch {
    return [];
  }
}

function readRoot(bytes: Uint8Array): Certificate {
  try {
    return readCertificate(bytes);
  } catch (cause) {
    throw new LedgerError('TIMESTAMP_UNTRUSTED', 'A pinned root is not a certificate that can be used.', { cause });
  }
}

function verifyImprint({ info }: TimestampToken, { message, nonce }: TimestampQuestion): void {
  const { digest, hash } = info.imprint;
  if (!equalBytes(hash, digest.digest(message))) throw new LedgerError('TIMESTAMP_MISMATCH');
  if (nonce !== undefined && info.nonce !== nonce) {
    throw new LedgerError('TIMESTAMP_MISMATCH', 'The timestamp token answers another request.');
  }
}

function findSigner({ signer }: TimestampToken, certificates: readonly Certificate[]): Certificate {
  const found = certificates.find(({ issuer, serial, extensions }) =>
    'issuer' in signer
      ? equalBytes(issuer, signer.issuer) && equalBytes(serial, signer.serial)
      : extensions.keyIdentifier !== undefined && equalBytes(extensions.keyIdentifier, signer.keyIdentifier),
  );
  if (found === undefined) throw invalid('the certificate of its signer is missing');
  return found;
}

function verifySignature(token: TimestampToken, { key }: Certificate): void {
  const { scheme, digest = token.digest } = token.algorithm;
  // Were they to differ, one of them would be a digest that the signature does not vouch for (RFC 5652 section 5.6).
  if (digest.oid !== token.digest.oid) throw invalid('it names two digests');
  if (!isSignedBy(key, { scheme, digest }, signedMessage(token), token.signature))
    throw invalid('its signature is wrong');
}

function describe({ info }: TimestampToken, signer: Certificate): VerifiedTimestamp {
  return {
    time: new Date(info.time).toISOString(),
    ...(info.accuracy === undefined ? {} : { accuracyMs: info.accuracy }),
    authority: commonName(signer.subject) ?? '',
    policy: info.policy,
    serial: info.serial.toString(),
  };
}
