import type { TlsPair } from '@carbon-ledger/gateway-api';
import { readBytes } from '../files/read-file';

/** Where the service's own certificate and key lie, each a PEM file. */
export interface TlsFiles {
  readonly certificate: string;
  readonly privateKey: string;
}

/** @throws LedgerError FILE_UNREADABLE, FILE_FORBIDDEN; BAD_FILE where they are no pair, or the certificate has ended */
export async function readTlsPair(files: TlsFiles): Promise<TlsPair> {
  const { checkTlsPair } = await import('@carbon-ledger/gateway-api');
  const pair = { certificate: await readBytes(files.certificate), privateKey: await readBytes(files.privateKey) };
  checkTlsPair(pair, new Date());
  return pair;
}
