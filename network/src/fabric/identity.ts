import { join } from 'node:path';
import { type OrdererPlan, type OrganisationPlan, type PeerPlan, type StatePaths } from '../layout';

/** Environment for `peer …` to act as the organisation's administrator at one of its peers. */
export function adminEnvironment(
  state: StatePaths,
  organisation: OrganisationPlan,
  peer: PeerPlan = organisation.peers[0],
): Readonly<Record<string, string>> {
  return {
    FABRIC_CFG_PATH: state.config,
    FABRIC_LOGGING_SPEC: 'error',
    CORE_PEER_LOCALMSPID: organisation.mspId,
    CORE_PEER_MSPCONFIGPATH: join(state.crypto, organisation.adminDir, 'msp'),
    CORE_PEER_ADDRESS: `${peer.address}:${peer.port}`,
    CORE_PEER_TLS_ENABLED: 'true',
    CORE_PEER_TLS_ROOTCERT_FILE: join(state.crypto, peer.cryptoDir, 'tls', 'ca.crt'),
  };
}

/** Arguments that lead `peer …` to an orderer. */
export function ordererArguments(state: StatePaths, orderer: OrdererPlan): string[] {
  const roots = join(state.crypto, orderer.cryptoDir, 'tls', 'ca.crt');
  return ['-o', `${orderer.address}:${orderer.port}`, '--tls', '--cafile', roots];
}
