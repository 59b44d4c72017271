import type { TopologyFault } from '../errors';
import type { Endorsement, Topology } from './schema';

type Report = (path: string, message: string) => void;
interface NamedPort {
  readonly path: string;
  readonly port: number;
}

/** What a shape cannot say: references, duplicates, ports, and what the consensus needs. Every fault is reported. */
export function checkTopology(topology: Topology): TopologyFault[] {
  const faults: TopologyFault[] = [];
  const report: Report = (path, message) => faults.push({ path, message });
  checkNames(topology, report);
  checkPorts(topology, report);
  checkConsensus(topology, report);
  checkEndorsement(topology, 'chaincode.endorsement', topology.chaincode.endorsement, names(topology), report);
  checkCollections(topology, report);
  return faults;
}

function names(topology: Topology): string[] {
  return topology.organisations.map((organisation) => organisation.name);
}

function duplicates(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

function checkNames(topology: Topology, report: Report): void {
  const lowered = names(topology).map((name) => name.toLowerCase());
  for (const name of duplicates(lowered)) report('organisations', `${name} is named twice`);
  topology.organisations.forEach((organisation, index) => {
    const peers = organisation.peers.map((peer) => peer.name);
    for (const name of duplicates(peers)) report(`organisations[${index}].peers`, `${name} is named twice`);
  });
  for (const name of duplicates(topology.ordering.orderers.map((orderer) => orderer.name))) {
    report('ordering.orderers', `${name} is named twice`);
  }
  topology.ordering.orderers.forEach((orderer, index) => {
    if (names(topology).includes(orderer.organisation)) return;
    report(`ordering.orderers[${index}].organisation`, `there is no organisation ${orderer.organisation}`);
  });
}

/** Every port that a node will listen on, with the place in the file that it comes from. */
export function listPorts(topology: Topology): NamedPort[] {
  const spread = (path: string, port: number, count: number): NamedPort[] =>
    Array.from({ length: count }, (_, offset) => ({ path, port: port + offset }));
  return [
    ...authorityPorts(topology),
    ...topology.ordering.orderers.flatMap((orderer, index) =>
      spread(`ordering.orderers[${index}].port`, orderer.port, 3),
    ),
    ...topology.organisations.flatMap((organisation, index) => [
      ...organisation.peers.flatMap((peer, at) => spread(`organisations[${index}].peers[${at}].port`, peer.port, 3)),
      ...spread(`organisations[${index}].chaincodePort`, organisation.chaincodePort, 2),
      ...spread(`organisations[${index}].gatewayPort`, organisation.gatewayPort, 1),
    ]),
  ];
}

/** Ports of the CA servers, beside their organisation's first node. */
function authorityPorts(topology: Topology): NamedPort[] {
  if (topology.identities !== 'ca') return [];
  const owners = new Set<string>();
  const firstOrderers = topology.ordering.orderers.flatMap((orderer, index) => {
    const path = `ordering.orderers[${index}].port`;
    const isFirst = !owners.has(orderer.organisation);
    owners.add(orderer.organisation);
    return isFirst ? [{ path, port: orderer.port }] : [];
  });
  const firstPeers = topology.organisations.flatMap((organisation, index) =>
    organisation.peers.slice(0, 1).map((peer) => ({ path: `organisations[${index}].peers[0].port`, port: peer.port })),
  );
  return [...firstOrderers, ...firstPeers].flatMap(({ path, port }) => [
    { path, port: port + 3 },
    { path, port: port + 4 },
  ]);
}

function checkPorts(topology: Topology, report: Report): void {
  const owners = new Map<number, string>();
  for (const { path, port } of listPorts(topology)) {
    const owner = owners.get(port);
    if (port > 65_535) report(path, `port ${port} does not exist`);
    else if (owner !== undefined) report(path, `port ${port} is taken by ${owner}`);
    else owners.set(port, path);
  }
}

/** SmartBFT stands f faults among 3f + 1 orderers; Raft f among 2f + 1. */
export function toleratedFaults(consensus: Topology['ordering']['consensus'], orderers: number): number {
  return Math.floor((orderers - 1) / (consensus === 'bft' ? 3 : 2));
}

function checkConsensus(topology: Topology, report: Report): void {
  const { consensus, orderers, lastId } = topology.ordering;
  const release = Number(topology.fabric.release.split('.')[0]);
  if (consensus === 'bft' && release < 3) report('ordering.consensus', 'bft needs Fabric 3; take raft for 2.5');
  if (consensus === 'bft' && orderers.length < 4) report('ordering.orderers', 'bft needs four orderers at least');
  // On a channel that runs they come and go one by one, and in between it is even.
  const isBeginning = lastId === undefined;
  if (consensus === 'raft' && isBeginning && orderers.length % 2 === 0) {
    report('ordering.orderers', 'raft needs an odd number of orderers: an even one stands no more faults');
  }
  const limit = Math.max(1, toleratedFaults(consensus, orderers.length));
  for (const name of names(topology)) {
    const owned = orderers.filter((orderer) => orderer.organisation === name).length;
    if (owned > limit) report('ordering.orderers', `${name} owns ${owned} orderers and could stop the order alone`);
  }
}

function checkEndorsement(
  topology: Topology,
  path: string,
  rule: Endorsement,
  candidates: readonly string[],
  report: Report,
): void {
  if (!names(topology).includes(rule.mandatory))
    report(`${path}.mandatory`, `there is no organisation ${rule.mandatory}`);
  else if (!candidates.includes(rule.mandatory)) report(`${path}.mandatory`, `${rule.mandatory} is not a member`);
  const others = candidates.filter((name) => name !== rule.mandatory).length;
  if (rule.others > others) report(`${path}.others`, `${rule.others} others are wanted, there are ${others}`);
}

function checkCollections(topology: Topology, report: Report): void {
  for (const name of duplicates(topology.chaincode.collections.map((collection) => collection.name))) {
    report('chaincode.collections', `${name} is named twice`);
  }
  topology.chaincode.collections.forEach((collection, index) => {
    const path = `chaincode.collections[${index}]`;
    collection.members.forEach((member, at) => {
      if (!names(topology).includes(member)) report(`${path}.members[${at}]`, `there is no organisation ${member}`);
    });
    for (const member of duplicates(collection.members)) report(`${path}.members`, `${member} is named twice`);
    if (collection.requiredPeerCount > collection.maxPeerCount) {
      report(`${path}.requiredPeerCount`, 'may not be above maxPeerCount');
    }
    checkDissemination(topology, path, collection, report);
    checkEndorsement(topology, `${path}.endorsement`, collection.endorsement, collection.members, report);
  });
}

function checkDissemination(
  topology: Topology,
  path: string,
  collection: Topology['chaincode']['collections'][number],
  report: Report,
): void {
  const peers = topology.organisations
    .filter((organisation) => collection.members.includes(organisation.name))
    .reduce((sum, organisation) => sum + organisation.peers.length, 0);
  if (collection.requiredPeerCount >= peers) {
    report(`${path}.requiredPeerCount`, `must be below the members' ${peers} peers: the endorsing peer does not count`);
  }
}
