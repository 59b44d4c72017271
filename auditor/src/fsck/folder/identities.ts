import { createPrivateKey, createPublicKey, sign, verify, X509Certificate, type KeyObject } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { msp } from '@hyperledger/fabric-protos';
import { readText } from '../../stored';
import type { ChannelConfig } from '../blocks/config';
import { BadIdentity } from '../blocks/membership';
import type { Finding } from '../finding';

/** Where the embedded peer keeps who it is. */
const IDENTITIES = join('peer', 'identities');
const ORGANISATION_UNITS = ['peer', 'client', 'admin'];
const PROOF = Buffer.from('fsck');
/** One word for whatever a flipped bit makes of a file: which it is depends on the bit. */
const DAMAGED = 'it is damaged, or does not belong to what lies beside it';

interface Authority {
  readonly certificate: X509Certificate | undefined;
  /** Organisation whose roots the channel names; none for TLS. */
  readonly mspId: string | undefined;
}

/** The MSP id of the orderer is that of the organisation in its certificate. */
function organisationOf(certificate: X509Certificate | undefined): string | undefined {
  return certificate?.subject
    .split('\n')
    .find((line) => line.startsWith('O='))
    ?.slice(2);
}

/**
 * Every key and certificate of an embedded ledger's folder, held to its issuer, to each other and to the configuration of the
 * channel. A file that is as it was made leads to no finding; any changed bit of one does.
 */
export class IdentityCheck {
  readonly #dataDir: string;
  readonly #config: Pick<ChannelConfig, 'membership'>;
  readonly #findings: Finding[] = [];

  constructor(dataDir: string, config: Pick<ChannelConfig, 'membership'>) {
    this.#dataDir = dataDir;
    this.#config = config;
  }

  async run(): Promise<readonly Finding[]> {
    const organisations = join(IDENTITIES, 'organisations');
    for (const mspId of await this.#namesIn(organisations))
      await this.#checkUnder(join(organisations, mspId), ORGANISATION_UNITS, true, mspId);
    await this.#checkUnder(join(IDENTITIES, 'orderer'), ['orderer'], true);
    await this.#checkUnder(join(IDENTITIES, 'tls'), ['server', 'client'], false);
    return this.#findings;
  }

  async #namesIn(folder: string): Promise<string[]> {
    const names = await readdir(join(this.#dataDir, folder)).catch(() => undefined);
    if (names === undefined) this.#add(folder, 'the folder cannot be read');
    return names ?? [];
  }

  async #checkUnder(folder: string, units: readonly string[], isOfChannel: boolean, mspId?: string): Promise<void> {
    const certificate = await this.#checkPair(join(folder, 'ca'), (own) => own);
    const authority = { certificate, mspId: isOfChannel ? (mspId ?? organisationOf(certificate)) : undefined };
    for (const unit of units) await this.#checkLeaf(join(folder, unit), unit, authority);
  }

  async #checkLeaf(name: string, unit: string, { certificate: authority, mspId }: Authority): Promise<void> {
    const certificate = await this.#checkPair(name, () => authority);
    if (certificate === undefined || mspId === undefined) return;
    const role = this.#roleInChannel(mspId, certificate);
    if (role !== unit) this.#add(`${name}.pem`, `the channel does not know it as ${unit} of ${mspId}: ${role}`);
  }

  #roleInChannel(mspId: string, certificate: X509Certificate): string {
    const identity = new msp.SerializedIdentity();
    identity.setMspid(mspId);
    identity.setIdBytes(Buffer.from(certificate.toString()));
    try {
      return this.#config.membership.identify(identity.serializeBinary(), undefined).role ?? 'a member';
    } catch (error) {
      return error instanceof BadIdentity ? error.message : 'the certificate is broken';
    }
  }

  /** The certificate, where it is genuine. Only such a one can tell whether the key beside it is its own. */
  async #checkPair(
    name: string,
    issuerOf: (certificate: X509Certificate) => X509Certificate | undefined,
  ): Promise<X509Certificate | undefined> {
    const found = await this.#parse(
      `${name}.pem`,
      (text) => new X509Certificate(text),
      (read) => read.toString(),
    );
    const key = await this.#parse(`${name}.key`, createPrivateKey, (read) =>
      read.export({ type: 'pkcs8', format: 'pem' }),
    );
    const issuer = found && issuerOf(found);
    if (found === undefined || issuer === undefined) return found;
    if (!isSignedBy(found, issuer)) {
      this.#add(`${name}.pem`, DAMAGED);
      return undefined;
    }
    if (key !== undefined && !signsFor(key, found)) this.#add(`${name}.key`, DAMAGED);
    return found;
  }

  async #parse<T>(
    file: string,
    parse: (text: string) => T,
    write: (read: T) => string | Buffer,
  ): Promise<T | undefined> {
    const text = await readText(join(this.#dataDir, file)).catch(() => undefined);
    // Private keys may be kept elsewhere (backup --no-keys); certificates are part of the folder.
    if (text === undefined && !file.endsWith('.key')) this.#add(file, 'it is missing, or cannot be read');
    if (text === undefined) return undefined;
    const read = attempt(() => parse(text));
    if (read === undefined) this.#add(file, DAMAGED);
    else if (write(read) !== text) this.#add(file, DAMAGED);
    return read;
  }

  #add(field: string, message: string): void {
    this.#findings.push({ code: 'IDENTITY_DAMAGED', field, message });
  }
}

function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return attempt(() => issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)) === true;
}

function signsFor(key: KeyObject, certificate: X509Certificate): boolean {
  const signs = attempt(() => {
    const { publicKey } = certificate;
    return createPublicKey(key).equals(publicKey) && verify('sha256', PROOF, publicKey, sign('sha256', PROOF, key));
  });
  return signs === true;
}

/** Whatever OpenSSL says of what cannot be read: it cannot. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
