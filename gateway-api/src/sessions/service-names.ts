import { LedgerError } from '@carbon-ledger/core';

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
const ANY_ADDRESS = ['0.0.0.0', '::', '[::]'];

/**
 * The names that a signature to sign in may be made for: hosts in lower case, with their port; where that is the port of
 * the scheme, with it and without it.
 * @param url `https://ledger.example`
 * @throws LedgerError BAD_REQUEST for anything but the root of an http or https URL
 */
export function namesOfUrl(url: string): string[] {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const port = DEFAULT_PORTS[parsed?.protocol ?? ''];
  if (parsed === undefined || port === undefined || !isRoot(parsed))
    throw new LedgerError('BAD_REQUEST', `${url} is no address of a service (https://ledger.example).`);
  const { host, hostname } = parsed;
  return host === hostname ? [host, `${hostname}:${port}`] : [host];
}

/** Nothing but scheme, host and port. */
function isRoot({ href, protocol, host }: URL): boolean {
  return href === `${protocol}//${host}/`;
}

/** What a service is called that was given no name: what it listens on, and this machine's names for itself. */
export function namesOfListener(url: string): string[] {
  const { hostname, port } = new URL(url);
  const own = ANY_ADDRESS.includes(hostname) || LOOPBACK.includes(hostname) ? [] : [hostname];
  return [...own, ...LOOPBACK].flatMap((host) => namesOfUrl(`http://${host}:${port === '' ? '80' : port}`));
}
