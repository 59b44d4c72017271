import { createHmac, randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { authorityConfig, REGISTRAR } from '../config/authority';
import { nodeView } from '../config/environment';
import { OUTSIDE_HOST, type AuthorityPlan, type Layout, type StatePaths } from '../layout';
import { enrolmentsOf, type Enrolment } from './enrolments';
import { toolError, type FabricTools } from './tools';

const SECRET_BYTES = 32;
const LOOPBACK = ['localhost', '127.0.0.1'];
const REMEDY = 'Read the CA’s log (npm run network:logs -- ca), then run `up` again: what was issued is kept.';

/** Writes each CA's configuration once, with a secret of its own. */
export function prepareAuthorities(layout: Layout, state: StatePaths): void {
  for (const authority of layout.authorities) {
    const home = join(state.data, authority.id);
    const file = join(home, 'fabric-ca-server-config.yaml');
    if (existsSync(file)) continue;
    mkdirSync(home, { recursive: true });
    mkdirSync(join(state.crypto, authority.cryptoDir), { recursive: true, mode: 0o700 });
    const secret = randomBytes(SECRET_BYTES).toString('hex');
    writeFileSync(secretFile(state, authority), secret, { mode: 0o600 });
    const { listenHost } = nodeView(layout.mode, state, authority);
    writeFileSync(file, stringify(authorityConfig(authority, secret, listenHost)), { mode: 0o600 });
  }
}

/** Has every identity and TLS certificate issued that is not there yet. The CAs must run. */
export async function enrolAll(layout: Layout, state: StatePaths, tools: FabricTools): Promise<number> {
  const counts = await Promise.all(
    layout.authorities.map(async (authority) => {
      const missing = enrolmentsOf(layout, authority).filter((enrolment) => !isIssued(state, enrolment));
      if (missing.length === 0) return 0;
      const office = new EnrolmentOffice(state, authority, tools);
      await office.open();
      for (const enrolment of missing) await office.issue(enrolment);
      return missing.length;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

function isIssued(state: StatePaths, enrolment: Enrolment): boolean {
  return existsSync(join(state.crypto, enrolment.directory, 'tls', `${enrolment.tlsName}.crt`));
}

function secretFile(state: StatePaths, authority: AuthorityPlan): string {
  return join(state.crypto, authority.cryptoDir, 'registrar.secret');
}

/** One CA and its registrar: registers names and has them enrolled, into the folders that cryptogen would have made. */
class EnrolmentOffice {
  readonly #state: StatePaths;
  readonly #authority: AuthorityPlan;
  readonly #tools: FabricTools;
  readonly #folder: string;
  readonly #roots: string;

  constructor(state: StatePaths, authority: AuthorityPlan, tools: FabricTools) {
    this.#state = state;
    this.#authority = authority;
    this.#tools = tools;
    this.#folder = join(state.crypto, authority.cryptoDir);
    this.#roots = join(this.#folder, 'ca.pem');
  }

  async open(): Promise<void> {
    copyFileSync(join(this.#state.data, this.#authority.id, 'ca-cert.pem'), this.#roots);
    await this.#enrol(REGISTRAR, this.#registrarSecret(), join(this.#folder, 'registrar'), []);
  }

  async issue(enrolment: Enrolment): Promise<void> {
    const secret = this.#secretOf(enrolment.name);
    await this.#register(enrolment, secret);
    if (enrolment.membership) await this.#issueMembership(enrolment, secret);
    await this.#issueTls(enrolment, secret);
    this.#writeOrganisationMsp(enrolment.organisationDir);
  }

  async #issueMembership(enrolment: Enrolment, secret: string): Promise<void> {
    const drawer = await this.#draw(enrolment, secret, []);
    const msp = join(this.#state.crypto, enrolment.directory, 'msp');
    this.#writeMsp(msp);
    place(join(drawer, 'signcerts'), join(msp, 'signcerts', `${enrolment.name}-cert.pem`));
    place(join(drawer, 'keystore'), join(msp, 'keystore', 'priv_sk'));
    rmSync(drawer, { recursive: true });
  }

  async #issueTls(enrolment: Enrolment, secret: string): Promise<void> {
    const hosts = [...enrolment.hosts, ...LOOPBACK].join(',');
    const drawer = await this.#draw(enrolment, secret, ['--enrollment.profile', 'tls', '--csr.hosts', hosts]);
    const tls = join(this.#state.crypto, enrolment.directory, 'tls');
    mkdirSync(tls, { recursive: true });
    copyFileSync(this.#roots, join(tls, 'ca.crt'));
    place(join(drawer, 'keystore'), join(tls, `${enrolment.tlsName}.key`));
    place(join(drawer, 'signcerts'), join(tls, `${enrolment.tlsName}.crt`));
    rmSync(drawer, { recursive: true });
  }

  /** Enrols into a working folder of its own, because keys get there under names that say nothing. */
  async #draw(enrolment: Enrolment, secret: string, options: readonly string[]): Promise<string> {
    const drawer = join(this.#folder, 'work', enrolment.name);
    rmSync(drawer, { recursive: true, force: true });
    await this.#enrol(enrolment.name, secret, drawer, options);
    return drawer;
  }

  async #register(enrolment: Enrolment, secret: string): Promise<void> {
    const args = ['register', '--id.name', enrolment.name, '--id.type', enrolment.type, '--id.maxenrollments', '-1'];
    const env = { ...this.#environment(REGISTRAR), FABRIC_CA_CLIENT_ID_SECRET: secret };
    const result = await this.#tools.run('fabric-ca-client', [...args, '--mspdir', join(this.#folder, 'registrar')], {
      env,
    });
    if (result.code === 0 || /already registered/.test(result.stderr)) return;
    throw toolError('fabric-ca-client', `Registering ${enrolment.name}`, result, REMEDY);
  }

  async #enrol(name: string, secret: string, folder: string, options: readonly string[]): Promise<void> {
    const env = this.#environment(name, secret);
    const result = await this.#tools.run('fabric-ca-client', ['enroll', '--mspdir', folder, ...options], { env });
    if (result.code !== 0) throw toolError('fabric-ca-client', `Enrolling ${name}`, result, REMEDY);
  }

  /** Secrets go by the environment: arguments of a program can be read by everybody on the machine. */
  #environment(name: string, secret?: string): Readonly<Record<string, string>> {
    const credentials = secret === undefined ? '' : `${name}:${secret}@`;
    return {
      FABRIC_CA_CLIENT_HOME: join(this.#folder, 'client'),
      FABRIC_CA_CLIENT_URL: `https://${credentials}${OUTSIDE_HOST}:${this.#authority.port}`,
      FABRIC_CA_CLIENT_TLS_CERTFILES: this.#roots,
      FABRIC_CA_CLIENT_LOGLEVEL: 'warning',
    };
  }

  #registrarSecret(): string {
    return readFileSync(secretFile(this.#state, this.#authority), 'utf8');
  }

  /** Derived, so that an attempt that stopped between registering and enrolling can go on. */
  #secretOf(name: string): string {
    return createHmac('sha256', this.#registrarSecret()).update(name).digest('hex');
  }

  #writeOrganisationMsp(organisationDir: string): void {
    this.#writeMsp(join(this.#state.crypto, organisationDir, 'msp'));
  }

  #writeMsp(msp: string): void {
    const certificate = `${this.#authority.id}-cert.pem`;
    for (const folder of ['cacerts', 'tlscacerts']) {
      mkdirSync(join(msp, folder), { recursive: true });
      copyFileSync(this.#roots, join(msp, folder, certificate));
    }
    writeFileSync(join(msp, 'config.yaml'), stringify(nodeUnits(`cacerts/${certificate}`)));
  }
}

/** The roles of Fabric's NodeOUs, told by the unit in a certificate's subject. */
function nodeUnits(certificate: string): Readonly<Record<string, unknown>> {
  const unit = (name: string): Readonly<Record<string, string>> => ({
    Certificate: certificate,
    OrganizationalUnitIdentifier: name,
  });
  return {
    NodeOUs: {
      Enable: true,
      ClientOUIdentifier: unit('client'),
      PeerOUIdentifier: unit('peer'),
      AdminOUIdentifier: unit('admin'),
      OrdererOUIdentifier: unit('orderer'),
    },
  };
}

/** Moves the only file of a folder to where it is looked for. */
function place(folder: string, target: string): void {
  const [name, ...others] = readdirSync(folder);
  if (name === undefined || others.length > 0) throw new Error(`${folder} should hold one file`);
  mkdirSync(join(target, '..'), { recursive: true });
  renameSync(join(folder, name), target);
}
