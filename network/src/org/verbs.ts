import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { readDeployment, storeBundle, type Deployment } from '../chaincode/deployment';
import { NetworkError } from '../errors';
import { writeGenesisBlock } from '../fabric/channel';
import { genesisHash } from '../fabric/genesis';
import { Lifecycle } from '../fabric/lifecycle';
import { toolError } from '../fabric/tools';
import { generateFiles, writeFiles } from '../generate';
import { findOrganisation, planLayout, statePaths, type OrganisationPlan } from '../layout';
import { isListening } from '../runtime/ports';
import { assemble, hostFacts, readNetwork, writeNetwork, type Choices, type Places, type Session } from '../session';
import type { Topology } from '../topology';
import { approve, definitionInForce, planDeployment, prepare, takeOver } from '../verbs/deploy';
import { ensureIdentities } from '../verbs/identities';
import {
  absentOrganisations,
  changedFiles,
  collectPublicFiles,
  fingerprint,
  parsePublicFiles,
  writePublicFiles,
} from './public-files';

/** Where an organisation's folder keeps what it gives to the others. */
function publicFile({ state, choices }: Session): string {
  return join(state.root, 'public', `${choices.own ?? ''}.json`);
}

/** Begins an organisation's own folder: its keys are made here and leave it never; its certificates are for the others. */
export async function initOrganisation(
  places: Places,
  choices: Choices,
  topology: Topology,
  name: string,
  say: Session['say'],
): Promise<void> {
  const organisation = findOrganisation(planLayout(topology, 'native'), name);
  assertCanBeOwn(topology, name, organisation);
  const present = readNetwork(statePaths(places.stateRoot));
  if (present !== undefined && present.own !== organisation?.name)
    throw new NetworkError(`${places.stateRoot} is the folder of another network.`, 'Name one of its own: --state DIR');
  const own = { ...choices, mode: 'native' as const, own: organisation?.name };
  const session = assemble(places, topology, own, say);
  writeNetwork(session.state, { ...own, topology });
  // Keys of one's own only: the list of what cryptogen is to make is written for this part.
  writeFiles(session.state, generateFiles(session.layout, session.state, hostFacts(places)));
  await ensureIdentities(session);
  sharePublicFiles(session);
}

function assertCanBeOwn(topology: Topology, name: string, organisation: OrganisationPlan | undefined): void {
  if (organisation === undefined) {
    const known = topology.organisations.map((one) => one.name).join(', ');
    throw new NetworkError(`topology.yaml names no organisation ${name}.`, `There are: ${known}`);
  }
  if (topology.chaincode.services === 'shared')
    throw new NetworkError(
      'With one chaincode service for all, nobody runs its own.',
      'Leave out the profile shared-chaincode.',
    );
}

/** Writes what the others are to be given. */
function sharePublicFiles(session: Session): void {
  const [own] = session.layout.organisations;
  if (own === undefined) throw new RangeError('a folder of nobody');
  const files = collectPublicFiles(session.channel, own, session.state.crypto);
  mkdirSync(join(session.state.root, 'public'), { recursive: true });
  writeFileSync(publicFile(session), `${JSON.stringify(files, null, 2)}\n`);
  session.say(`Give this file to the other organisations: ${publicFile(session)}`);
  session.say(`Let them compare its fingerprint by another way: ${fingerprint(files)}`);
}

/** Takes in what others gave: files of their certificates, and the channel's first block. */
export async function accept(session: Session, names: readonly string[], replace: boolean): Promise<void> {
  if (names.length === 0) throw new NetworkError('Accept what?', 'Name the files that others gave.');
  for (const name of names) {
    if (!existsSync(name)) throw new NetworkError(`There is no file ${name}.`, 'Name the files that others gave.');
    if (name.endsWith('.block')) await acceptGenesis(session, name);
    else acceptOrganisation(session, name, replace);
  }
  const absent = absentOrganisations(session.channel, session.state.crypto);
  if (absent.length > 0) session.say(`Still to come: ${absent.join(', ')}.`);
}

function acceptOrganisation({ channel, choices, state, say }: Session, name: string, replace: boolean): void {
  const files = parsePublicFiles(readFileSync(name, 'utf8'), name, channel);
  if (files.organisation === choices.own) throw new NetworkError(`${name} is one’s own.`, 'It is for the others.');
  const changed = changedFiles(files, state.crypto);
  if (changed.length > 0 && !replace)
    throw new NetworkError(
      `${files.organisation} gave other certificates before:\n${changed.map((file) => `  - ${file}`).join('\n')}`,
      'Ask whether it renewed them, then accept with --replace.',
    );
  writePublicFiles(files, state.crypto);
  say(`${files.organisation}: ${fingerprint(files)}`);
}

/** Writes the channel's first block, once everybody's certificates are here. */
export async function writeGenesis(session: Session): Promise<void> {
  const { channel, state, tools, say } = session;
  assertAllPresent(session);
  writeFiles(state, generateFiles(channel, state, hostFacts(session.places)));
  if (!existsSync(state.genesisBlock)) await writeGenesisBlock(channel, state, tools);
  say(`Give this file to the other organisations: ${state.genesisBlock}`);
  say(`The ledger's identity is the hash in it: ${genesisHash(readFileSync(state.genesisBlock))}`);
}

function assertAllPresent({ channel, state }: Session): void {
  const absent = absentOrganisations(channel, state.crypto);
  if (absent.length === 0) return;
  throw new NetworkError(
    `The certificates of ${absent.join(', ')} are not here yet.`,
    'Accept them first: network:org -- accept FILE…',
  );
}

/** A first block is accepted when it says what one's own topology and the certificates that were accepted say. */
async function acceptGenesis(session: Session, name: string): Promise<void> {
  const { channel, state, tools, say } = session;
  assertAllPresent(session);
  if (existsSync(state.genesisBlock) && !readFileSync(state.genesisBlock).equals(readFileSync(name)))
    throw new NetworkError('Another first block was accepted before.', 'A channel has one; ask the others which.');
  writeFiles(state, generateFiles(channel, state, hostFacts(session.places)));
  const own = join(state.channel, 'expected.block');
  await writeGenesisBlock(channel, state, tools, own);
  const [given, expected] = [await readConfigOf(session, name), await readConfigOf(session, own)];
  if (!isDeepStrictEqual(given, expected))
    throw new NetworkError(
      `${name} does not say what topology.yaml and the certificates here say.`,
      'Compare topology.yaml and the fingerprints with whoever wrote it. Nothing was accepted.',
    );
  copyFileSync(name, state.genesisBlock);
  say(`The channel's first block: ${genesisHash(readFileSync(state.genesisBlock))}`);
}

async function readConfigOf({ state, tools }: Session, block: string): Promise<unknown> {
  const output = join(state.channel, `${createHash('sha256').update(block).digest('hex').slice(0, 8)}.json`);
  const args = ['proto_decode', '--type', 'common.Block', '--input', block, '--output', output];
  const result = await tools.run('configtxlator', args);
  if (result.code !== 0) throw toolError('configtxlator', `Reading ${block}`, result, 'Is it a first block?');
  const decoded = JSON.parse(readFileSync(output, 'utf8')) as {
    readonly data?: {
      readonly data?: readonly { readonly payload?: { readonly data?: { readonly config?: unknown } } }[];
    };
  };
  return decoded.data?.data?.[0]?.payload?.data?.config;
}

/** Installs and approves a bundle in one's own name, and starts its service. */
export async function approveOwn(session: Session, bundle: string): Promise<void> {
  const { channel, state, say } = session;
  await assertOnChannel(session);
  writeFiles(state, generateFiles(channel, state, hostFacts(session.places)));
  const lifecycle = new Lifecycle(channel, state, session.tools);
  const present = await definitionInForce(session, lifecycle);
  const plan = planDeployment(session, storeBundle(state, bundle), present);
  if (plan.sequence === present?.sequence) {
    say(`Sequence ${plan.sequence} runs this very bundle under these rules.`);
    return;
  }
  const prepared = await prepare(session, plan);
  await approve(session, lifecycle, prepared);
  say(`It is sequence ${plan.sequence}; others compare this: bundle sha256 ${plan.bundleSha256}`);
}

/** Commits what was approved here, unless another organisation has done so, and ends the last sequence's service. */
export async function commitOwn(session: Session): Promise<void> {
  const { channel, layout, state, tools } = session;
  const [own] = layout.organisations;
  const plan = readDeploymentOf(session);
  await assertOnChannel(session);
  const lifecycle = new Lifecycle(channel, state, tools);
  const present = await definitionInForce(session, lifecycle);
  if (own !== undefined && present?.sequence !== plan.sequence)
    await lifecycle.commit(own, plan, await reachable(channel.organisations));
  await takeOver(session, lifecycle, plan);
}

/** A contract is approved and committed through one's own peer, on the channel that all agreed on. */
async function assertOnChannel(session: Session): Promise<void> {
  const { layout, state } = session;
  assertAllPresent(session);
  if (!existsSync(state.genesisBlock))
    throw new NetworkError(
      'The first block of the channel is not here yet.',
      'One organisation writes it (network:org -- genesis), the others accept it (network:org -- accept genesis.block).',
    );
  for (const { id, port, address } of layout.peers)
    if (!(await isListening(port, address)))
      throw new NetworkError(`${id} does not run.`, `Start what is yours: npm run network:up -- --state ${state.root}`);
}

async function reachable(organisations: readonly OrganisationPlan[]): Promise<OrganisationPlan[]> {
  const asked = organisations.map(async (organisation) => {
    const [peer] = organisation.peers;
    return (await isListening(peer.port, peer.address)) ? [organisation] : [];
  });
  return (await Promise.all(asked)).flat();
}

function readDeploymentOf({ state }: Session): Deployment {
  const deployment = readDeployment(state);
  if (deployment !== undefined) return deployment;
  throw new NetworkError('Nothing was approved here.', 'Approve first: network:org -- approve');
}
