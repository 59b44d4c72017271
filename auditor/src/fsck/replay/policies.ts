import { peer } from '@hyperledger/fabric-protos';
import type { NamespaceSet } from '../blocks/rwset';
import type { PolicyRef } from '../blocks/policy';
import type { ReplayedState } from './state';

const LIFECYCLE = '_lifecycle';
const IMPLICIT_COLLECTION = /^_implicit_org_(.+)$/;
const DEFAULT_ENDORSEMENT: PolicyRef = { kind: 'path', path: '/Channel/Application/Endorsement' };
const LIFECYCLE_ENDORSEMENT: PolicyRef = { kind: 'path', path: '/Channel/Application/LifecycleEndorsement' };

/** Fabric's lifecycle keeps a chaincode's definition in fields of its own namespace (`core/chaincode/lifecycle`). */
function definitionField(state: ReplayedState, chaincode: string, field: string): Uint8Array | undefined {
  const value = state.public(LIFECYCLE, `namespaces/fields/${chaincode}/${field}`)?.value;
  return value && peer.lifecycle.StateData.deserializeBinary(value).getBytes_asU8();
}

function policyOf(policy: peer.ApplicationPolicy | undefined): PolicyRef | undefined {
  const signature = policy?.getSignaturePolicy();
  if (signature !== undefined) return { kind: 'signature', bytes: signature.serializeBinary() };
  const path = policy?.getChannelConfigPolicyReference() ?? '';
  return path === '' ? undefined : { kind: 'path', path };
}

/** Whether a chaincode of that name was ever committed, or is Fabric's own. */
export function isDefined(state: ReplayedState, chaincode: string): boolean {
  return chaincode === LIFECYCLE || definitionField(state, chaincode, 'Sequence') !== undefined;
}

export function writesAnything({ writes, metadataWrites, collections }: NamespaceSet): boolean {
  const isPrivate = collections.some((one) => one.writes.length + one.metadataWrites.length > 0);
  return isPrivate || writes.length + metadataWrites.length > 0;
}

function chaincodePolicy(state: ReplayedState, chaincode: string): PolicyRef {
  if (chaincode === LIFECYCLE) return LIFECYCLE_ENDORSEMENT;
  const info = definitionField(state, chaincode, 'ValidationInfo');
  if (info === undefined) return DEFAULT_ENDORSEMENT;
  const parameter = peer.lifecycle.ChaincodeValidationInfo.deserializeBinary(info).getValidationParameter_asU8();
  return policyOf(peer.ApplicationPolicy.deserializeBinary(parameter)) ?? DEFAULT_ENDORSEMENT;
}

function collectionPolicy(
  state: ReplayedState,
  namespace: string,
  collection: string,
  groups: ReadonlyMap<string, string>,
): PolicyRef | undefined {
  const organisation = IMPLICIT_COLLECTION.exec(collection)?.[1];
  if (organisation !== undefined)
    return { kind: 'path', path: `/Channel/Application/${groups.get(organisation) ?? ''}/Endorsement` };
  const bytes = definitionField(state, namespace, 'Collections');
  if (bytes === undefined) return undefined;
  const configs = peer.CollectionConfigPackage.deserializeBinary(bytes).getConfigList();
  const own = configs.map((config) => config.getStaticCollectionConfig()).find((one) => one?.getName() === collection);
  const policy = own?.getEndorsementPolicy();
  return policy && policyOf(peer.ApplicationPolicy.deserializeBinary(policy.serializeBinary()));
}

/** Policies that the keys written in one namespace call for: a key's own, its collection's, or the chaincode's. */
function* policiesOfSet(
  set: NamespaceSet,
  state: ReplayedState,
  groups: ReadonlyMap<string, string>,
): Generator<PolicyRef> {
  const { namespace } = set;
  const own = chaincodePolicy(state, namespace);
  for (const { key } of [...set.writes, ...set.metadataWrites]) {
    const bytes = state.keyPolicy(namespace, key);
    yield bytes === undefined ? own : { kind: 'signature', bytes };
  }
  for (const { collection, writes, metadataWrites } of set.collections) {
    if (writes.length + metadataWrites.length === 0) continue;
    const general = collectionPolicy(state, namespace, collection, groups) ?? own;
    for (const { keyHash } of [...writes, ...metadataWrites]) {
      const bytes = state.hashedKeyPolicy(namespace, collection, keyHash);
      yield bytes === undefined ? general : { kind: 'signature', bytes };
    }
  }
}

function nameOf(policy: PolicyRef): string {
  return policy.kind === 'path' ? policy.path : Buffer.from(policy.bytes).toString('latin1');
}

/**
 * What the endorsements of a transaction must fulfil (`validation/statebased`, `v20`). A transaction that writes nothing
 * is held to its chaincode's own policy.
 */
export function policiesOf(
  chaincode: string,
  sets: readonly NamespaceSet[],
  state: ReplayedState,
  groups: ReadonlyMap<string, string>,
): PolicyRef[] {
  const distinct = new Map<string, PolicyRef>();
  for (const set of sets) for (const policy of policiesOfSet(set, state, groups)) distinct.set(nameOf(policy), policy);
  return distinct.size === 0 ? [chaincodePolicy(state, chaincode)] : [...distinct.values()];
}
