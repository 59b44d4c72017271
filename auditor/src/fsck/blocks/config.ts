import { common, msp, orderer } from '@hyperledger/fabric-protos';
import { X509Certificate } from 'node:crypto';
import { decodeHeader } from './envelope';
import { Membership, type Organisation } from './membership';
import type { PolicyGroup } from './policy';
import { numberField, readMessage } from './wire';

/** The channel's configuration from one configuration block on. */
export interface ChannelConfig {
  readonly channel: string;
  /** `solo`, `etcdraft` or `BFT`. */
  readonly consensus: string;
  readonly membership: Membership;
  readonly policies: PolicyGroup;
  /** Serialized identities of BFT consenters by their number. */
  readonly consenters: ReadonlyMap<number, Uint8Array>;
  /** Name of the application group of an organisation, by MSP id: policies are found by it. */
  readonly groups: ReadonlyMap<string, string>;
  /** MSP ids whose configuration carries revocation lists. */
  readonly withRevocations: readonly string[];
}

function certificates(list: readonly Uint8Array[]): X509Certificate[] {
  return list.map((bytes) => new X509Certificate(bytes));
}

function valueOf(group: common.ConfigGroup | undefined, name: string): Uint8Array | undefined {
  return group?.getValuesMap().get(name)?.getValue_asU8();
}

function fabricMsp(group: common.ConfigGroup): msp.FabricMSPConfig | undefined {
  const value = valueOf(group, 'MSP');
  if (value === undefined) return undefined;
  return msp.FabricMSPConfig.deserializeBinary(msp.MSPConfig.deserializeBinary(value).getConfig_asU8());
}

function organisationOf(config: msp.FabricMSPConfig): Organisation {
  return {
    mspId: config.getName(),
    roots: certificates(config.getRootCertsList_asU8()),
    intermediates: certificates(config.getIntermediateCertsList_asU8()),
    admins: certificates(config.getAdminsList_asU8()),
  };
}

function mspsOf(channel: common.ConfigGroup): msp.FabricMSPConfig[] {
  const found: msp.FabricMSPConfig[] = [];
  for (const name of ['Application', 'Orderer']) {
    channel
      .getGroupsMap()
      .get(name)
      ?.getGroupsMap()
      .forEach((group: common.ConfigGroup) => {
        const config = fabricMsp(group);
        if (config !== undefined) found.push(config);
      });
  }
  return found;
}

function groupNames(channel: common.ConfigGroup): Map<string, string> {
  const names = new Map<string, string>();
  channel
    .getGroupsMap()
    .get('Application')
    ?.getGroupsMap()
    .forEach((group: common.ConfigGroup, name: string) => {
      names.set(fabricMsp(group)?.getName() ?? '', name);
    });
  return names;
}

function policyGroup(group: common.ConfigGroup): PolicyGroup {
  const policies = new Map<string, common.Policy>();
  group.getPoliciesMap().forEach((entry: common.ConfigPolicy, name: string) => {
    const policy = entry.getPolicy();
    if (policy !== undefined) policies.set(name, policy);
  });
  const groups = new Map<string, PolicyGroup>();
  group.getGroupsMap().forEach((sub: common.ConfigGroup, name: string) => {
    groups.set(name, policyGroup(sub));
  });
  return { policies, groups };
}

function consentersOf(group: common.ConfigGroup | undefined): Map<number, Uint8Array> {
  const value = valueOf(group, 'Orderers');
  const list = value === undefined ? [] : common.Orderers.deserializeBinary(value).getConsenterMappingList();
  return new Map(
    list.map((consenter) => {
      const identity = new msp.SerializedIdentity();
      identity.setMspid(consenter.getMspId());
      identity.setIdBytes(consenter.getIdentity_asU8());
      return [consenter.getId(), identity.serializeBinary()];
    }),
  );
}

/** Reads a configuration transaction as every peer that joins a channel does. @throws Error when it holds none */
export function readChannelConfig(envelope: Uint8Array): ChannelConfig {
  const header = decodeHeader(envelope);
  const group = common.ConfigEnvelope.deserializeBinary(header.data).getConfig()?.getChannelGroup();
  if (group === undefined) throw new Error('it holds no configuration');
  const msps = mspsOf(group);
  const ordering = group.getGroupsMap().get('Orderer');
  const consensus = valueOf(ordering, 'ConsensusType');
  return {
    channel: header.channel,
    consensus: consensus === undefined ? '' : orderer.ConsensusType.deserializeBinary(consensus).getType(),
    membership: new Membership(new Map(msps.map((config) => [config.getName(), organisationOf(config)]))),
    policies: policyGroup(group),
    consenters: consentersOf(ordering),
    groups: groupNames(group),
    withRevocations: msps.filter((config) => config.getRevocationListList().length > 0).map((one) => one.getName()),
  };
}

/** Identity of a signature's author: by the number that BFT consenters give, or as it says itself. */
export function signerOf(
  signature: { readonly signatureHeader: Uint8Array; readonly identifierHeader: Uint8Array },
  config: ChannelConfig,
): Uint8Array {
  if (signature.signatureHeader.length > 0)
    return common.SignatureHeader.deserializeBinary(signature.signatureHeader).getCreator_asU8();
  const id = numberField(readMessage(signature.identifierHeader, [1, 2]), 1);
  return config.consenters.get(id) ?? new Uint8Array(0);
}
