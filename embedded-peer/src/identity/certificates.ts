import 'reflect-metadata';
import { createPrivateKey, webcrypto, X509Certificate as NodeCertificate, type KeyObject } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { isLowS } from './signature';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const YEARS_VALID = 15;
const BACKDATED_MS = 3_600_000;
const SERIAL_BYTES = 16;

x509.cryptoProvider.set(webcrypto);

/** A certificate and its key, both PEM; the key is PKCS #8. */
export interface KeyPair {
  readonly certificate: string;
  readonly privateKey: string;
}

export interface CertificateSubject {
  readonly commonName: string;
  readonly organisation: string;
  /** NodeOU role of Fabric: `client`, `peer`, `admin` or `orderer`. */
  readonly unit?: string;
}

interface LeafOptions {
  /** DNS names and IP addresses for TLS; none for identities. */
  readonly hosts?: readonly string[];
  readonly tls?: boolean;
}

/** A root that signs leaves, while the folder is being founded. */
export interface Authority {
  readonly pair: KeyPair;
  issue(subject: CertificateSubject, options?: LeafOptions): Promise<KeyPair>;
}

function distinguishedName({ commonName, organisation, unit }: CertificateSubject): x509.JsonName {
  return [{ C: ['CN'] }, { O: [organisation] }, ...(unit === undefined ? [] : [{ OU: [unit] }]), { CN: [commonName] }];
}

function serialNumber(): string {
  const bytes = Buffer.from(webcrypto.getRandomValues(new Uint8Array(SERIAL_BYTES)));
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

function validity(now: Date): { notBefore: Date; notAfter: Date } {
  const notBefore = new Date(now.getTime() - BACKDATED_MS);
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + YEARS_VALID);
  return { notBefore, notAfter };
}

async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function keyPem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  const pem = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' });
  return pem.toString();
}

function isCertificateLowS(certificate: x509.X509Certificate): boolean {
  const raw = Buffer.from(certificate.signature);
  return isLowS(raw);
}

/** Fabric rewrites a certificate whose signature has a high S; such a one is never handed out, so its bytes are stable. */
async function createLowS(make: () => Promise<x509.X509Certificate>): Promise<string> {
  for (;;) {
    const certificate = await make();
    if (isCertificateLowS(certificate)) return `${certificate.toString('pem').trim()}\n`;
  }
}

function leafExtensions({ hosts = [], tls = false }: LeafOptions): x509.Extension[] {
  const names = hosts.map((host) => ({
    type: /^[\d.]+$/.test(host) ? ('ip' as const) : ('dns' as const),
    value: host,
  }));
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    ...(tls
      ? [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth])]
      : []),
    ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : []),
  ];
}

async function selfSigned(subject: CertificateSubject, keys: webcrypto.CryptoKeyPair, now: Date): Promise<string> {
  const { keyCertSign, cRLSign, digitalSignature } = x509.KeyUsageFlags;
  const flags = (keyCertSign | cRLSign | digitalSignature) as x509.KeyUsageFlags;
  const extensions = [
    new x509.BasicConstraintsExtension(true, undefined, true),
    new x509.KeyUsagesExtension(flags, true),
    await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
  ];
  return createLowS(async () =>
    x509.X509CertificateGenerator.createSelfSigned({
      serialNumber: serialNumber(),
      name: distinguishedName(subject),
      ...validity(now),
      signingAlgorithm: ALGORITHM,
      keys,
      extensions,
    }),
  );
}

async function signedLeaf(
  subject: CertificateSubject,
  options: LeafOptions,
  authority: { certificate: string; keys: webcrypto.CryptoKeyPair; now: Date },
): Promise<KeyPair> {
  const keys = await newKeys();
  const extensions = [
    ...leafExtensions(options),
    await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    await x509.AuthorityKeyIdentifierExtension.create(authority.keys.publicKey),
  ];
  const certificate = await createLowS(async () =>
    x509.X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject: distinguishedName(subject),
      issuer: new x509.X509Certificate(authority.certificate).subject,
      ...validity(authority.now),
      signingAlgorithm: ALGORITHM,
      publicKey: keys.publicKey,
      signingKey: authority.keys.privateKey,
      extensions,
    }),
  );
  return { certificate, privateKey: await keyPem(keys.privateKey) };
}

/** A new root (ECDSA P-256, 15 years) for one organisation's identities or for TLS. */
export async function createAuthority(subject: CertificateSubject, now: Date): Promise<Authority> {
  const keys = await newKeys();
  const certificate = await selfSigned(subject, keys, now);
  const pair = { certificate, privateKey: await keyPem(keys.privateKey) };
  return { pair, issue: (leaf, options = {}) => signedLeaf(leaf, options, { certificate, keys, now }) };
}

/** The private key of a PEM pair, after checking that the two belong together. */
export function privateKeyOf(pair: KeyPair): KeyObject {
  const key = createPrivateKey(pair.privateKey);
  if (!new NodeCertificate(pair.certificate).checkPrivateKey(key)) throw new Error('key and certificate do not match');
  return key;
}
