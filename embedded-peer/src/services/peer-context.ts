import type { common } from '@hyperledger/fabric-protos';
import type { Endorser } from '../endorser/endorser';
import type { Membership } from '../identity/membership';
import type { SigningIdentity } from '../identity/signing-identity';
import { BlockIndex } from '../ledger/blocks';
import type { Store } from '../ledger/store';
import type { Orderer } from '../orderer/orderer';
import type { CollectionConfig } from '../simulation/collections';
import type { CommitNotifier } from './commit-notifier';

/** What the services stand on. */
export interface PeerContext {
  readonly channel: string;
  readonly chaincode: string;
  readonly store: Store;
  readonly endorser: Endorser;
  readonly orderer: Orderer;
  readonly notifier: CommitNotifier;
  readonly membership: Membership;
  /** One endorsing peer per organisation, by MSP id. */
  readonly peers: ReadonlyMap<string, SigningIdentity>;
  readonly collections: ReadonlyMap<string, CollectionConfig>;
  readonly endorsement: { readonly required: number; readonly policy: common.SignaturePolicyEnvelope };
  /** `host:port`, known once the server listens. */
  readonly address: () => string;
  readonly ordererMsp: string;
}

export function blocksOf({ store }: PeerContext): BlockIndex {
  return new BlockIndex(store);
}
