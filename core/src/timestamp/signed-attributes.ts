import { equalBytes } from '../bytes';
import { algorithmOid, certificateIdDigest, digestOf, SHA256, type Digest } from './algorithms';
import { DerCursor, TAG, type DerElement } from './der';
import { oidOf } from './der-values';
import { element } from './der-write';
import { invalid } from './fault';
import { TST_INFO, type TimestampToken } from './token';

const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
/** RFC 2634, by SHA-1. */
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12';
/** RFC 5035, asked for by RFC 5816. */
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';

/** What the authority's signature is over (RFC 5652 section 5.4): the attributes as a SET, whatever tag they travel under. */
export function signedMessage({ signedAttributes }: TimestampToken): Uint8Array {
  return element(TAG.set, signedAttributes);
}

/**
 * Holds the signed attributes to the token's content and to the signer's certificate.
 * @throws LedgerError TIMESTAMP_INVALID
 */
export function verifyAttributes(token: TimestampToken, certificate: Uint8Array): void {
  const attributes = readAttributes(token.signedAttributes);
  const one = (type: string): DerElement | undefined => attributes.get(type);
  const contentType = one(CONTENT_TYPE);
  if (contentType?.tag !== TAG.oid || oidOf(contentType) !== TST_INFO) throw invalid('what was signed is no time');
  const digest = one(MESSAGE_DIGEST);
  const matches = digest?.tag === TAG.octetString && equalBytes(digest.content, token.digest.digest(token.content));
  if (!matches) throw invalid('the time in it is not what was signed');
  verifyCertificateId(one(SIGNING_CERTIFICATE_V2), one(SIGNING_CERTIFICATE), certificate);
}

/** Each type once, each with one value (RFC 5652 section 11). */
function readAttributes(content: Uint8Array): Map<string, DerElement> {
  const attributes = new Map<string, DerElement>();
  for (const { content: attribute } of new DerCursor(content).rest()) {
    const cursor = new DerCursor(attribute);
    const type = oidOf(cursor.take(TAG.oid));
    const [value, ...others] = cursor.enter(TAG.set).rest();
    cursor.end();
    if (value === undefined || others.length > 0 || attributes.has(type)) throw invalid('an attribute is not single');
    attributes.set(type, value);
  }
  return attributes;
}

/** The signature names its certificate, so that it cannot be shown under another one with the same key (RFC 3161 section 2.4.2). */
function verifyCertificateId(v2: DerElement | undefined, v1: DerElement | undefined, certificate: Uint8Array): void {
  const attribute = v2 ?? v1;
  if (attribute === undefined) throw invalid('it does not name the certificate of its signer');
  const id = new DerCursor(attribute.content).enter(TAG.sequence).enter(TAG.sequence);
  const digest = v2 === undefined ? certificateIdDigest : idDigest(id);
  const hash = id.take(TAG.octetString).content;
  if (!equalBytes(hash, digest(certificate))) throw invalid('it names another certificate than that of its signer');
}

/** SHA-256 unless another digest is named (RFC 5035 section 3). */
function idDigest(id: DerCursor): Digest {
  const algorithm = id.maybe(TAG.sequence);
  return digestOf(algorithm === undefined ? SHA256 : algorithmOid(algorithm)).digest;
}
