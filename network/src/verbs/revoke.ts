import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NetworkError } from '../errors';
import { ChannelConfigUpdate, memberSigner, withRevocationLists } from '../fabric/channel-config';
import { findOrganisation, type OrganisationPlan, type StatePaths } from '../layout';
import { runCommand } from '../runtime/command';
import type { Session } from '../session';

export interface Revocation {
  /** PEM files. */
  readonly certificates: readonly string[];
  /** A list that the organisation's own authority made, where its key is not here. */
  readonly crl: string | undefined;
}

/**
 * Tells the channel which of an organisation's certificates count no more: peers and orderers then refuse what is signed with
 * them. Signed by the organisation's own administrator alone. Certificates for TLS are not asked about by Fabric.
 */
export async function revoke(session: Session, name: string | undefined, revocation: Revocation): Promise<void> {
  const organisation = findHere(session, name);
  const list = await listFor(session, organisation, revocation);
  const { state, tools, say, channel } = session;
  const update = new ChannelConfigUpdate({ ...channel, organisations: [organisation] }, state, tools);
  const present = await update.fetch();
  const changed = withRevocationLists(present, organisation.mspId, [list.toString('base64')]);
  await update.submit(present, changed, [memberSigner(state, organisation)]);
  say(
    `The channel takes nothing more that is signed with them; ${organisation.name}'s list of revoked certificates is in force.`,
  );
}

function findHere({ layout }: Session, name: string | undefined): OrganisationPlan {
  const found = name === undefined ? undefined : findOrganisation(layout, name);
  if (found !== undefined) return found;
  throw new NetworkError(
    'Whose certificates?',
    `Name one of ${layout.organisations.map((one) => one.name).join(', ')}, then files: npm run network:revoke -- Lab old-cert.pem`,
  );
}

async function listFor(
  { state, layout }: Session,
  organisation: OrganisationPlan,
  { certificates, crl }: Revocation,
): Promise<Buffer> {
  if (crl !== undefined && certificates.length === 0) return readList(crl);
  if (crl !== undefined || certificates.length === 0)
    throw new NetworkError('Which certificates?', 'Name their files, or one list of all of them (--crl FILE).');
  if (layout.topology.identities === 'ca')
    throw new NetworkError(
      "The authority's key is in its CA server, not here.",
      'Have it make the list: fabric-ca-client revoke … --gencrl; then: revoke NAME --crl FILE',
    );
  return new OwnAuthority(state, organisation).revoke(certificates);
}

function readList(file: string): Buffer {
  const text = readFileSync(file);
  if (text.includes('-----BEGIN X509 CRL-----')) return text;
  throw new NetworkError(`${file} is no list of revoked certificates in PEM.`, 'fabric-ca-client gencrl makes one.');
}

/** The authority of a network that cryptogen made, whose key lies here; it remembers what it revoked. By openssl. */
class OwnAuthority {
  readonly #folder: string;
  readonly #organisation: OrganisationPlan;
  readonly #certificate: string;

  constructor(state: StatePaths, organisation: OrganisationPlan) {
    this.#folder = join(state.root, 'revoked', organisation.name);
    this.#organisation = organisation;
    const ca = join(state.crypto, organisation.cryptoDir, 'ca');
    this.#certificate = join(ca, `ca.${organisation.domain}-cert.pem`);
    if (!existsSync(this.#certificate))
      throw new NetworkError(`The authority of ${organisation.name} is not here.`, 'Give its list: --crl FILE');
    this.#prepare(join(ca, readdirSync(ca).find((file) => file.endsWith('_sk')) ?? 'priv_sk'));
  }

  /** The list of all that it has revoked, these included. */
  async revoke(files: readonly string[]): Promise<Buffer> {
    const authority = new X509Certificate(readFileSync(this.#certificate));
    const faults = files.flatMap((file) => faultOf(file, authority, this.#organisation.name));
    if (faults.length > 0) throw new NetworkError(faults.join('\n'), 'Nothing was revoked.');
    for (const file of files) if (!this.#isRevoked(file)) await this.#run('-revoke', file);
    const list = join(this.#folder, 'crl.pem');
    await this.#run('-gencrl', '-out', list);
    return readFileSync(list);
  }

  #isRevoked(file: string): boolean {
    const { serialNumber } = new X509Certificate(readFileSync(file));
    return readFileSync(join(this.#folder, 'index.txt'), 'utf8').includes(`\t${serialNumber}\t`);
  }

  #prepare(key: string): void {
    if (existsSync(join(this.#folder, 'ca.cnf'))) return;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    writeFileSync(join(this.#folder, 'index.txt'), '');
    writeFileSync(join(this.#folder, 'crlnumber'), '01\n');
    writeFileSync(join(this.#folder, 'ca.cnf'), settings(this.#folder, this.#certificate, key));
  }

  async #run(...args: readonly string[]): Promise<void> {
    const { code, stderr } = await runCommand('openssl', ['ca', '-config', join(this.#folder, 'ca.cnf'), ...args]);
    if (code !== 0) throw new NetworkError(`openssl refused: ${stderr.trim()}`, 'Is openssl on the PATH?');
  }
}

function faultOf(file: string, authority: X509Certificate, name: string): string[] {
  try {
    const certificate = new X509Certificate(readFileSync(file));
    return certificate.checkIssued(authority) ? [] : [`${file} was not issued by the authority of ${name}.`];
  } catch {
    return [`${file} is no certificate.`];
  }
}

function settings(folder: string, certificate: string, key: string): string {
  return `[ca]
default_ca = own
[own]
database = ${folder}/index.txt
crlnumber = ${folder}/crlnumber
certificate = ${certificate}
private_key = ${key}
default_md = sha256
default_crl_days = 3650
crl_extensions = list
[list]
authorityKeyIdentifier = keyid
`;
}
