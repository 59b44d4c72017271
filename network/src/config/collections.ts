import type { Topology } from '../topology';
import { endorsementPolicy, membershipPolicy } from './policies';

/** One entry of the collections file that `peer lifecycle chaincode approveformyorg` reads. */
export interface CollectionConfig {
  readonly name: string;
  readonly policy: string;
  readonly requiredPeerCount: number;
  readonly maxPeerCount: number;
  readonly blockToLive: number;
  readonly memberOnlyRead: boolean;
  readonly memberOnlyWrite: boolean;
  readonly endorsementPolicy: { readonly signaturePolicy: string };
}

export function collectionsConfig(topology: Topology): CollectionConfig[] {
  return topology.chaincode.collections.map((collection) => ({
    name: collection.name,
    policy: membershipPolicy(collection.members),
    requiredPeerCount: collection.requiredPeerCount,
    maxPeerCount: collection.maxPeerCount,
    blockToLive: collection.blockToLive,
    memberOnlyRead: collection.memberOnlyRead,
    memberOnlyWrite: collection.memberOnlyWrite,
    endorsementPolicy: { signaturePolicy: endorsementPolicy(collection.endorsement, collection.members) },
  }));
}
