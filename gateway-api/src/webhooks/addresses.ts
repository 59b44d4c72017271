import { lookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { LedgerError } from '@carbon-ledger/core';
import * as ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.process>;
type Network = readonly [Address, number];

/** As `dns.lookup` with all addresses. */
export type Resolve = (host: string, done: (error: Error | null, addresses: LookupAddress[]) => void) => void;

const resolveAll: Resolve = (host, done) => {
  lookup(host, { all: true }, done);
};

/**
 * Where webhooks may go: public unicast addresses, and networks that the operator names. Whoever registers a URL chooses where this
 * service connects to; from inside it would reach what no outsider may: itself, its neighbours, a cloud's metadata.
 * A name is looked at when the connection is made, so that a name which answers otherwise then gains nothing.
 */
export class WebhookAddresses {
  readonly #networks: readonly Network[];
  readonly #resolve: Resolve;

  /** @param networks CIDR @throws LedgerError BAD_REQUEST for what is no network */
  constructor(networks: readonly string[] = [], resolve: Resolve = resolveAll) {
    this.#networks = networks.map(parseNetwork);
    this.#resolve = resolve;
  }

  /** The lookup of a connection. */
  readonly lookup: LookupFunction = (host, options, done) => {
    this.#resolve(host, (error, addresses) => {
      const refused = error ?? this.#refusal(host, addresses);
      const [first] = addresses;
      if (refused !== null) done(refused, '');
      else if (options.all === true) done(null, addresses);
      else done(null, first?.address ?? '', first?.family ?? 0);
    });
  };

  /** @throws LedgerError WEBHOOK_ADDRESS unless it may be delivered to, as its name answers now */
  async assertAllowed(url: string): Promise<void> {
    const { hostname } = parseUrl(url);
    const host = hostname.replace(/^\[|\]$/g, '');
    const literal = isIP(host);
    if (literal !== 0) {
      this.assertLiteral(url);
      return;
    }
    await new Promise<void>((resolve, reject) => {
      this.#resolve(host, (error, addresses) => {
        const refused = error === null ? this.#refusal(host, addresses) : notFound(host, error);
        if (refused === null) resolve();
        else reject(refused);
      });
    });
  }

  /** No name is asked for where the URL has an address. @throws LedgerError WEBHOOK_ADDRESS */
  assertLiteral(url: string): void {
    const host = parseUrl(url).hostname.replace(/^\[|\]$/g, '');
    const family = isIP(host);
    const refused = family === 0 ? null : this.#refusal(host, [{ address: host, family }]);
    if (refused !== null) throw refused;
  }

  /** Of a name with several addresses all must be allowed: which one is taken is not ours to say. */
  #refusal(host: string, addresses: readonly LookupAddress[]): LedgerError | null {
    if (addresses.length > 0 && addresses.every(({ address }) => this.#isAllowed(address))) return null;
    return new LedgerError('WEBHOOK_ADDRESS', `${host} is not a public address.`);
  }

  #isAllowed(text: string): boolean {
    const address = ipaddr.process(text);
    return address.range() === 'unicast' || this.#networks.some((network) => isIn(address, network));
  }
}

function isIn(address: Address, [network, bits]: Network): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}

/** @throws LedgerError BAD_REQUEST */
function parseNetwork(text: string): Network {
  try {
    if (text.includes('/')) return ipaddr.parseCIDR(text);
    const address = ipaddr.parse(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  } catch (cause) {
    throw new LedgerError('BAD_REQUEST', `${text} is no network (10.0.0.0/8).`, { cause });
  }
}

/** @throws LedgerError WEBHOOK_ADDRESS */
function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw new LedgerError('WEBHOOK_ADDRESS', `${text} is no http or https URL.`);
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    throw new LedgerError('WEBHOOK_ADDRESS', 'The URL of a webhook holds no password and no fragment.');
  return url;
}

function notFound(host: string, cause: Error): LedgerError {
  return new LedgerError('WEBHOOK_ADDRESS', `${host} has no address that is known here.`, { cause });
}
