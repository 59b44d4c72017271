import { createHash } from 'node:crypto';
import { packDeterministic } from './tar';

/** How a peer reaches the service: both sides show a certificate. Contents of PEM files, not their names. */
export interface ServiceConnection {
  readonly address: string;
  readonly rootCertificate: string;
  readonly clientCertificate: string;
  readonly clientKey: string;
}

export interface ChaincodePackage {
  readonly label: string;
  /** `label:sha256(archive)`: what organisations approve, and the CHAINCODE_ID the service answers to. */
  readonly id: string;
  readonly archive: Buffer;
}

/** The label names the contract's bundle by its digest: approving a definition is approving that very code. */
export function packageLabel(name: string, bundleSha256: string): string {
  return `${name}_${bundleSha256.slice(0, 16)}`;
}

/** A package of the type `ccaas` (chaincode as a service): metadata.json and code.tar.gz with connection.json. */
export function buildPackage(label: string, bundleSha256: string, connection: ServiceConnection): ChaincodePackage {
  const code = packDeterministic([
    { name: 'bundle.sha256', content: Buffer.from(`${bundleSha256}\n`) },
    { name: 'connection.json', content: json(connectionJson(connection)) },
  ]);
  const archive = packDeterministic([
    { name: 'code.tar.gz', content: code },
    { name: 'metadata.json', content: json({ type: 'ccaas', label }) },
  ]);
  return { label, id: `${label}:${createHash('sha256').update(archive).digest('hex')}`, archive };
}

function connectionJson(connection: ServiceConnection): Readonly<Record<string, unknown>> {
  return {
    address: connection.address,
    dial_timeout: '5s',
    tls_required: true,
    client_auth_required: true,
    root_cert: connection.rootCertificate,
    client_cert: connection.clientCertificate,
    client_key: connection.clientKey,
  };
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
