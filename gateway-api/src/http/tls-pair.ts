import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { LedgerError } from '@carbon-ledger/core';

/** What the service shows to those who connect: its certificate with those above it, and its key. */
export interface TlsPair {
  /** PEM. */
  readonly certificate: Uint8Array;
  /** PEM. */
  readonly privateKey: Uint8Array;
}

/** TLS 1.2 at least, as Node has it; named here so that nobody's NODE_OPTIONS can take it down. */
export const TLS_SETTINGS = { minVersion: 'TLSv1.2' } as const;

export function contextOf({ certificate, privateKey }: TlsPair): { cert: Buffer; key: Buffer } {
  return { cert: Buffer.from(certificate), key: Buffer.from(privateKey) };
}

/** When the first certificate of a PEM text ends. @throws Error where it is none */
export function endOf(certificate: Uint8Array): Date {
  return new Date(new X509Certificate(certificate).validTo);
}

function assertPair(pair: TlsPair): Date {
  try {
    createSecureContext({ ...TLS_SETTINGS, ...contextOf(pair) });
    return endOf(pair.certificate);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : '';
    throw new LedgerError('BAD_FILE', `certificate and key for TLS are no pair in PEM: ${reason}`, { cause });
  }
}

/**
 * Holds a pair to each other and to the clock, before anybody is answered with it.
 * @throws LedgerError BAD_FILE where they are no pair, or nobody would take the certificate any more
 */
export function checkTlsPair(pair: TlsPair, now: Date): void {
  const end = assertPair(pair);
  if (end.getTime() <= now.getTime())
    throw new LedgerError('BAD_FILE', `the certificate for TLS ended on ${end.toISOString()}`);
}
