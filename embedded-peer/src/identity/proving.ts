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
  const { name, pair } = held;
  const certificate = attempt(() => new X509Certificate(pair.certificate));
  const key = attempt(() => createPrivateKey(pair.privateKey));
  const found: Fault[] = [];
  const refuse = (file: string, message: string): number =>
    found.push({ path: `${name}.${file}`, code: 'IDENTITY_DAMAGED', message });
  const isGenuine = certificate !== undefined && isIssuedBy(certificate, held.issuer);
  if (!isGenuine || !isAsMade(held, certificate)) refuse('pem', 'is damaged, or not what authority and channel know');
  if (key === undefined || key.export({ type: 'pkcs8', format: 'pem' }) !== pair.privateKey)
    refuse('key', 'is damaged');
  // Only a genuine certificate can tell which key is its own.
  else if (isGenuine && !signsFor(key, certificate)) refuse('key', 'is not the key of its certificate');
  return found;
}

/** Written as it was made, of the unit that its place is for, and for an authority the one that the channel names. */
function isAsMade({ pair, unit, roots }: HeldPair, certificate: X509Certificate): boolean {
  if (certificate.toString() !== pair.certificate) return false;
  if (unit !== undefined && !certificate.subject.split('\n').includes(`OU=${unit}`)) return false;
  return roots === undefined || roots.includes(pair.certificate);
}

function isIssuedBy(certificate: X509Certificate, issuer: string): boolean {
  const verified = attempt(() => {
    const authority = new X509Certificate(issuer);
    return authority.ca && certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
  });
  return verified === true;
}

function signsFor(key: KeyObject, certificate: X509Certificate): boolean {
  const signs = attempt(() => {
    const { publicKey } = certificate;
    return createPublicKey(key).equals(publicKey) && verify('sha256', PROOF, publicKey, sign('sha256', PROOF, key));
  });
  return signs === true;
}

/** What cannot be read is told as such by the caller, whatever OpenSSL says of it. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
