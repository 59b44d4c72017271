import {
  digestOf,
  algorithmOid,
  signatureAlgorithm,
  type DigestAlgorithm,
  type SignatureAlgorithm,
} from './algorithms';
import { contextStructure, contextTag, DerCursor, readDer, TAG, type DerElement } from './der';
import { integerOf, oidOf, smallInteger, timeOf } from './der-values';
import { invalid } from './fault';

/** What a time-stamping authority states (RFC 3161 section 2.4.2). */
interface TimestampInfo {
  /** Object identifier of the authority's policy. */
  readonly policy: string;
  readonly imprint: { readonly digest: DigestAlgorithm; readonly hash: Uint8Array };
  readonly serial: bigint;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Milliseconds by which the time may be off; undefined when the authority does not say. */
  readonly accuracy: number | undefined;
  readonly nonce: bigint | undefined;
}

/** Who signed, named by issuer and serial number or by key identifier. */
type SignerName = { readonly issuer: Uint8Array; readonly serial: Uint8Array } | { readonly keyIdentifier: Uint8Array };

/** A token taken apart: CMS SignedData over a TSTInfo with one signer (RFC 5652, RFC 3161 section 2.4.2). */
export interface TimestampToken {
  /** DER of the TSTInfo, which the signed attributes hold the digest of. */
  readonly content: Uint8Array;
  readonly info: TimestampInfo;
  /** DER of the certificates that came along. */
  readonly certificates: readonly Uint8Array[];
  readonly signer: SignerName;
  readonly digest: DigestAlgorithm;
  /** Content of the signed attributes, without tag and length. */
  readonly signedAttributes: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
  readonly signature: Uint8Array;
}

/** Longest token that is read; a usual one with its chain has 3 to 7 KB. */
export const MAX_TOKEN_BYTES = 16_384;
const MAX_CERTIFICATES = 10;

const SIGNED_DATA = '1.2.840.113549.1.7.2';
/** id-ct-TSTInfo */
export const TST_INFO = '1.2.840.113549.1.9.16.1.4';

/**
 * Reads a token. Verifies nothing.
 * @throws LedgerError TIMESTAMP_INVALID
 */
export function readToken(bytes: Uint8Array): TimestampToken {
  if (bytes.length > MAX_TOKEN_BYTES) throw invalid('it is too long');
  const outer = readDer(bytes, TAG.sequence);
  if (oidOf(outer.take(TAG.oid)) !== SIGNED_DATA) throw invalid('it is no signed data');
  const data = readDer(outer.take(contextStructure(0)).content, TAG.sequence);
  outer.end();
  return readSignedData(data);
}

function readSignedData(data: DerCursor): TimestampToken {
  smallInteger(data.take(TAG.integer));
  data.take(TAG.set);
  const content = readContent(data.enter(TAG.sequence));
  const certificates = data.maybe(contextStructure(0));
  data.maybe(contextStructure(1));
  const [signer, ...others] = data.enter(TAG.set).rest();
  data.end();
  if (signer?.tag !== TAG.sequence || others.length > 0) throw invalid('it has not exactly one signer');
  return {
    content,
    info: readInfo(readDer(content, TAG.sequence)),
    certificates: certificates === undefined ? [] : readCertificates(certificates),
    ...readSigner(new DerCursor(signer.content)),
  };
}

function readContent(content: DerCursor): Uint8Array {
  if (oidOf(content.take(TAG.oid)) !== TST_INFO) throw invalid('it is not about a time');
  const octets = content.enter(contextStructure(0));
  content.end();
  const { content: bytes } = octets.take(TAG.octetString);
  octets.end();
  return bytes;
}

function readCertificates({ content }: DerElement): Uint8Array[] {
  const certificates = new DerCursor(content).rest();
  if (certificates.length > MAX_CERTIFICATES) throw invalid('it brings too many certificates');
  return certificates.filter(({ tag }) => tag === TAG.sequence).map(({ whole }) => whole);
}

type SignerPart = Pick<TimestampToken, 'signer' | 'digest' | 'signedAttributes' | 'algorithm' | 'signature'>;

function readSigner(info: DerCursor): SignerPart {
  smallInteger(info.take(TAG.integer));
  const signer = readSignerName(info);
  const digest = digestOf(algorithmOid(info.take(TAG.sequence)));
  const signedAttributes = info.take(contextStructure(0)).content;
  const algorithm = signatureAlgorithm(info.take(TAG.sequence));
  const signature = info.take(TAG.octetString).content;
  // Unsigned attributes say nothing that anybody vouches for.
  info.maybe(contextStructure(1));
  info.end();
  return { signer, digest, signedAttributes, algorithm, signature };
}

function readSignerName(info: DerCursor): SignerName {
  const keyIdentifier = info.maybe(contextTag(0));
  if (keyIdentifier !== undefined) return { keyIdentifier: keyIdentifier.content };
  const name = info.enter(TAG.sequence);
  const issuer = name.take(TAG.sequence).whole;
  const serial = name.take(TAG.integer).whole;
  name.end();
  return { issuer, serial };
}

function readInfo(info: DerCursor): TimestampInfo {
  if (smallInteger(info.take(TAG.integer)) !== 1) throw invalid('its version is not known here');
  const policy = oidOf(info.take(TAG.oid));
  const imprint = info.enter(TAG.sequence);
  const digest = digestOf(algorithmOid(imprint.take(TAG.sequence)));
  const hash = imprint.take(TAG.octetString).content;
  imprint.end();
  const serial = integerOf(info.take(TAG.integer));
  const time = timeOf(info.take(TAG.generalizedTime));
  const accuracy = info.maybe(TAG.sequence);
  info.maybe(TAG.boolean);
  const nonce = info.maybe(TAG.integer);
  info.maybe(contextStructure(0));
  if (info.maybe(contextStructure(1)) !== undefined) throw invalid('it has extensions that are not known here');
  info.end();
  return {
    policy,
    imprint: { digest, hash },
    serial,
    time,
    accuracy: accuracy === undefined ? undefined : readAccuracy(new DerCursor(accuracy.content)),
    nonce: nonce === undefined ? undefined : integerOf(nonce),
  };
}

/** Seconds, milliseconds, microseconds, each optional; rounded up to milliseconds. */
function readAccuracy(accuracy: DerCursor): number {
  const seconds = accuracy.maybe(TAG.integer);
  const millis = accuracy.maybe(contextTag(0));
  const micros = accuracy.maybe(contextTag(1));
  accuracy.end();
  const [s, ms, us] = [seconds, millis, micros].map((part) => (part === undefined ? 0 : smallInteger(part)));
  return (s ?? 0) * 1000 + (ms ?? 0) + Math.ceil((us ?? 0) / 1000);
}
