import {
  parseChaincode,
  parseChannel,
  parseDriver,
  parseGateways,
  parseLogLevel,
  parseMsp,
  parseNetworks,
  parsePort,
  parseProxies,
  parsePublicUrl,
  parseQuorum,
  parseRate,
  parseSeconds,
  parseYears,
} from './parse';

/** What `serve` is told, as texts; a flag is `true` or not there. */
export interface ServeOptions {
  readonly data?: string;
  readonly port?: string;
  readonly host?: string;
  readonly trial?: boolean;
  readonly fabric?: string;
  readonly driver?: string;
  readonly channel?: string;
  readonly chaincode?: string;
  readonly msp?: string;
  readonly peerPort?: string;
  readonly certificate?: string;
  readonly privateKey?: string;
  readonly endorsers?: string;
  readonly oneThread?: boolean;
  readonly founderName?: string;
  readonly outside?: string;
  readonly cosignInterval?: string;
  readonly quorum?: string;
  readonly replaceCosignerKey?: boolean;
  readonly peerWait?: string;
  readonly publicUrl?: readonly string[];
  readonly tlsCertificate?: string;
  readonly tlsKey?: string;
  readonly trustProxy?: string;
  readonly requestsPerMinute?: string;
  readonly shared?: string;
  readonly gateways?: string;
  readonly webhookNetworks?: string;
  readonly readLogYears?: string;
  readonly drain?: string;
  readonly logLevel?: string;
}

export interface Setting {
  readonly key: keyof ServeOptions;
  /** Name on the command line after `--`, and in a file. */
  readonly name: string;
  /** What stands for its value in help: `<seconds>`; a setting without one is a flag. */
  readonly value?: string;
  /** Environment variables, the first of those that are set counts. */
  readonly env: readonly string[];
  readonly help: string;
  readonly default?: string;
  /** May be given several times, or as a list in a file; as one variable it is divided at commas. */
  readonly isList?: boolean;
  /** A file that must be there. */
  readonly isFile?: boolean;
  /** @throws LedgerError USAGE */
  readonly check?: (text: string) => unknown;
}

const named = (name: string): string => `CARBON_LEDGER_${name.toUpperCase().replaceAll('-', '_')}`;

function setting(name: string, help: string, more: Partial<Omit<Setting, 'name' | 'help'>> = {}): Setting {
  const key = name.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase()) as keyof ServeOptions;
  return { key, name, help, env: [named(name)], ...more };
}

/** Every setting of the service, once: command line, environment, file, checks and documents are made of it. */
export const SETTINGS: readonly Setting[] = [
  setting('data', 'data folder (default data/ledger, with --trial data/trial, with --fabric data/gateway)', {
    value: '<folder>',
    env: ['CARBON_LEDGER_DATA', 'DATA_DIR'],
  }),
  setting('port', 'port, 0 for a free one (default 8080)', {
    value: '<port>',
    env: ['CARBON_LEDGER_PORT', 'PORT'],
    check: parsePort,
  }),
  setting('host', 'address to listen on', { value: '<address>', default: '127.0.0.1' }),
  setting('trial', 'a trial ledger, whose parties sign with trial keys'),
  setting(
    'fabric',
    "serve a Fabric network instead: gateway profile or common connection profile of one's own organisation",
    { value: '<profile>', isFile: true },
  ),
  setting('driver', 'fabric-gateway (default) or fabric-network, for peers without a gateway service', {
    value: '<name>',
    check: parseDriver,
  }),
  setting('channel', 'channel, where the profile does not say; of a new embedded ledger (default audit)', {
    value: '<name>',
    check: parseChannel,
  }),
  setting(
    'chaincode',
    'chaincode, where the profile does not say; of a new embedded ledger (default carbon-audit-ledger)',
    { value: '<name>', check: parseChaincode },
  ),
  setting('msp', 'organisation of a new embedded ledger (default EmbeddedMSP)', { value: '<msp>', check: parseMsp }),
  setting('peer-port', 'port of the embedded peer on loopback, for other Fabric clients (default: a free one)', {
    value: '<port>',
    check: parsePort,
  }),
  setting('certificate', "the gateway's certificate, where the profile does not say", {
    value: '<file>',
    isFile: true,
  }),
  setting('private-key', "the gateway's private key, where the profile does not say", {
    value: '<file>',
    isFile: true,
  }),
  setting('endorsers', 'organisations that are asked to endorse; default: as the peer finds by policy', {
    value: '<msp,...>',
  }),
  setting('one-thread', 'embedded peer and gateway on one thread: less memory, less throughput'),
  setting('founder-name', 'name of the founding authority of a new ledger', { value: '<name>' }),
  setting('outside', 'witnesses, time-stamping authority, outside chain (docs/formats/witness.md)', {
    value: '<file>',
    isFile: true,
  }),
  setting(
    'cosign-interval',
    "cosign the log in one's own organisation's name at most this often; 0 does not (default 60 with --fabric, else 0)",
    { value: '<seconds>', check: parseSeconds },
  ),
  setting('quorum', 'organisations whose cosignature the policy asks of every receipt', {
    value: '<organisations>',
    default: '0',
    check: parseQuorum,
  }),
  setting('replace-cosigner-key', "take the place of the cosigning key registered for one's own organisation"),
  setting(
    'peer-wait',
    'how long a start waits for a peer that is behind what was read before (default 300 with --fabric, else 0)',
    { value: '<seconds>', check: parseSeconds },
  ),
  setting(
    'public-url',
    'what parties call this service, as https://ledger.example; repeat for more names. They sign in for these names and no others (default: the loopback names and --host)',
    { value: '<url>', isList: true, check: parsePublicUrl },
  ),
  setting(
    'tls-certificate',
    "the service's own certificate, those above it behind it, in PEM: it then speaks https; read again on SIGHUP and when it changes",
    { value: '<file>', isFile: true },
  ),
  setting('tls-key', 'the private key of that certificate', { value: '<file>', isFile: true }),
  setting(
    'trust-proxy',
    'addresses or networks of the proxies in front, whose X-Forwarded-For is believed (default: none is)',
    { value: '<address,...>', check: parseProxies },
  ),
  setting('requests-per-minute', 'requests that one client may make in a minute (default 120000)', {
    value: '<number>',
    check: parseRate,
  }),
  setting(
    'shared',
    'folder that all gateways of the organisation behind one balancer have in common: keys, sign-in, idempotency, webhooks',
    { value: '<folder>' },
  ),
  setting('gateways', 'gateways behind the balancer, over which the limits on clients are divided (default: 1)', {
    value: '<number>',
    check: parseGateways,
  }),
  setting(
    'webhook-networks',
    'addresses or networks that webhooks may go to beside public ones (default: none; a registered URL reaches nothing inside)',
    { value: '<address,...>', check: parseNetworks },
  ),
  setting('read-log-years', 'years that the log of who looked at private figures is kept (default: for ever)', {
    value: '<years>',
    check: parseYears,
  }),
  setting(
    'drain',
    'how long, once told to stop, it goes on answering while /readyz says NOT_READY, for a balancer to notice',
    { value: '<seconds>', default: '0', check: parseSeconds },
  ),
  setting('log-level', 'level of the log on stderr; SIGUSR2 switches a running service to debug and back', {
    value: '<level>',
    default: 'warn',
    check: parseLogLevel,
  }),
];
