import { common, msp, peer } from '@hyperledger/fabric-protos';
import { isFulfilled, satisfyingSets } from './policy-sets';

/** What Fabric's lifecycle is asked, and what it answers is read from. */
export const LIFECYCLE = '_lifecycle';
export const QUERY_DEFINITION = 'QueryChaincodeDefinition';

/** Who may endorse what a chaincode writes. */
export interface EndorsementRules {
  readonly policies: readonly common.SignaturePolicyEnvelope[];
  /** Members of every collection: who may be handed a proposal with private data. */
  readonly members: readonly string[];
}

export function definitionQuery(chaincode: string): Uint8Array {
  const args = new peer.lifecycle.QueryChaincodeDefinitionArgs();
  args.setName(chaincode);
  return args.serializeBinary();
}

/**
 * Reads the rules from the answer of Fabric's lifecycle.
 * Undefined where the chaincode follows a policy of the channel's configuration, which the definition only names.
 */
export function readDefinition(answer: Uint8Array): EndorsementRules | undefined {
  const definition = peer.lifecycle.QueryChaincodeDefinitionResult.deserializeBinary(answer);
  const own = peer.ApplicationPolicy.deserializeBinary(definition.getValidationParameter_asU8()).getSignaturePolicy();
  if (own === undefined) return undefined;
  const collections = (definition.getCollections()?.getConfigList() ?? []).flatMap(
    (config) => config.getStaticCollectionConfig() ?? [],
  );
  const policies = [own, ...collections.flatMap((one) => one.getEndorsementPolicy()?.getSignaturePolicy() ?? [])];
  const named = organisationsIn(own);
  return { policies, members: named.filter((mspId) => collections.every((one) => isMember(one, mspId))) };
}

function isMember(collection: peer.StaticCollectionConfig, mspId: string): boolean {
  const policy = collection.getMemberOrgsPolicy()?.getSignaturePolicy();
  return policy !== undefined && organisationsIn(policy).includes(mspId);
}

function organisationsIn(policy: common.SignaturePolicyEnvelope): string[] {
  const names = policy
    .getIdentitiesList()
    .filter((one) => one.getPrincipalClassification() === msp.MSPPrincipal.Classification.ROLE)
    .map((one) => msp.MSPRole.deserializeBinary(one.getPrincipal_asU8()).getMspIdentifier());
  return [...new Set(names)];
}

/** Sets of organisations that may endorse without those that are away, the smallest first. */
export function setsWithout({ policies, members }: EndorsementRules, away: ReadonlySet<string>): string[][] {
  const present = members.filter((mspId) => !away.has(mspId));
  return satisfyingSets(policies, present);
}

/** Whether these organisations' endorsements are enough. */
export function areEnough({ policies }: EndorsementRules, endorsers: readonly string[]): boolean {
  return policies.every((policy) => isFulfilled(policy, endorsers));
}
