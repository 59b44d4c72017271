import { LedgerError } from '@carbon-ledger/core';

/** What the system says of a name or address that is none of this machine's. */
const ofHost: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EINVAL']);
const ofPort: ReadonlySet<string> = new Set(['EADDRINUSE', 'EACCES']);

/** Why nothing listens there: USAGE where it is the host's fault, PORT_TAKEN where it is the port's; undefined for any other error. */
export function listeningError(host: string, port: number, error: unknown): LedgerError | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (ofHost.has(code))
    return new LedgerError('USAGE', `--host ${host}: no address of this machine (${code})`, { cause: error });
  if (!ofPort.has(code)) return undefined;
  return new LedgerError('PORT_TAKEN', `${host}:${String(port)}: ${code}`, { cause: error });
}
