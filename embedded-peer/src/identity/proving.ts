import { LedgerError, type Fault } from '@carbon-ledger/core';
import { createPrivateKey, createPublicKey, sign, verify, X509Certificate, type KeyObject } from 'node:crypto';
import type { KeyPair } from './certificates';

/** A pair of the folder: where it lies, and what it must be. */
export interface HeldPair {
  /** Of the files, without their ending: `identities/orderer/orderer`. */
  readonly name: string;
  readonly pair: KeyPair;
  /** Unit that the certificate must name (NodeOUs); none for authorities and TLS. */
  readonly unit?: string;
  /** Certificate by which it must be issued; its own for an authority. PEM. */
  readonly issuer: string;
  /** Roots that the channel knows, where it must be one of them. PEM. */
  readonly roots?: readonly string[] | undefined;
}

const PROOF = Buffer.from('carbon-ledger: whether a key signs for its certificate');

/**
 * Signs and verifies with every key, and holds every certificate to its issuer and to the channel. One flipped bit in a key makes
 * blocks that are invalid for ever, in a certificate identities that nobody knows: better not to start.
 * @throws LedgerError IDENTITY_DAMAGED with every file that is wrong, and how
 */
export function assertPairsProven(folder: string, held: readonly HeldPair[]): void {
  const faults = held.flatMap(faultsOf);
  if (faults.length === 0) return;
  const named = faults.map(({ path, message }) => `${path} ${message}`).join('; ');
  throw new LedgerError('IDENTITY_DAMAGED', `${folder}: ${named}`, { faults });
}

function faultsOf(held: HeldPair): Fault[] {
  const certificate = attempt(() => new X509Certificate(held.pair.certificate));
  const key = attempt(() => createPrivateKey(held.pair.privateKey));
  return [
    ...(certificate === undefined ? [fault(held, 'pem', 'is no certificate')] : certificateFaults(held, certificate)),
    ...(key === undefined ? [fault(held, 'key', 'is no private key')] : keyFaults(held, key, certificate)),
  ];
}

function certificateFaults(held: HeldPair, certificate: X509Certificate): Fault[] {
  const { pair, unit, issuer, roots } = held;
  const found: string[] = [];
  if (certificate.toString() !== pair.certificate) found.push('is not written as it was made');
  if (!isIssuedBy(certificate, issuer)) found.push('is not signed by its authority');
  if (unit !== undefined && !certificate.subject.split('\n').includes(`OU=${unit}`))
    found.push(`is not that of a ${unit}`);
  if (roots !== undefined && !roots.includes(pair.certificate))
    found.push('is not the authority that the channel names');
  return found.map((message) => fault(held, 'pem', message));
}

function isIssuedBy(certificate: X509Certificate, issuer: string): boolean {
  const verified = attempt(() => {
    const authority = new X509Certificate(issuer);
    return authority.ca && certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
  });
  return verified === true;
}

function keyFaults(held: HeldPair, key: KeyObject, certificate: X509Certificate | undefined): Fault[] {
  const found: string[] = [];
  if (key.export({ type: 'pkcs8', format: 'pem' }) !== held.pair.privateKey)
    found.push('is not written as it was made');
  // Only a genuine certificate can tell which key is its own.
  const isGenuine = certificate !== undefined && isIssuedBy(certificate, held.issuer);
  if (isGenuine && !signsFor(key, certificate)) found.push('is not the key of its certificate');
  return found.map((message) => fault(held, 'key', message));
}

function signsFor(key: KeyObject, certificate: X509Certificate): boolean {
  const signs = attempt(() => {
    const { publicKey } = certificate;
    return createPublicKey(key).equals(publicKey) && verify('sha256', PROOF, publicKey, sign('sha256', PROOF, key));
  });
  return signs === true;
}

function fault({ name }: HeldPair, ending: 'pem' | 'key', message: string): Fault {
  return { path: `${name}.${ending}`, code: 'IDENTITY_DAMAGED', message };
}

/** What cannot be read is told as such by the caller, whatever OpenSSL says of it. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
