import { common, msp, orderer } from '@hyperledger/fabric-protos';
import { randomBytes } from 'node:crypto';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';
import { createPolicy } from '../identity/signature-policy';
import { encode, sha256, type Serializable } from '../proto/bytes';

const NONCE_BYTES = 24;
const FABRIC_MSP = 0;
const { MSPRoleType } = msp.MSPRole;
const { PolicyType } = common.Policy;
const { Rule } = common.ImplicitMetaPolicy;

type RoleType = msp.MSPRole.MSPRoleTypeMap[keyof msp.MSPRole.MSPRoleTypeMap];
type RuleType = common.ImplicitMetaPolicy.RuleMap[keyof common.ImplicitMetaPolicy.RuleMap];

/** What the first block says once and for all: the organisations, their roots, and the rules of the channel. */
export interface ChannelFounding {
  readonly channel: string;
  /** MSP id → root certificate, PEM. */
  readonly organisations: ReadonlyMap<string, string>;
  readonly ordererMsp: string;
  readonly ordererRoot: string;
  readonly tlsRoot: string;
  readonly ordererEndpoint: string;
  readonly maxMessages: number;
  readonly maxBytes: number;
  readonly lingerMs: number;
  readonly now: Date;
}

function setValue(group: common.ConfigGroup, name: string, message: Serializable): void {
  const value = new common.ConfigValue();
  value.setValue(message.serializeBinary());
  value.setModPolicy('Admins');
  group.getValuesMap().set(name, value);
}

function setPolicy(group: common.ConfigGroup, name: string, type: number, message: Serializable): void {
  const policy = new common.Policy();
  policy.setType(type);
  policy.setValue(message.serializeBinary());
  const entry = new common.ConfigPolicy();
  entry.setPolicy(policy);
  entry.setModPolicy('Admins');
  group.getPoliciesMap().set(name, entry);
}

function setMetaPolicy(group: common.ConfigGroup, name: string, rule: RuleType, subPolicy = name): void {
  const policy = new common.ImplicitMetaPolicy();
  policy.setRule(rule);
  policy.setSubPolicy(subPolicy);
  setPolicy(group, name, PolicyType.IMPLICIT_META, policy);
}

function setRolePolicy(group: common.ConfigGroup, name: string, mspId: string, role: RoleType): void {
  setPolicy(group, name, PolicyType.SIGNATURE, createPolicy(1, [mspId], role));
}

function newGroup(): common.ConfigGroup {
  const group = new common.ConfigGroup();
  group.setModPolicy('Admins');
  return group;
}

function organisationalUnit(root: Buffer, unit: string): msp.FabricOUIdentifier {
  const identifier = new msp.FabricOUIdentifier();
  identifier.setCertificate(root);
  identifier.setOrganizationalUnitIdentifier(unit);
  return identifier;
}

function nodeUnits(root: Buffer): msp.FabricNodeOUs {
  const units = new msp.FabricNodeOUs();
  units.setEnable(true);
  units.setClientOuIdentifier(organisationalUnit(root, 'client'));
  units.setPeerOuIdentifier(organisationalUnit(root, 'peer'));
  units.setAdminOuIdentifier(organisationalUnit(root, 'admin'));
  units.setOrdererOuIdentifier(organisationalUnit(root, 'orderer'));
  return units;
}

function mspConfig(mspId: string, rootPem: string, tlsRootPem: string): msp.MSPConfig {
  const root = Buffer.from(rootPem);
  const crypto = new msp.FabricCryptoConfig();
  crypto.setSignatureHashFamily('SHA2');
  crypto.setIdentityIdentifierHashFunction('SHA256');
  const fabric = new msp.FabricMSPConfig();
  fabric.setName(mspId);
  fabric.setRootCertsList([root]);
  fabric.setTlsRootCertsList([Buffer.from(tlsRootPem)]);
  fabric.setCryptoConfig(crypto);
  fabric.setFabricNodeOus(nodeUnits(root));
  const config = new msp.MSPConfig();
  config.setType(FABRIC_MSP);
  config.setConfig(fabric.serializeBinary());
  return config;
}

function organisationGroup(mspId: string, root: string, tlsRoot: string, endorser: RoleType): common.ConfigGroup {
  const group = newGroup();
  setValue(group, 'MSP', mspConfig(mspId, root, tlsRoot));
  setRolePolicy(group, 'Readers', mspId, MSPRoleType.MEMBER);
  setRolePolicy(group, 'Writers', mspId, MSPRoleType.MEMBER);
  setRolePolicy(group, 'Admins', mspId, MSPRoleType.ADMIN);
  setRolePolicy(group, 'Endorsement', mspId, endorser);
  return group;
}

function setStandardPolicies(group: common.ConfigGroup): void {
  setMetaPolicy(group, 'Readers', Rule.ANY);
  setMetaPolicy(group, 'Writers', Rule.ANY);
  setMetaPolicy(group, 'Admins', Rule.MAJORITY);
}

function capabilities(name: string): common.Capabilities {
  const message = new common.Capabilities();
  message.getCapabilitiesMap().set(name, new common.Capability());
  return message;
}

function applicationGroup({ organisations, tlsRoot }: ChannelFounding): common.ConfigGroup {
  const group = newGroup();
  for (const [mspId, root] of organisations) {
    group.getGroupsMap().set(mspId, organisationGroup(mspId, root, tlsRoot, MSPRoleType.PEER));
  }
  setStandardPolicies(group);
  setMetaPolicy(group, 'Endorsement', Rule.ANY);
  setMetaPolicy(group, 'LifecycleEndorsement', Rule.MAJORITY, 'Endorsement');
  setValue(group, 'Capabilities', capabilities('V2_5'));
  return group;
}

function batchSize({ maxMessages, maxBytes }: ChannelFounding): orderer.BatchSize {
  const size = new orderer.BatchSize();
  size.setMaxMessageCount(maxMessages);
  size.setAbsoluteMaxBytes(maxBytes);
  size.setPreferredMaxBytes(maxBytes);
  return size;
}

function ordererGroup(founding: ChannelFounding): common.ConfigGroup {
  const group = newGroup();
  const organisation = organisationGroup(
    founding.ordererMsp,
    founding.ordererRoot,
    founding.tlsRoot,
    MSPRoleType.ORDERER,
  );
  const endpoints = new common.OrdererAddresses();
  endpoints.setAddressesList([founding.ordererEndpoint]);
  setValue(organisation, 'Endpoints', endpoints);
  group.getGroupsMap().set(founding.ordererMsp, organisation);
  const consensus = new orderer.ConsensusType();
  consensus.setType('solo');
  const timeout = new orderer.BatchTimeout();
  timeout.setTimeout(`${Math.max(founding.lingerMs, 1)}ms`);
  setValue(group, 'ConsensusType', consensus);
  setValue(group, 'BatchSize', batchSize(founding));
  setValue(group, 'BatchTimeout', timeout);
  setValue(group, 'ChannelRestrictions', new orderer.ChannelRestrictions());
  setValue(group, 'Capabilities', capabilities('V2_0'));
  setStandardPolicies(group);
  setMetaPolicy(group, 'BlockValidation', Rule.ANY, 'Writers');
  return group;
}

function channelGroup(founding: ChannelFounding): common.ConfigGroup {
  const group = newGroup();
  group.getGroupsMap().set('Application', applicationGroup(founding));
  group.getGroupsMap().set('Orderer', ordererGroup(founding));
  const hashing = new common.HashingAlgorithm();
  hashing.setName('SHA256');
  const structure = new common.BlockDataHashingStructure();
  structure.setWidth(0xffffffff);
  setValue(group, 'HashingAlgorithm', hashing);
  setValue(group, 'BlockDataHashingStructure', structure);
  setValue(group, 'Capabilities', capabilities('V2_0'));
  setStandardPolicies(group);
  return group;
}

function configHeader(channel: string, now: Date): common.Header {
  const nonce = randomBytes(NONCE_BYTES);
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setNonce(nonce);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.CONFIG);
  channelHeader.setVersion(1);
  channelHeader.setChannelId(channel);
  channelHeader.setTimestamp(Timestamp.fromDate(now));
  channelHeader.setTxId(sha256(nonce).toString('hex'));
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  return header;
}

/** The one transaction of block 0: a configuration laid out as configtxgen lays it out, so Fabric's own tools decode it. */
export function createGenesisEnvelope(founding: ChannelFounding): Buffer {
  const config = new common.Config();
  config.setChannelGroup(channelGroup(founding));
  const configEnvelope = new common.ConfigEnvelope();
  configEnvelope.setConfig(config);
  const payload = new common.Payload();
  payload.setHeader(configHeader(founding.channel, founding.now));
  payload.setData(configEnvelope.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  return encode(envelope);
}

/** What a verifier who has nothing but block 0 learns from it. */
export interface ChannelConfig {
  readonly channel: string;
  readonly txId: string;
  /** MSP id → root certificates, PEM: organisations and orderers. */
  readonly organisations: ReadonlyMap<string, readonly string[]>;
  readonly orderers: ReadonlyMap<string, readonly string[]>;
}

function rootsOf(group: common.ConfigGroup | undefined): Map<string, readonly string[]> {
  const roots = new Map<string, readonly string[]>();
  group?.getGroupsMap().forEach((organisation: common.ConfigGroup) => {
    const value = organisation.getValuesMap().get('MSP');
    if (!value) return;
    const config = msp.MSPConfig.deserializeBinary(value.getValue_asU8());
    const fabric = msp.FabricMSPConfig.deserializeBinary(config.getConfig_asU8());
    roots.set(
      fabric.getName(),
      fabric.getRootCertsList_asU8().map((root) => Buffer.from(root).toString('utf8')),
    );
  });
  return roots;
}

/** Reads the organisations from a configuration transaction, as every peer that joins a channel does. */
export function readChannelConfig(envelopeBytes: Uint8Array): ChannelConfig {
  const envelope = common.Envelope.deserializeBinary(envelopeBytes);
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const header = common.ChannelHeader.deserializeBinary(
    payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(),
  );
  const config = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig();
  const groups = config?.getChannelGroup()?.getGroupsMap();
  return {
    channel: header.getChannelId(),
    txId: header.getTxId(),
    organisations: rootsOf(groups?.get('Application')),
    orderers: rootsOf(groups?.get('Orderer')),
  };
}
