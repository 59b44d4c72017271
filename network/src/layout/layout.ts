import type { Topology } from '../topology';

/** `docker`: one container a node, on a network of their own. `native`: one process a node, on loopback. */
export type Mode = 'docker' | 'native';

/** Every node listens on the same port inside and outside its container, so one configuration serves both modes. */
export const OUTSIDE_HOST = '127.0.0.1';

interface NodePlan {
  /** Host name in the certificate; also the container's name and the name of its folders. */
  readonly id: string;
  readonly organisation: string;
  readonly mspId: string;
  /** The host that other nodes reach it by. */
  readonly host: string;
  /** The host that programs outside of containers reach it by: clients, and Fabric's own. */
  readonly address: string;
  readonly port: number;
  /** Loopback port of `/healthz` and `/metrics`. */
  readonly operationsPort: number;
  /** Folder of `msp/` and `tls/`, relative to the certificates' folder. */
  readonly cryptoDir: string;
}

export interface OrdererPlan extends NodePlan {
  readonly kind: 'orderer';
  readonly consenterId: number;
  readonly adminPort: number;
}

export interface PeerPlan extends NodePlan {
  readonly kind: 'peer';
  readonly chaincodePort: number;
  /** Where this peer learns of the others of its organisation. */
  readonly bootstrap: string;
}

/** One of the two places of a service: sequences take them in turn, so the coming version runs beside the present one. */
interface ChaincodeSlot {
  readonly id: string;
  readonly host: string;
  readonly port: number;
}

export interface ChaincodePlan {
  readonly organisation: string;
  readonly slots: readonly [ChaincodeSlot, ChaincodeSlot];
  readonly cryptoDir: string;
}

/** A Fabric CA server: issues the identities and TLS certificates of one MSP. Only in the profile `ca`. */
export interface AuthorityPlan extends NodePlan {
  readonly kind: 'authority';
}

export type RunnableNode = OrdererPlan | PeerPlan | AuthorityPlan;

export interface OrganisationPlan {
  readonly name: string;
  readonly mspId: string;
  readonly domain: string;
  readonly cryptoDir: string;
  readonly adminDir: string;
  readonly userDir: string;
  readonly peers: readonly [PeerPlan, ...PeerPlan[]];
  /** The service its peers call: its own, or the shared one. */
  readonly chaincode: ChaincodePlan;
  /** Certificate with which its peers show themselves to the service; the owner's when the service is shared. */
  readonly chaincodeClientDir: string;
  readonly gatewayPort: number;
}

/** Orderers belong to an MSP apart from the owner's peers: a peer's certificate cannot order. */
export interface OrderingOrganisationPlan {
  readonly name: string;
  readonly mspId: string;
  readonly domain: string;
  readonly cryptoDir: string;
  readonly adminDir: string;
  readonly orderers: readonly OrdererPlan[];
}

export interface Layout {
  readonly mode: Mode;
  readonly topology: Topology;
  readonly organisations: readonly OrganisationPlan[];
  readonly ordering: readonly OrderingOrganisationPlan[];
  readonly orderers: readonly OrdererPlan[];
  readonly peers: readonly PeerPlan[];
  readonly chaincodes: readonly ChaincodePlan[];
  readonly authorities: readonly AuthorityPlan[];
}

export function mspIdOf(organisation: string): string {
  return `${organisation}MSP`;
}

/** Derives every name, address and folder from the topology; nothing else decides them. */
export function planLayout(topology: Topology, mode: Mode): Layout {
  const chaincodes = planChaincodes(topology, mode);
  const organisations = topology.organisations.map((organisation) =>
    planOrganisation(topology, organisation, mode, chaincodes),
  );
  const ordering = planOrdering(topology, mode);
  return {
    mode,
    topology,
    organisations,
    ordering,
    orderers: ordering.flatMap((organisation) => organisation.orderers).sort((a, b) => a.consenterId - b.consenterId),
    peers: organisations.flatMap((organisation) => organisation.peers),
    chaincodes,
    authorities: planAuthorities(topology, mode, organisations, ordering),
  };
}

/** Every node, those first that others need. */
export function allNodes(layout: Pick<Layout, 'authorities' | 'orderers' | 'peers'>): RunnableNode[] {
  return [...layout.authorities, ...layout.orderers, ...layout.peers];
}

/** The organisation called `name`, whatever its capitals. */
export function findOrganisation(layout: Layout, name: string): OrganisationPlan | undefined {
  return layout.organisations.find((organisation) => organisation.name.toLowerCase() === name.toLowerCase());
}

/** The organisation that runs the shared chaincode service; one of `each` runs its own. */
function planChaincodes(topology: Topology, mode: Mode): ChaincodePlan[] {
  const all = topology.organisations.map((organisation): ChaincodePlan => {
    const domain = domainOf(topology, organisation.name);
    const slot = (index: 0 | 1): ChaincodeSlot => ({
      id: `chaincode-${index}.${domain}`,
      host: hostOf(mode, `chaincode-${index}.${domain}`),
      port: organisation.chaincodePort + index,
    });
    return {
      organisation: organisation.name,
      slots: [slot(0), slot(1)],
      cryptoDir: `peerOrganizations/${domain}/peers/chaincode.${domain}`,
    };
  });
  if (topology.chaincode.services === 'each') return all;
  return all.filter((chaincode) => chaincode.organisation === topology.chaincode.endorsement.mandatory);
}

function planOrganisation(
  topology: Topology,
  organisation: Topology['organisations'][number],
  mode: Mode,
  chaincodes: readonly ChaincodePlan[],
): OrganisationPlan {
  const domain = domainOf(topology, organisation.name);
  const cryptoDir = `peerOrganizations/${domain}`;
  const [first, ...rest] = organisation.peers.map((_, index) => planPeer(organisation, domain, index, mode));
  const chaincode = chaincodes.find(({ organisation: owner }) => owner === organisation.name) ?? chaincodes[0];
  if (first === undefined || chaincode === undefined) throw new Error(`${organisation.name} has no peer or chaincode`);
  return {
    name: organisation.name,
    mspId: mspIdOf(organisation.name),
    domain,
    cryptoDir,
    adminDir: `${cryptoDir}/users/Admin@${domain}`,
    userDir: `${cryptoDir}/users/User1@${domain}`,
    peers: [first, ...rest],
    chaincode,
    chaincodeClientDir: clientDir(topology, chaincode.organisation),
    gatewayPort: organisation.gatewayPort,
  };
}

/** A CA takes the third port after its organisation's first node, and the fourth for its operations. */
const CA_PORT_OFFSET = 3;

function planAuthorities(
  topology: Topology,
  mode: Mode,
  organisations: readonly OrganisationPlan[],
  ordering: readonly OrderingOrganisationPlan[],
): AuthorityPlan[] {
  if (topology.identities !== 'ca') return [];
  const owners = [
    ...organisations.map(({ name, mspId, domain, peers: [first] }) => ({ name, mspId, domain, first })),
    ...ordering.map(({ name, mspId, domain, orderers: [first] }) => ({ name, mspId, domain, first })),
  ];
  return owners.flatMap(({ name, mspId, domain, first }): AuthorityPlan[] => {
    if (first === undefined) return [];
    const id = `ca.${domain}`;
    const port = first.port + CA_PORT_OFFSET;
    const cryptoDir = `authorities/${domain}`;
    return [
      {
        kind: 'authority',
        id,
        organisation: name,
        mspId,
        host: hostOf(mode, id),
        address: OUTSIDE_HOST,
        port,
        operationsPort: port + 1,
        cryptoDir,
      },
    ];
  });
}

function clientDir(topology: Topology, owner: string): string {
  const domain = domainOf(topology, owner);
  return `peerOrganizations/${domain}/peers/chaincode-client.${domain}`;
}

function planPeer(
  organisation: Topology['organisations'][number],
  domain: string,
  index: number,
  mode: Mode,
): PeerPlan {
  const address = (mode === 'native' ? organisation.host : undefined) ?? OUTSIDE_HOST;
  const hosts = organisation.peers.map((peer) => ({ id: `${peer.name}.${domain}`, port: peer.port }));
  const self = hosts[index];
  const other = hosts[(index + 1) % hosts.length];
  if (self === undefined || other === undefined) throw new RangeError(`${organisation.name} has no peer ${index}`);
  return {
    kind: 'peer',
    id: self.id,
    organisation: organisation.name,
    mspId: mspIdOf(organisation.name),
    host: hostOf(mode, self.id, address),
    address,
    port: self.port,
    chaincodePort: self.port + 1,
    operationsPort: self.port + 2,
    cryptoDir: `peerOrganizations/${domain}/peers/${self.id}`,
    bootstrap: `${hostOf(mode, other.id, address)}:${other.port}`,
  };
}

function planOrdering(topology: Topology, mode: Mode): OrderingOrganisationPlan[] {
  const owners = [...new Set(topology.ordering.orderers.map((orderer) => orderer.organisation))];
  return owners.map((owner) => {
    const domain = `ordering.${domainOf(topology, owner)}`;
    const cryptoDir = `ordererOrganizations/${domain}`;
    return {
      name: `${owner}Orderer`,
      mspId: `${owner}OrdererMSP`,
      domain,
      cryptoDir,
      adminDir: `${cryptoDir}/users/Admin@${domain}`,
      orderers: planOrderers(topology, owner, domain, mode),
    };
  });
}

function planOrderers(topology: Topology, owner: string, domain: string, mode: Mode): OrdererPlan[] {
  const address = addressOf(topology, owner, mode);
  return topology.ordering.orderers.flatMap((orderer, index): OrdererPlan[] => {
    if (orderer.organisation !== owner) return [];
    const id = `${orderer.name}.${domain}`;
    return [
      {
        kind: 'orderer',
        id,
        organisation: owner,
        mspId: `${owner}OrdererMSP`,
        host: hostOf(mode, id, address),
        address,
        port: orderer.port,
        adminPort: orderer.port + 1,
        operationsPort: orderer.port + 2,
        cryptoDir: `ordererOrganizations/${domain}/orderers/${id}`,
        consenterId: orderer.id ?? index + 1,
      },
    ];
  });
}

function domainOf(topology: Topology, organisation: string): string {
  return `${organisation.toLowerCase()}.${topology.domain}`;
}

function hostOf(mode: Mode, id: string, address = OUTSIDE_HOST): string {
  return mode === 'docker' ? id : address;
}

/** Containers publish their ports on this machine; plain processes are where their organisation says. */
function addressOf(topology: Topology, organisation: string, mode: Mode): string {
  const owner = topology.organisations.find(({ name }) => name === organisation);
  return (mode === 'native' ? owner?.host : undefined) ?? OUTSIDE_HOST;
}
