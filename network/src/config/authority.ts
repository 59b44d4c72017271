import type { AuthorityPlan } from '../layout';

type Section = Readonly<Record<string, unknown>>;

/** Name of each CA's first identity, which registers all others. */
export const REGISTRAR = 'registrar';

const LOOPBACK = ['localhost', '127.0.0.1'];

/**
 * fabric-ca-server-config.yaml. Leaves are valid for two years (`status` warns before they end), the root for fifteen.
 * The registrar's secret is in this file, so it lies in the CA's own folder, readable by its owner only.
 */
export function authorityConfig(authority: AuthorityPlan, secret: string, listenHost: string): Section {
  return {
    address: listenHost,
    port: authority.port,
    tls: { enabled: true, clientauth: { type: 'noclientcert' } },
    ca: { name: authority.id },
    crl: { expiry: '24h' },
    registry: { maxenrollments: -1, identities: [registrar(secret)] },
    db: { type: 'sqlite3', datasource: 'fabric-ca-server.db' },
    affiliations: {},
    signing: signing(),
    csr: {
      cn: authority.id,
      keyrequest: { algo: 'ecdsa', size: 256 },
      names: [{ C: 'CN', O: authority.mspId }],
      hosts: [authority.id, ...LOOPBACK],
      ca: { expiry: '131400h', pathlength: 0 },
    },
    bccsp: { default: 'SW', sw: { hash: 'SHA2', security: 256, filekeystore: { keystore: 'msp/keystore' } } },
    operations: { listenAddress: `${listenHost}:${authority.operationsPort}`, tls: { enabled: false } },
    metrics: { provider: 'prometheus' },
  };
}

function registrar(secret: string): Section {
  return {
    name: REGISTRAR,
    pass: secret,
    type: 'client',
    affiliation: '',
    attrs: { 'hf.Registrar.Roles': '*', 'hf.Registrar.DelegateRoles': '*', 'hf.Revoker': true, 'hf.GenCRL': true },
  };
}

function signing(): Section {
  return {
    default: { usage: ['digital signature'], expiry: '17520h' },
    profiles: {
      tls: { usage: ['signing', 'key encipherment', 'server auth', 'client auth', 'key agreement'], expiry: '17520h' },
    },
  };
}
