import { msp } from '@hyperledger/fabric-protos';
import { X509Certificate, type KeyObject } from 'node:crypto';
import { sha256 } from './bytes';
import { isSignatureOf } from './signature';

export type Role = 'client' | 'peer' | 'admin' | 'orderer';
const ROLES: readonly Role[] = ['client', 'peer', 'admin', 'orderer'];

/** Certificates of one organisation (`msp.FabricMSPConfig`). */
export interface Organisation {
  readonly mspId: string;
  readonly roots: readonly X509Certificate[];
  readonly intermediates: readonly X509Certificate[];
  /** Administrators that are listed one by one; others carry the unit `admin`. */
  readonly admins: readonly X509Certificate[];
}

/** A certificate that chains to a root of its organisation. */
export interface Identity {
  readonly mspId: string;
  /** By the unit in its subject (NodeOUs), or because it is listed; undefined for a plain member. */
  readonly role: Role | undefined;
  readonly fingerprint: string;
  readonly publicKey: KeyObject;
  readonly notBefore: number;
  readonly notAfter: number;
}

/** Why an identity or its signature does not count. */
export class BadIdentity extends Error {
  override readonly name = 'BadIdentity';
}

/** Organisation and certificate of `msp.SerializedIdentity` bytes. @throws BadIdentity */
export function parseIdentity(serialized: Uint8Array): { mspId: string; certificate: X509Certificate } {
  try {
    const parsed = msp.SerializedIdentity.deserializeBinary(serialized);
    return { mspId: parsed.getMspid(), certificate: new X509Certificate(parsed.getIdBytes_asU8()) };
  } catch (cause) {
    throw new BadIdentity('the identity holds no certificate', { cause });
  }
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

/** Intermediates are few and may be chained; each is used once at most, so the search ends. */
function chains(certificate: X509Certificate, { roots, intermediates }: Organisation): boolean {
  if (roots.some((root) => isIssuedBy(certificate, root))) return true;
  return intermediates.some((between, index) => {
    if (!isIssuedBy(certificate, between)) return false;
    return chains(between, { mspId: '', roots, admins: [], intermediates: intermediates.toSpliced(index, 1) });
  });
}

function roleOf(certificate: X509Certificate, { admins }: Organisation): Role | undefined {
  if (admins.some((admin) => admin.fingerprint256 === certificate.fingerprint256)) return 'admin';
  const units = certificate.subject.split('\n');
  const roles = ROLES.filter((role) => units.includes(`OU=${role}`));
  if (roles.length > 1) throw new BadIdentity('the certificate names several roles');
  return roles[0];
}

function examine(serialized: Uint8Array, organisations: ReadonlyMap<string, Organisation>): Identity {
  const { mspId, certificate } = parseIdentity(serialized);
  const organisation = organisations.get(mspId);
  if (organisation === undefined) throw new BadIdentity(`${mspId} is no organisation of the channel`);
  if (certificate.ca) throw new BadIdentity('a certificate of an authority cannot sign transactions');
  if (!chains(certificate, organisation)) throw new BadIdentity(`the certificate does not chain to a root of ${mspId}`);
  if (certificate.publicKey.asymmetricKeyType !== 'ec') throw new BadIdentity('the key is not an elliptic curve key');
  return {
    mspId,
    role: roleOf(certificate, organisation),
    fingerprint: certificate.fingerprint256,
    publicKey: certificate.publicKey,
    notBefore: Date.parse(certificate.validFrom),
    notAfter: Date.parse(certificate.validTo),
  };
}

const MOST_REMEMBERED = 4096;

/**
 * The organisations of a channel at one configuration. Certificates are held to the time at which they were used, as far
 * as the ledger knows it: years later an expired certificate is no fault.
 */
export class Membership {
  readonly #organisations: ReadonlyMap<string, Organisation>;
  readonly #known = new Map<string, Identity>();

  constructor(organisations: ReadonlyMap<string, Organisation>) {
    this.#organisations = organisations;
  }

  /** @param time POSIX milliseconds, or undefined where nothing tells it @throws BadIdentity */
  identify(serialized: Uint8Array, time: number | undefined): Identity {
    const identity = this.#find(serialized);
    if (time !== undefined && (time < identity.notBefore || time > identity.notAfter))
      throw new BadIdentity('the certificate was not valid at that time');
    return identity;
  }

  /** Identity and signature in one step. @throws BadIdentity */
  verify(serialized: Uint8Array, data: Uint8Array, signature: Uint8Array, time: number | undefined): Identity {
    const identity = this.identify(serialized, time);
    if (isSignatureOf(identity.publicKey, data, signature)) return identity;
    throw new BadIdentity(`the signature is not by the key of ${identity.mspId}'s certificate`);
  }

  #find(serialized: Uint8Array): Identity {
    const digest = sha256(serialized).toString('latin1');
    const known = this.#known.get(digest);
    if (known !== undefined) return known;
    const identity = examine(serialized, this.#organisations);
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
    this.#known.set(digest, identity);
    return identity;
  }
}
