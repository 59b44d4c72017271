import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { bundleFile, readDeployment } from '../chaincode/deployment';
import { cryptoConfig } from '../config/crypto-config';
import { NetworkError } from '../errors';
import { extendCryptoMaterial } from '../fabric/certificates';
import { joinPeer } from '../fabric/channel';
import { ChannelConfigUpdate, hasOrganisation, withOrganisation } from '../fabric/channel-config';
import { awaitHealthy } from '../fabric/operations';
import { generateFiles, writeFiles, writeProfiles } from '../generate';
import { findOrganisation, type OrganisationPlan } from '../layout';
import { assemble, hostFacts, writeNetwork, type Session } from '../session';
import { validateTopology, type Topology } from '../topology';
import { deploy } from './deploy';
import { ensureIdentities, identityTools } from './identities';
import { awaitGossip } from './up';

/** Ports of a newcomer follow the pattern of topology.yaml: peer at P, service at P + 5, gateway at P + 1000. */
const SERVICE_OFFSET = 5;
const GATEWAY_OFFSET = 1_000;

/**
 * Lets one more organisation join the running channel: certificates, consent of a majority, its peer, and a new
 * sequence of the chaincode in which its endorsement counts. It is no member of private collections: to make it one,
 * name it in topology.yaml's collection and deploy. Repeating an attempt that stopped in between goes on from there.
 */
export async function addOrganisation(session: Session, name: string, port: number): Promise<void> {
  const { layout, tools, say } = session;
  if (session.choices.own !== undefined)
    throw new NetworkError(
      'One organisation alone admits nobody.',
      'The channel is changed by a majority: see network/README.md, "An organisation of its own".',
    );
  const faults = await tools.check(
    ['configtxlator', 'configtxgen', 'peer', ...identityTools(session)],
    layout.topology.fabric.release,
  );
  if (faults.length > 0) throw new NetworkError(faults.join('\n'), 'Put these right, then run `add-org` again.');
  const grown = assemble(session.places, withNewcomer(layout.topology, name, port), session.choices, say);
  const newcomer = findOrganisation(grown.layout, name);
  if (newcomer === undefined) throw new RangeError(`${name} is not in the grown topology`);

  await prepareFiles(grown, newcomer);
  await admit(session, newcomer);
  writeNetwork(session.state, { ...session.choices, topology: grown.layout.topology });
  await startPeers(grown, newcomer);
  await bringChaincode(grown);
  say(`${name} has joined. Its gateway's profile: ${join(grown.state.profiles, `${name}.json`)}`);
}

/** The topology with the newcomer, or as it is when it is in it already. */
export function withNewcomer(topology: Topology, name: string, port: number): Topology {
  if (topology.organisations.some((organisation) => organisation.name === name)) return topology;
  const newcomer = {
    name,
    peers: [{ name: 'peer0', port }],
    chaincodePort: port + SERVICE_OFFSET,
    gatewayPort: port + GATEWAY_OFFSET,
  };
  return validateTopology({ ...topology, organisations: [...topology.organisations, newcomer] });
}

async function prepareFiles(grown: Session, newcomer: OrganisationPlan): Promise<void> {
  const { layout, state, say } = grown;
  writeFiles(state, generateFiles(layout, state, hostFacts(grown.places)));
  if (layout.topology.identities === 'ca') await ensureIdentities(grown);
  else await extendByCryptogen(grown, newcomer);
  writeProfiles(layout, state);
  say(`Made keys and certificates of ${newcomer.name}.`);
}

async function extendByCryptogen({ layout, state, tools, places }: Session, newcomer: OrganisationPlan): Promise<void> {
  const only = { ...layout, organisations: [newcomer], ordering: [] };
  writeFileSync(join(state.config, 'crypto-config.yaml'), stringify(cryptoConfig(only)));
  await extendCryptoMaterial(only, state, tools);
  writeFiles(state, generateFiles(layout, state, hostFacts(places)));
}

async function admit(session: Session, newcomer: OrganisationPlan): Promise<void> {
  const members = session.layout.organisations.filter((organisation) => organisation.name !== newcomer.name);
  const update = new ChannelConfigUpdate({ ...session.layout, organisations: members }, session.state, session.tools);
  const present = await update.fetch();
  if (hasOrganisation(present, newcomer.mspId)) {
    session.say(`${newcomer.mspId} is in the channel's configuration.`);
    return;
  }
  await update.submit(present, withOrganisation(present, newcomer.mspId, await update.describe(newcomer.mspId)));
  session.say(`A majority of the members admitted ${newcomer.mspId} to the channel.`);
}

async function startPeers(grown: Session, newcomer: OrganisationPlan): Promise<void> {
  const { layout, state, tools, runtime, say } = grown;
  for (const peer of newcomer.peers) mkdirSync(join(state.data, peer.id), { recursive: true });
  await runtime.startNodes(newcomer.peers);
  await awaitHealthy(newcomer.peers, runtime);
  for (const peer of newcomer.peers) await joinPeer(layout, state, tools, newcomer, peer);
  await awaitGossip(grown);
  say(`${newcomer.peers.map((peer) => peer.id).join(', ')} joined and know the other peers.`);
}

async function bringChaincode(grown: Session): Promise<void> {
  const deployment = readDeployment(grown.state);
  if (deployment === undefined) return;
  await deploy(grown, bundleFile(grown.state, deployment.bundleSha256));
}
