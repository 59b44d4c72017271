import { equalBytes, utf8Decode } from '../bytes';
import { signatureAlgorithm, type SignatureAlgorithm } from './algorithms';
import { contextStructure, DerCursor, readDer, TAG, type DerElement } from './der';
import { bitStringBytes, booleanOf, oidOf, smallInteger, timeOf } from './der-values';
import { invalid } from './fault';
import { readPublicKey, type PublicKey } from './public-key';

/** What a chain needs to know of an X.509 certificate (RFC 5280). */
export interface Certificate {
  readonly bytes: Uint8Array;
  readonly signedBytes: Uint8Array;
  /** Undefined for one that is weak or unknown: then nobody can be shown to have signed this, but it may be pinned. */
  readonly algorithm: SignatureAlgorithm | undefined;
  readonly signature: Uint8Array;
  /** DER of the INTEGER. */
  readonly serial: Uint8Array;
  /** DER of the Name. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  /** Milliseconds since 1970; both ends belong to the time of validity. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly key: PublicKey;
  readonly extensions: Extensions;
}

export interface Extensions {
  readonly isAuthority: boolean;
  /** How many certificates of authorities may follow below; none means any number. */
  readonly pathLength: number | undefined;
  /** Bits of keyUsage; undefined when the extension is absent. */
  readonly keyUsage: number | undefined;
  /** Purposes of extendedKeyUsage; undefined when the extension is absent. */
  readonly purposes: readonly string[] | undefined;
  readonly purposesCritical: boolean;
  /** Subject key identifier, if any. */
  readonly keyIdentifier: Uint8Array | undefined;
  /** Critical extensions that are not understood here. */
  readonly unknownCritical: readonly string[];
}

/** keyUsage bits as they stand in the first byte (RFC 5280 section 4.2.1.3). */
export const KEY_USAGE = { digitalSignature: 0x80, contentCommitment: 0x40, certificateSign: 0x04 } as const;

/** @throws LedgerError TIMESTAMP_INVALID */
export function readCertificate(bytes: Uint8Array): Certificate {
  const outer = readDer(bytes, TAG.sequence);
  const tbs = outer.take(TAG.sequence);
  const algorithm = outer.take(TAG.sequence);
  const signature = bitStringBytes(outer.take(TAG.bitString));
  outer.end();
  const body = readBody(new DerCursor(tbs.content));
  // The algorithm stands inside and outside of what is signed; only the inner one is (RFC 5280 section 4.1.1.2).
  if (!equalBytes(body.algorithm.whole, algorithm.whole)) throw invalid('a certificate names two algorithms');
  return { ...body, bytes, signedBytes: tbs.whole, algorithm: knownAlgorithm(algorithm), signature };
}

function knownAlgorithm(identifier: DerElement): SignatureAlgorithm | undefined {
  try {
    return signatureAlgorithm(identifier);
  } catch {
    return undefined;
  }
}

type Body = Omit<Certificate, 'bytes' | 'signedBytes' | 'algorithm' | 'signature'> & { readonly algorithm: DerElement };

function readBody(tbs: DerCursor): Body {
  const version = tbs.maybe(contextStructure(0));
  if (version === undefined || smallInteger(new DerCursor(version.content).take(TAG.integer)) !== 2) {
    throw invalid('a certificate is not of version 3');
  }
  const serial = tbs.take(TAG.integer).whole;
  const algorithm = tbs.take(TAG.sequence);
  const issuer = tbs.take(TAG.sequence).whole;
  const validity = tbs.enter(TAG.sequence);
  const [notBefore, notAfter] = [timeOf(validity.any()), timeOf(validity.any())];
  const subject = tbs.take(TAG.sequence).whole;
  const key = readPublicKey(tbs.enter(TAG.sequence));
  const extensions = readExtensions(tbs.maybe(contextStructure(3)));
  tbs.end();
  return { serial, algorithm, issuer, notBefore, notAfter, subject, key, extensions };
}

const COMMON_NAME = '2.5.4.3';

/** Common name of a Name, or nothing: for people, no decision rests on it. */
export function commonName(name: Uint8Array): string | undefined {
  const sets = readDer(name, TAG.sequence).rest();
  const pairs = sets.flatMap(({ content }) => new DerCursor(content).rest());
  for (const { content } of pairs) {
    const [type, value] = new DerCursor(content).rest();
    if (type?.tag === TAG.oid && value !== undefined && oidOf(type) === COMMON_NAME) return textOf(value);
  }
  return undefined;
}

function textOf({ content }: DerElement): string | undefined {
  try {
    return utf8Decode(content);
  } catch {
    return undefined;
  }
}

interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

const OID = { keyIdentifier: '2.5.29.14', keyUsage: '2.5.29.15', constraints: '2.5.29.19', purposes: '2.5.29.37' };

function readExtensions(field: DerElement | undefined): Extensions {
  const list = field === undefined ? [] : readDer(field.content, TAG.sequence).rest().map(readExtension);
  const named = new Map(list.map((extension) => [extension.oid, extension]));
  if (named.size < list.length) throw invalid('a certificate has an extension twice');
  const value = (oid: string): Uint8Array | undefined => named.get(oid)?.value;
  const known: readonly string[] = Object.values(OID);
  return {
    ...readConstraints(value(OID.constraints)),
    keyUsage: readKeyUsage(value(OID.keyUsage)),
    purposes: readPurposes(value(OID.purposes)),
    purposesCritical: named.get(OID.purposes)?.critical ?? false,
    keyIdentifier: readKeyIdentifier(value(OID.keyIdentifier)),
    unknownCritical: list.filter(({ oid, critical }) => critical && !known.includes(oid)).map(({ oid }) => oid),
  };
}

function readExtension({ content }: DerElement): Extension {
  const cursor = new DerCursor(content);
  const oid = oidOf(cursor.take(TAG.oid));
  const critical = cursor.maybe(TAG.boolean);
  const value = cursor.take(TAG.octetString).content;
  cursor.end();
  return { oid, critical: critical !== undefined && booleanOf(critical), value };
}

function readConstraints(value: Uint8Array | undefined): Pick<Extensions, 'isAuthority' | 'pathLength'> {
  if (value === undefined) return { isAuthority: false, pathLength: undefined };
  const cursor = readDer(value, TAG.sequence);
  const authority = cursor.maybe(TAG.boolean);
  const length = cursor.maybe(TAG.integer);
  cursor.end();
  return {
    isAuthority: authority !== undefined && booleanOf(authority),
    pathLength: length === undefined ? undefined : smallInteger(length),
  };
}

function readKeyUsage(value: Uint8Array | undefined): number | undefined {
  if (value === undefined) return undefined;
  // Trailing zero bits are cut off, so there may be unused bits in the last byte; all that matter are in the first.
  return new DerCursor(value).take(TAG.bitString).content[1] ?? 0;
}

function readPurposes(value: Uint8Array | undefined): string[] | undefined {
  return value && readDer(value, TAG.sequence).rest().map(oidOf);
}

function readKeyIdentifier(value: Uint8Array | undefined): Uint8Array | undefined {
  return value && new DerCursor(value).take(TAG.octetString).content;
}
