import { common, msp, orderer } from '@hyperledger/fabric-protos';

/** An orderer as the channel's configuration names it. */
export interface OrdererEndpoint {
  /** `host:port` */
  readonly endpoint: string;
  /** PEM. */
  readonly tlsRootCertificates: readonly Uint8Array[];
}

/** Who orders the transactions of a channel. */
export interface OrderingService {
  /** `solo`, `etcdraft` or `BFT`. */
  readonly consensus: string;
  readonly orderers: readonly OrdererEndpoint[];
}

/**
 * Who can be asked. One that orders alone stands where the profile says: the address in the configuration is of the day when
 * the channel was founded, and of a peer that takes any free port it has none.
 */
export function asReached(
  { consensus, orderers }: OrderingService,
  named: readonly OrdererEndpoint[],
): OrderingService {
  if (consensus !== 'solo') return { consensus, orderers };
  return {
    consensus,
    orderers: named.length > 0 ? named : orderers.filter(({ endpoint }) => !endpoint.endsWith(':0')),
  };
}

/**
 * @param channelConfig `common.Config` in force, as `cscc` gives it. Not the newest configuration block: a peer that joined by a
 * snapshot does not hold that, and would never be ready. @throws Error where it says nothing of an ordering service
 */
export function readOrdering(channelConfig: Uint8Array): OrderingService {
  const config = common.Config.deserializeBinary(channelConfig).getChannelGroup();
  const ordering = config?.getGroupsMap().get('Orderer');
  if (ordering === undefined) throw new Error('the configuration names no ordering service');
  const type = valueOf(ordering, 'ConsensusType');
  const consensus = type === undefined ? '' : orderer.ConsensusType.deserializeBinary(type).getType();
  const found = endpointsOf(ordering);
  return { consensus, orderers: found.length > 0 ? found : sharedEndpoints(config, ordering) };
}

/** A channel of before Fabric 1.4.2 names addresses for all organisations together. */
function sharedEndpoints(config: common.ConfigGroup | undefined, ordering: common.ConfigGroup): OrdererEndpoint[] {
  const addresses = config && valueOf(config, 'OrdererAddresses');
  if (addresses === undefined) return [];
  const tlsRootCertificates: Uint8Array[] = [];
  ordering.getGroupsMap().forEach((organisation: common.ConfigGroup) => {
    tlsRootCertificates.push(...tlsRootsOf(organisation));
  });
  const named = common.OrdererAddresses.deserializeBinary(addresses).getAddressesList();
  return named.map((endpoint) => ({ endpoint, tlsRootCertificates }));
}

function endpointsOf(ordering: common.ConfigGroup): OrdererEndpoint[] {
  const found: OrdererEndpoint[] = [];
  ordering.getGroupsMap().forEach((organisation: common.ConfigGroup) => {
    const addresses = valueOf(organisation, 'Endpoints');
    if (addresses === undefined) return;
    const tlsRootCertificates = tlsRootsOf(organisation);
    for (const endpoint of common.OrdererAddresses.deserializeBinary(addresses).getAddressesList())
      found.push({ endpoint, tlsRootCertificates });
  });
  return found;
}

function tlsRootsOf(organisation: common.ConfigGroup): readonly Uint8Array[] {
  const value = valueOf(organisation, 'MSP');
  if (value === undefined) return [];
  const config = msp.FabricMSPConfig.deserializeBinary(msp.MSPConfig.deserializeBinary(value).getConfig_asU8());
  return [...config.getTlsRootCertsList_asU8(), ...config.getTlsIntermediateCertsList_asU8()];
}

function valueOf(group: common.ConfigGroup, name: string): Uint8Array | undefined {
  return group.getValuesMap().get(name)?.getValue_asU8();
}
