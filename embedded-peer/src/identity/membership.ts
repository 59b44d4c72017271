import { msp } from '@hyperledger/fabric-protos';
import { X509Certificate, type KeyObject } from 'node:crypto';
import { sha256 } from '../proto/bytes';
import { isSignatureOf } from './signature';

/** NodeOU roles of Fabric's MSP. */
export type Role = 'client' | 'peer' | 'admin' | 'orderer';
const ROLES: readonly Role[] = ['client', 'peer', 'admin', 'orderer'];
const CACHED_IDENTITIES = 1024;

/** A certificate that was found to be issued by an organisation of the channel. Validity in time is asked at each use. */
export interface Identity {
  readonly mspId: string;
  readonly role: Role;
  readonly serialized: Buffer;
  readonly publicKey: KeyObject;
  readonly notBefore: number;
  readonly notAfter: number;
}

/** Why an identity or its signature is not accepted; the message is for logs and gRPC details. */
export class IdentityError extends Error {
  override readonly name = 'IdentityError';
}

function parseSerialized(bytes: Uint8Array): { mspId: string; certificate: X509Certificate } {
  try {
    const parsed = msp.SerializedIdentity.deserializeBinary(bytes);
    return { mspId: parsed.getMspid(), certificate: new X509Certificate(parsed.getIdBytes_asU8()) };
  } catch (cause) {
    throw new IdentityError('creator is malformed', { cause });
  }
}

function roleOf(certificate: X509Certificate): Role {
  const units = certificate.subject.split('\n').filter((line) => line.startsWith('OU='));
  const roles = ROLES.filter((role) => units.includes(`OU=${role}`));
  const [role] = roles;
  if (role === undefined || roles.length > 1) {
    throw new IdentityError('the identity must be a client, a peer, an orderer or an admin identity');
  }
  return role;
}

function assertP256(key: KeyObject): void {
  if (key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return;
  throw new IdentityError('the key of the identity is not on P-256');
}

/** The organisations of a channel by their root certificates; the roots come from the genesis block. */
export class Membership {
  readonly #roots: ReadonlyMap<string, readonly X509Certificate[]>;
  readonly #clock: () => Date;
  readonly #known = new Map<string, Identity>();

  constructor(roots: ReadonlyMap<string, readonly X509Certificate[]>, clock: () => Date) {
    this.#roots = roots;
    this.#clock = clock;
  }

  /**
   * The identity behind `msp.SerializedIdentity` bytes: issued by a root of its MSP, valid now, with one role.
   * @throws IdentityError
   */
  identify(serialized: Uint8Array): Identity {
    const identity = this.#lookUp(serialized);
    const now = this.#clock().getTime();
    if (now < identity.notBefore) throw new IdentityError('the certificate is not valid yet');
    if (now > identity.notAfter) throw new IdentityError('the certificate has expired');
    return identity;
  }

  /**
   * Identity and signature in one step.
   * @throws IdentityError
   */
  verify(serialized: Uint8Array, data: Uint8Array, signature: Uint8Array): Identity {
    const identity = this.identify(serialized);
    if (!isSignatureOf(identity.publicKey, data, signature)) {
      throw new IdentityError('The signature is invalid');
    }
    return identity;
  }

  #lookUp(serialized: Uint8Array): Identity {
    const digest = sha256(serialized).toString('latin1');
    const known = this.#known.get(digest);
    if (known) return known;
    const identity = this.#examine(serialized);
    if (this.#known.size >= CACHED_IDENTITIES) this.#known.clear();
    this.#known.set(digest, identity);
    return identity;
  }

  #examine(serialized: Uint8Array): Identity {
    const { mspId, certificate } = parseSerialized(serialized);
    const roots = this.#roots.get(mspId);
    if (!roots) throw new IdentityError(`MSP ${mspId} is unknown`);
    if (certificate.ca) throw new IdentityError('a CA certificate cannot be used as an identity');
    if (!roots.some((root) => certificate.checkIssued(root) && certificate.verify(root.publicKey))) {
      throw new IdentityError('the certificate was not issued by a root of its MSP');
    }
    const publicKey = certificate.publicKey;
    assertP256(publicKey);
    return {
      mspId,
      role: roleOf(certificate),
      serialized: Buffer.from(serialized),
      publicKey,
      notBefore: Date.parse(certificate.validFrom),
      notAfter: Date.parse(certificate.validTo),
    };
  }
}
