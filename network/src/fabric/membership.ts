import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NetworkError } from '../errors';
import type { OrdererPlan, StatePaths } from '../layout';
import type { ChannelConfig, ConfigGroup } from './channel-config';

// Who orders, in a channel's configuration as configtxlator writes it: the consenters; for SmartBFT the policy by which
// blocks are valid, too; the addresses of each organisation that orders; and that organisation itself.

interface Consenter {
  readonly host: string;
  readonly port: number;
  readonly [name: string]: unknown;
}

interface Values {
  readonly Orderers?: { readonly value: { readonly consenter_mapping?: readonly Consenter[] } };
  readonly ConsensusType?: { readonly value: { readonly metadata: { readonly consenters?: readonly Consenter[] } } };
}

interface Endpoints {
  readonly Endpoints?: { readonly value: { readonly addresses: readonly string[] } };
}

function orderingGroup(config: ChannelConfig): ConfigGroup {
  const group = config.channel_group.groups?.Orderer;
  if (group !== undefined) return group;
  throw new NetworkError('The channel has no ordering group.', 'Is it an audit channel?');
}

function withOrdering(config: ChannelConfig, group: ConfigGroup): ChannelConfig {
  const groups = { ...config.channel_group.groups, Orderer: group };
  return { ...config, channel_group: { ...config.channel_group, groups } };
}

const valuesOf = (group: ConfigGroup): Values => group['values'] as Values;

/** All that order, by whichever consensus. */
export function consentersOf(config: ChannelConfig): readonly Consenter[] {
  const { Orderers, ConsensusType } = valuesOf(orderingGroup(config));
  return Orderers?.value.consenter_mapping ?? ConsensusType?.value.metadata.consenters ?? [];
}

const isOf =
  ({ host, port }: OrdererPlan) =>
  (consenter: Consenter): boolean =>
    consenter.host === host && consenter.port === port;

export function isAmong(config: ChannelConfig, orderer: OrdererPlan): boolean {
  return consentersOf(config).some(isOf(orderer));
}

/** How many of `count` must sign a block for it to be valid: ⌈(n + f + 1) / 2⌉ with f = ⌊(n − 1) / 3⌋. */
export function blockQuorum(count: number): number {
  return Math.ceil((count + Math.floor((count - 1) / 3) + 1) / 2);
}

/** As Fabric makes it when a channel begins (common/policies, EncodeBFTBlockVerificationPolicy). */
function blockPolicy(consenters: readonly Consenter[]): object {
  return {
    type: 1,
    value: {
      version: 0,
      identities: consenters.map(({ msp_id: mspid, identity }) => ({
        principal_classification: 'IDENTITY',
        principal: { mspid, id_bytes: identity },
      })),
      rule: {
        n_out_of: { n: blockQuorum(consenters.length), rules: consenters.map((_, signed_by) => ({ signed_by })) },
      },
    },
  };
}

function withConsenters(group: ConfigGroup, consenters: readonly Consenter[]): ConfigGroup {
  const changed = structuredClone(group);
  const values = changed['values'] as Record<string, { value: Record<string, unknown> }>;
  const { Orderers, ConsensusType } = values;
  if (Orderers === undefined) {
    if (ConsensusType !== undefined)
      ConsensusType.value['metadata'] = { ...(ConsensusType.value['metadata'] as object), consenters };
    return changed;
  }
  Orderers.value['consenter_mapping'] = consenters;
  const policies = changed['policies'] as Record<string, { policy: object }>;
  const policy = policies['BlockValidation'];
  if (policy !== undefined) policy.policy = blockPolicy(consenters);
  return changed;
}

function consenterOf(group: ConfigGroup, state: StatePaths, orderer: OrdererPlan): Consenter {
  const read = (...names: string[]): string =>
    readFileSync(join(state.crypto, orderer.cryptoDir, ...names)).toString('base64');
  const tls = read('tls', 'server.crt');
  const { host, port } = orderer;
  const own = { host, port, client_tls_cert: tls, server_tls_cert: tls };
  if (valuesOf(group).Orderers === undefined) return own;
  const identity = read('msp', 'signcerts', `${orderer.id}-cert.pem`);
  return { ...own, id: orderer.consenterId, msp_id: orderer.mspId, identity };
}

function withAddresses(
  group: ConfigGroup,
  mspId: string,
  change: (addresses: readonly string[]) => readonly string[],
): ConfigGroup {
  const changed = structuredClone(group);
  const owner = changed.groups?.[mspId];
  if (owner === undefined) return changed;
  const values = owner['values'] as Endpoints;
  // `configtxgen -printOrg` leaves addresses out.
  const { Endpoints = { mod_policy: 'Admins', value: { addresses: [] }, version: '0' } } = values;
  const addresses = change(Endpoints.value.addresses);
  Object.assign(values, { Endpoints: { ...Endpoints, value: { ...Endpoints.value, addresses } } });
  return changed;
}

const addressOf = ({ host, port }: OrdererPlan): string => `${host}:${port}`;

export function hasOrderingOrganisation(config: ChannelConfig, mspId: string): boolean {
  return Object.hasOwn(orderingGroup(config).groups ?? {}, mspId);
}

/**
 * The configuration with one more that orders, by its present certificates.
 * @param owner its organisation as configtx.yaml states it, where that orders nothing yet
 */
export function withOrderer(
  config: ChannelConfig,
  state: StatePaths,
  orderer: OrdererPlan,
  owner: ConfigGroup | undefined,
): ChannelConfig {
  const group = orderingGroup(config);
  const own = owner === undefined ? group : { ...group, groups: { ...group.groups, [orderer.mspId]: owner } };
  const addressed = withAddresses(own, orderer.mspId, (addresses) => [
    ...addresses.filter((address) => address !== addressOf(orderer)),
    addressOf(orderer),
  ]);
  return withOrdering(config, withConsenters(addressed, [...consentersOf(config), consenterOf(group, state, orderer)]));
}

/** The configuration without one of those that order, and without its organisation where that orders nothing else. */
export function withoutOrderer(config: ChannelConfig, orderer: OrdererPlan, isLast: boolean): ChannelConfig {
  const isIt = isOf(orderer);
  const rest = consentersOf(config).filter((consenter) => !isIt(consenter));
  const group = withAddresses(withConsenters(orderingGroup(config), rest), orderer.mspId, (addresses) =>
    addresses.filter((address) => address !== addressOf(orderer)),
  );
  const groups = Object.entries(group.groups ?? {}).filter(([mspId]) => !isLast || mspId !== orderer.mspId);
  return withOrdering(config, { ...group, groups: Object.fromEntries(groups) });
}
