import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { bundleFile, readDeployment } from '../chaincode/deployment';
import { NetworkError } from '../errors';
import { ChannelConfigUpdate, hasOrganisation, memberSigner, withoutOrganisation } from '../fabric/channel-config';
import { generateFiles, writeFiles, writeProfiles } from '../generate';
import { findOrganisation, type OrganisationPlan } from '../layout';
import { assemble, hostFacts, writeNetwork, type Session } from '../session';
import { validateTopology, type Topology } from '../topology';
import { deploy } from './deploy';

/**
 * Lets an organisation leave the running channel: first a definition of the contract in which its endorsement counts no more,
 * then, signed by a majority of the others' administrators, a channel that it is no member of; then its nodes stop. What it
 * anchored stays. Its ledger and keys are set aside. An attempt that stopped in between is gone on with by repeating it.
 */
export async function removeOrganisation(session: Session, name: string | undefined): Promise<void> {
  const { layout, tools, say, choices, places } = session;
  assertWholeChannel(session);
  const leaver = findLeaver(session, name);
  const faults = await tools.check(['configtxlator', 'peer'], layout.topology.fabric.release);
  if (faults.length > 0) throw new NetworkError(faults.join('\n'), 'Put these right, then run `remove-org` again.');
  const rest = assemble(places, withoutLeaver(layout.topology, leaver.name), choices, say);

  await bringChaincode(rest);
  await dismiss(session, leaver);
  await stopNodes(session, leaver);
  writeNetwork(rest.state, { ...choices, topology: rest.layout.topology });
  writeFiles(rest.state, generateFiles(rest.layout, rest.state, hostFacts(places)));
  writeProfiles(rest.layout, rest.state);
  setAside(session, leaver);
  say(`${leaver.name} has left. What it anchored stays.`);
}

function assertWholeChannel({ choices: { own } }: Session): void {
  if (own === undefined) return;
  throw new NetworkError(
    `This folder is ${own}’s alone: nobody leaves without the word of a majority.`,
    'The channel is changed by a majority: see network/README.md, "An organisation of its own".',
  );
}

function findLeaver({ layout }: Session, name: string | undefined): OrganisationPlan {
  const leaver = name === undefined ? undefined : findOrganisation(layout, name);
  if (leaver !== undefined) return leaver;
  const names = layout.organisations.map((organisation) => organisation.name).join(', ');
  throw new NetworkError(
    name === undefined ? 'Who leaves?' : `There is no organisation ${name}.`,
    `Name one of ${names}: npm run network:remove-org -- Observer`,
  );
}

/** What hangs on an organisation, and must be given to others before it can go. */
export function boundTo({ chaincode, ordering, organisations }: Topology, name: string): string[] {
  const collections = chaincode.collections.filter(({ members }) => members.includes(name));
  const orderers = ordering.orderers.filter(({ organisation }) => organisation === name);
  return [
    ...(chaincode.endorsement.mandatory === name ? ['nothing is endorsed without it (chaincode.endorsement)'] : []),
    ...collections.map((collection) => `it is a member of the collection ${collection.name}`),
    ...orderers.map((orderer) => `it runs ${orderer.name}`),
    ...(organisations.length <= 2 ? ['too few would be left to endorse for each other'] : []),
  ];
}

/** @throws NetworkError with all that hangs on the one who leaves */
export function withoutLeaver(topology: Topology, name: string): Topology {
  const bonds = boundTo(topology, name);
  if (bonds.length > 0)
    throw new NetworkError(
      `${name} cannot leave yet:\n${bonds.map((bond) => `  - ${bond}`).join('\n')}`,
      'Give these to others first: in topology.yaml, then `deploy`.',
    );
  const organisations = topology.organisations.filter((organisation) => organisation.name !== name);
  return validateTopology({ ...topology, organisations });
}

async function bringChaincode(rest: Session): Promise<void> {
  const deployment = readDeployment(rest.state);
  if (deployment !== undefined) await deploy(rest, bundleFile(rest.state, deployment.bundleSha256));
}

/** Its own administrator is asked last: who leaves need not agree. */
async function dismiss({ layout, state, tools, say }: Session, leaver: OrganisationPlan): Promise<void> {
  const others = layout.organisations.filter(({ name }) => name !== leaver.name);
  const update = new ChannelConfigUpdate({ ...layout, organisations: others }, state, tools);
  const present = await update.fetch();
  if (!hasOrganisation(present, leaver.mspId)) {
    say(`${leaver.mspId} is not in the channel's configuration any more.`);
    return;
  }
  const signers = [...others, leaver].map((organisation) => memberSigner(state, organisation));
  await update.submit(present, withoutOrganisation(present, leaver.mspId), signers);
  say(`A majority of the members took ${leaver.mspId} out of the channel.`);
}

async function stopNodes({ layout, runtime }: Session, leaver: OrganisationPlan): Promise<void> {
  const services = layout.chaincodes.filter(({ organisation }) => organisation === leaver.name);
  const authorities = layout.authorities.filter(({ mspId }) => mspId === leaver.mspId);
  const slots = services.flatMap((service) => service.slots.map(({ id }) => id));
  await runtime.stop([...slots, ...leaver.peers.map(({ id }) => id), ...authorities.map(({ id }) => id)]);
}

function setAside({ state, say }: Session, leaver: OrganisationPlan): void {
  const aside = join(dirname(state.crypto), 'retired', leaver.domain);
  rmSync(join(state.profiles, `${leaver.name}.json`), { force: true });
  rmSync(join(state.profiles, `${leaver.name}.ccp.json`), { force: true });
  mkdirSync(aside, { recursive: true, mode: 0o700 });
  const kept = [join(state.crypto, leaver.cryptoDir), ...leaver.peers.map(({ id }) => join(state.data, id))];
  for (const place of kept.filter((one) => existsSync(one))) renameSync(place, join(aside, basename(place)));
  say(`Its ledger and keys are set aside, for you to hand over or remove: ${aside}`);
}
