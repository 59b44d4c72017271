import type { SigningIdentity } from '../../../embedded-peer/src/identity/signing-identity';
import type { Version } from '../../../embedded-peer/src/ledger/version';
import type { TestNetwork } from '../network';
import { makeEnvelope, type Draft } from './envelope';
import { touch, type Touched } from './sets';

/** One transaction, and what is special about it. */
export interface Case {
  readonly name: string;
  readonly envelope: Buffer;
}

/** Where an earlier case was committed. */
export type PlaceOf = (name: string) => Version;
/** Transactions that must come into one block, in this order; made when the earlier batches are committed. */
export type Batch = (placeOf: PlaceOf) => Case[];

/** Makes transactions by hand, with the keys of a cryptogen network: what no honest client, peer or orderer would send. */
export class CaseMaker {
  protected readonly network: TestNetwork;
  protected readonly client: SigningIdentity;
  protected readonly regulator: SigningIdentity;
  protected readonly enterprise: SigningIdentity;
  protected readonly lab: SigningIdentity;
  protected readonly registry: SigningIdentity;

  constructor(network: TestNetwork) {
    this.network = network;
    this.client = network.user('Regulator');
    this.regulator = network.peer('Regulator');
    this.enterprise = network.peer('Enterprise');
    this.lab = network.peer('Lab');
    this.registry = network.peer('Registry');
  }

  protected make(name: string, touched: Touched | undefined, draft: Partial<Draft> = {}): Case {
    const { channel, chaincode } = this.network;
    const sets = touched ? [touch(chaincode, touched)] : [];
    const both = [this.regulator, this.enterprise];
    const envelope = makeEnvelope(channel, chaincode, { creator: this.client, endorsers: both, sets, ...draft });
    return { name, envelope };
  }
}
