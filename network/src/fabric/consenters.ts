import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NetworkError } from '../errors';
import type { Layout, OrdererPlan, StatePaths } from '../layout';
import type { ChannelConfig, ConfigGroup, Signer } from './channel-config';
import { adminEnvironment } from './identity';

/** Certificates of an orderer in a folder, as configtxlator writes them: base64 of their PEM. */
function certificatesIn(folder: string, orderer: OrdererPlan): string[] {
  return [join('tls', 'server.crt'), join('msp', 'signcerts', `${orderer.id}-cert.pem`)].map((name) =>
    readFileSync(join(folder, name)).toString('base64'),
  );
}

/**
 * The configuration with an orderer's present certificates wherever its former ones stood: among the consenters, and for
 * SmartBFT in the policy by which blocks are valid, which names the same identities.
 * @param former the folder in which its former certificates lie
 */
export function withRenewedConsenter(
  config: ChannelConfig,
  state: StatePaths,
  orderer: OrdererPlan,
  former: string,
): ChannelConfig {
  const group = config.channel_group.groups?.Orderer;
  if (group === undefined) throw new NetworkError('The channel has no ordering group.', 'Is it an audit channel?');
  const renewed = certificatesIn(join(state.crypto, orderer.cryptoDir), orderer);
  const names = new Map(certificatesIn(former, orderer).map((old, index) => [old, renewed[index] ?? old]));
  const changed = replaced(group, names) as ConfigGroup;
  if (JSON.stringify(changed) === JSON.stringify(group))
    throw new NetworkError(
      `The channel does not name the certificates that ${orderer.id} had.`,
      'See who changed them: npm run network:status',
    );
  const groups = { ...config.channel_group.groups, Orderer: changed };
  return { ...config, channel_group: { ...config.channel_group, groups } };
}

function replaced(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map((one) => replaced(one, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, replaced(one, names)]));
}

/** Administrators of those who order: they alone may change the consenters. */
export function orderingSigners(layout: Layout, state: StatePaths): Signer[] {
  const [reader] = layout.organisations;
  if (reader === undefined) throw new RangeError('there is no organisation');
  return layout.ordering.map(({ name, mspId, adminDir }) => ({
    name,
    env: {
      ...adminEnvironment(state, reader),
      CORE_PEER_LOCALMSPID: mspId,
      CORE_PEER_MSPCONFIGPATH: join(state.crypto, adminDir, 'msp'),
    },
  }));
}

/** One of the orderers of a Raft channel, as configtxlator writes it. */
interface RaftConsenter {
  readonly host: string;
  readonly port: number;
  readonly client_tls_cert: string;
  readonly server_tls_cert: string;
}

interface RaftType {
  readonly value: { readonly metadata: { readonly consenters: readonly RaftConsenter[] } };
}

function raftConsenters(config: ChannelConfig): readonly RaftConsenter[] {
  const values = config.channel_group.groups?.Orderer?.['values'] as { readonly ConsensusType?: RaftType } | undefined;
  const consenters = values?.ConsensusType?.value.metadata.consenters;
  if (consenters === undefined) throw new NetworkError('The channel is not ordered by Raft.', 'npm run network:status');
  return consenters;
}

function withConsenters(config: ChannelConfig, consenters: readonly RaftConsenter[]): ChannelConfig {
  const changed = structuredClone(config);
  const values = changed.channel_group.groups?.Orderer?.['values'] as Record<string, { value: { metadata: object } }>;
  const type = values['ConsensusType'];
  if (type !== undefined) type.value.metadata = { ...type.value.metadata, consenters };
  return changed;
}

/** By its place: its certificates may have been renewed meanwhile. */
function isOf({ host, port }: OrdererPlan): (consenter: RaftConsenter) => boolean {
  return (consenter) => consenter.host === host && consenter.port === port;
}

/** Whether an orderer is among those of the Raft channel. */
export function isRaftConsenter(config: ChannelConfig, orderer: OrdererPlan): boolean {
  return raftConsenters(config).some(isOf(orderer));
}

/** The configuration of a Raft channel without one of its orderers. */
export function withoutRaftConsenter(config: ChannelConfig, orderer: OrdererPlan): ChannelConfig {
  const isIt = isOf(orderer);
  return withConsenters(
    config,
    raftConsenters(config).filter((one) => !isIt(one)),
  );
}

/** The configuration with an orderer as the last of those that order by Raft, by its present certificate. */
export function withRaftConsenter(config: ChannelConfig, state: StatePaths, orderer: OrdererPlan): ChannelConfig {
  const [tls = ''] = certificatesIn(join(state.crypto, orderer.cryptoDir), orderer);
  const { host, port } = orderer;
  return withConsenters(config, [
    ...raftConsenters(config),
    { host, port, client_tls_cert: tls, server_tls_cert: tls },
  ]);
}
