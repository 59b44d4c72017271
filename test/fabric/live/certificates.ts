import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder';
import { SigningIdentity } from '../../../embedded-peer/src/identity/signing-identity';
import { ChannelConfigUpdate, type ChannelConfig } from '../../../network/src/fabric/channel-config';
import type { TestNetwork } from '../network';

/** A client certificate that the organisation's own CA key issued, and the CA's book-keeping to revoke it. */
export class TestAuthority {
  readonly #folder = temporaryFolder('test-ca');
  readonly #network: TestNetwork;
  readonly #organisation: string;

  /** Cryptogen networks only: there the CA's key lies beside the certificates. */
  constructor(network: TestNetwork, organisation: string) {
    this.#network = network;
    this.#organisation = organisation;
    const { cryptoDir, domain } = network.organisation(organisation);
    const ca = join(network.session.state.crypto, cryptoDir, 'ca');
    mkdirSync(join(this.#folder, 'issued'));
    writeFileSync(join(this.#folder, 'index.txt'), '');
    // Of its own in every run: an earlier run's list of revoked serial numbers may still be in force.
    writeFileSync(join(this.#folder, 'serial'), `${randomBytes(8).toString('hex')}\n`);
    writeFileSync(join(this.#folder, 'crlnumber'), '01\n');
    writeFileSync(
      join(this.#folder, 'ca.cnf'),
      configuration(this.#folder, join(ca, `ca.${domain}-cert.pem`), join(ca, 'priv_sk')),
    );
  }

  /** @param dates arguments of `openssl ca` for the time of validity */
  issue(name: string, dates: readonly string[]): SigningIdentity {
    const { mspId } = this.#network.organisation(this.#organisation);
    const [key, request, certificate] = ['key', 'csr', 'pem'].map((kind) => join(this.#folder, `${name}.${kind}`));
    this.#run('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', String(key));
    this.#run('req', '-new', '-key', String(key), '-subj', `/OU=client/CN=${name}`, '-out', String(request));
    const issue = ['-batch', '-notext', '-config', join(this.#folder, 'ca.cnf'), '-extensions', 'leaf', ...dates];
    this.#run('ca', ...issue, '-in', String(request), '-out', String(certificate));
    return new SigningIdentity(mspId, {
      certificate: readFileSync(String(certificate), 'utf8'),
      privateKey: readFileSync(String(key), 'utf8'),
    });
  }

  /** Revokes it, and brings the list of revoked certificates into the channel's configuration. */
  async revoke(name: string): Promise<void> {
    const config = ['-config', join(this.#folder, 'ca.cnf')];
    this.#run('ca', ...config, '-revoke', join(this.#folder, `${name}.pem`));
    this.#run('ca', ...config, '-gencrl', '-out', join(this.#folder, 'crl.pem'));
    const list = readFileSync(join(this.#folder, 'crl.pem')).toString('base64');
    const { layout, state, tools } = this.#network.session;
    const organisations = layout.organisations.filter(({ name: other }) => other !== this.#organisation);
    const own = this.#network.organisation(this.#organisation);
    const update = new ChannelConfigUpdate({ ...layout, organisations: [own, ...organisations] }, state, tools);
    const present = await update.fetch();
    await update.submit(present, withRevocationList(present, own.mspId, list));
  }

  #run(...args: readonly string[]): void {
    execFileSync('openssl', args, { stdio: 'pipe' });
  }
}

function configuration(folder: string, certificate: string, key: string): string {
  return `[ca]
default_ca = own
[own]
database = ${folder}/index.txt
new_certs_dir = ${folder}/issued
serial = ${folder}/serial
crlnumber = ${folder}/crlnumber
certificate = ${certificate}
private_key = ${key}
default_md = sha256
default_days = 30
default_crl_days = 30
policy = any
crl_extensions = list
[any]
organizationalUnitName = optional
commonName = supplied
[leaf]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
authorityKeyIdentifier = keyid
[list]
authorityKeyIdentifier = keyid
`;
}

function withRevocationList(config: ChannelConfig, mspId: string, list: string): ChannelConfig {
  const changed = structuredClone(config);
  const path = ['channel_group', 'groups', 'Application', 'groups', mspId, 'values', 'MSP', 'value', 'config'];
  objectAt(changed, path)['revocation_list'] = [list];
  return changed;
}

function objectAt(root: unknown, path: readonly string[]): Record<string, unknown> {
  const found = path.reduce((part, name) => (isObject(part) ? part[name] : undefined), root);
  if (!isObject(found)) throw new Error(`the channel's configuration has nothing at ${path.join('/')}`);
  return found;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
