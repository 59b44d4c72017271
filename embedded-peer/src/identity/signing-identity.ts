import { msp } from '@hyperledger/fabric-protos';
import type { KeyObject } from 'node:crypto';
import { encode } from '../proto/bytes';
import { privateKeyOf, type KeyPair } from './certificates';
import { signLowS } from './signature';

/** One who can sign in the name of an organisation: a peer, the orderer, an administrator. */
export class SigningIdentity {
  readonly mspId: string;
  /** `msp.SerializedIdentity` bytes: what Fabric calls creator or endorser. */
  readonly serialized: Buffer;
  readonly #key: KeyObject;

  constructor(mspId: string, pair: KeyPair) {
    this.mspId = mspId;
    this.#key = privateKeyOf(pair);
    const identity = new msp.SerializedIdentity();
    identity.setMspid(mspId);
    identity.setIdBytes(Buffer.from(pair.certificate));
    this.serialized = encode(identity);
  }

  sign(data: Uint8Array): Buffer {
    return signLowS(this.#key, data);
  }
}
