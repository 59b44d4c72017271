import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { genesisHash } from '../fabric/genesis';
import { OUTSIDE_HOST, type Layout, type OrganisationPlan, type PeerPlan, type StatePaths } from '../layout';

/** A peer as a gateway reaches it: where, by which name in its certificate, and under which root. */
interface ProfilePeer {
  readonly name: string;
  readonly mspId: string;
  readonly endpoint: string;
  readonly tlsServerName: string;
  readonly tlsRootCertificates: string;
}

/**
 * What an organisation's gateway needs to work on the channel (`carbon-ledger serve --fabric FILE`).
 * Paths are relative to the file. `peers` are the organisation's own, the preferred one first.
 */
export interface GatewayProfile {
  readonly version: 1;
  readonly organisation: string;
  readonly mspId: string;
  readonly channel: string;
  /** Hash of the channel's first block in hex: the ledger's identity, and proof that a peer is of this channel. */
  readonly genesisHash: string;
  readonly chaincode: string;
  readonly identity: { readonly certificate: string; readonly privateKey: string };
  readonly peers: readonly ProfilePeer[];
  /** Peers of the other organisations, for blocks that one's own does not hold because it joined by a snapshot. */
  readonly archives: readonly ProfilePeer[];
  readonly gateway: { readonly host: string; readonly port: number };
}

export function gatewayProfile(layout: Layout, state: StatePaths, organisation: OrganisationPlan): GatewayProfile {
  const file = (...parts: string[]): string => relative(state.profiles, join(state.crypto, ...parts));
  const { topology } = layout;
  const named = (peer: PeerPlan): ProfilePeer => ({
    name: peer.id,
    mspId: peer.mspId,
    endpoint: `${peer.address}:${peer.port}`,
    tlsServerName: peer.id,
    tlsRootCertificates: file(peer.cryptoDir, 'tls', 'ca.crt'),
  });
  const msp = join(organisation.userDir, 'msp');
  return {
    version: 1,
    organisation: organisation.name,
    mspId: organisation.mspId,
    channel: topology.channel,
    genesisHash: genesisHash(readFileSync(state.genesisBlock)),
    chaincode: topology.chaincode.name,
    identity: {
      certificate: file(msp, 'signcerts', `User1@${organisation.domain}-cert.pem`),
      privateKey: file(msp, 'keystore', 'priv_sk'),
    },
    peers: organisation.peers.map(named),
    archives: layout.peers.filter(({ mspId }) => mspId !== organisation.mspId).map(named),
    gateway: { host: OUTSIDE_HOST, port: organisation.gatewayPort },
  };
}

/** A node under its name, as a common connection profile names it; its TLS root is written in. */
function namedNode(
  state: StatePaths,
  node: { readonly id: string; readonly address: string; readonly port: number; readonly cryptoDir: string },
): readonly [string, object] {
  const pem = readFileSync(join(state.crypto, node.cryptoDir, 'tls', 'ca.crt'), 'utf8');
  const grpcOptions = { 'ssl-target-name-override': node.id, hostnameOverride: node.id };
  return [node.id, { url: `grpcs://${node.address}:${node.port}`, tlsCACerts: { pem }, grpcOptions }];
}

/** Another organisation's peer is asked to endorse and for nothing else. */
const ENDORSES_ONLY = { endorsingPeer: true, chaincodeQuery: false, ledgerQuery: false, eventSource: false };

/**
 * The same as a common connection profile, for `fabric-network` and other tools. Besides the own peers it names those of
 * the members of every collection, which may be handed private figures to endorse; nobody else's.
 */
export function connectionProfile(
  layout: Layout,
  state: StatePaths,
  organisation: OrganisationPlan,
): Readonly<Record<string, unknown>> {
  const { topology } = layout;
  const isMember = ({ name }: OrganisationPlan): boolean =>
    topology.chaincode.collections.every(({ members }) => members.includes(name));
  const others = layout.organisations.filter((other) => other.name !== organisation.name && isMember(other));
  const named = [organisation, ...others];
  const own = gatewayProfile(layout, state, organisation);
  return {
    name: `${topology.name}-${organisation.name}`,
    version: '1.0.0',
    client: { organization: organisation.name },
    organizations: Object.fromEntries(
      named.map(({ name, mspId, peers }) => [name, { mspid: mspId, peers: peers.map((peer) => peer.id) }]),
    ),
    peers: Object.fromEntries(named.flatMap(({ peers }) => peers.map((peer) => namedNode(state, peer)))),
    orderers: Object.fromEntries(layout.orderers.map((orderer) => namedNode(state, orderer))),
    channels: {
      [topology.channel]: {
        orderers: layout.orderers.map((orderer) => orderer.id),
        peers: Object.fromEntries([
          ...organisation.peers.map((peer) => [peer.id, {}] as const),
          ...others.flatMap(({ peers }) => peers.map((peer) => [peer.id, ENDORSES_ONLY] as const)),
        ]),
      },
    },
    // What such a profile has no place for; file names are relative to it.
    'x-carbon-ledger': { chaincode: own.chaincode, ...own.identity },
  };
}
