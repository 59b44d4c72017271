import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { cryptoConfig } from '../config/crypto-config';
import { NetworkError } from '../errors';
import { extendCryptoMaterial } from '../fabric/certificates';
import { joinOrderer } from '../fabric/channel';
import { ChannelConfigUpdate, type ChannelConfig } from '../fabric/channel-config';
import { orderingSigners } from '../fabric/consenters';
import { hasOrderingOrganisation, isAmong, withOrderer, withoutOrderer } from '../fabric/membership';
import { awaitHealthy, isConsenter } from '../fabric/operations';
import { generateFiles, writeFiles, writeProfiles } from '../generate';
import type { OrdererPlan } from '../layout';
import { pollUntil } from '../runtime/poll';
import { assemble, hostFacts, writeNetwork, type Session } from '../session';
import { validateTopology, type Topology } from '../topology';
import { ensureIdentities, identityTools } from './identities';
import { findNodes } from './nodes';

/** With fewer, none of them may fail. */
const FEWEST = { bft: 4, raft: 3 } as const;

/**
 * One more orderer for an organisation of the channel: keys, the consent of a majority of those who order, the node. Repeating an
 * attempt that stopped in between goes on from there.
 */
export async function addOrderer(session: Session, owner: string | undefined, port: number): Promise<void> {
  const { places, choices, say } = session;
  await assertReady(session);
  const { topology, name } = withOneMore(session.layout.topology, ownerIn(session, owner), port);
  const grown = assemble(places, topology, choices, say);
  const orderer = grown.layout.orderers.find(({ id }) => id.startsWith(`${name}.`));
  if (orderer === undefined) throw new RangeError(`${name} is not in the grown topology`);
  await makeKeys(grown, orderer);
  const block = await admit(session, grown, orderer);
  writeNetwork(grown.state, { ...choices, topology });
  writeProfiles(grown.layout, grown.state);
  mkdirSync(join(grown.state.data, orderer.id), { recursive: true });
  await grown.runtime.startNodes([orderer]);
  await awaitHealthy([orderer], grown.runtime);
  await joinOrderer(grown.layout, grown.state, grown.tools, orderer, block);
  await untilSo(`${orderer.id} to order`, () => isConsenter(grown.layout, orderer));
  say(`${orderer.id} orders with the others.`);
}

/** Takes an orderer out of the channel for good, stops it, and sets its ledger and keys aside. */
export async function removeOrderer(session: Session, name: string | undefined): Promise<void> {
  const { places, choices, runtime, say } = session;
  await assertReady(session);
  const orderer = findOrderer(session, name);
  const rest = assemble(places, withoutOne(session.layout.topology, orderer), choices, say);
  await dismiss(session, rest, orderer);
  await runtime.stop([orderer.id]);
  writeNetwork(rest.state, { ...choices, topology: rest.layout.topology });
  writeFiles(rest.state, generateFiles(rest.layout, rest.state, hostFacts(places)));
  writeProfiles(rest.layout, rest.state);
  setAside(session, orderer);
}

async function assertReady(session: Session): Promise<void> {
  const { own } = session.choices;
  const { layout, tools } = session;
  if (own !== undefined)
    throw new NetworkError(
      `This folder is ${own}’s alone: it cannot sign for the others who order.`,
      'Who orders is changed by a channel update that a majority of those who order signs.',
    );
  const wanted = ['configtxlator', 'configtxgen', 'peer', 'osnadmin', ...identityTools(session)] as const;
  const faults = await tools.check(wanted, layout.topology.fabric.release);
  if (faults.length > 0) throw new NetworkError(faults.join('\n'), 'Put these right, then run it again.');
}

function ownerIn({ layout }: Session, owner: string | undefined): string {
  const names = layout.topology.organisations.map(({ name }) => name);
  const found = names.find((name) => name.toLowerCase() === owner?.toLowerCase());
  if (found !== undefined) return found;
  throw new NetworkError(
    'Whose orderer?',
    `Name one of ${names.join(', ')}: npm run network:add-orderer -- Lab --port 7090`,
  );
}

type Orderers = Topology['ordering']['orderers'];

/** Numbers stay with those that have them: a consenter is known by his, and it is never given to another. */
function numbered(orderers: Orderers): (Orderers[number] & { readonly id: number })[] {
  return orderers.map((orderer, index) => ({ ...orderer, id: orderer.id ?? index + 1 }));
}

/** The topology with one more orderer, or as it is where that port is an orderer's of this organisation already. */
export function withOneMore(
  topology: Topology,
  organisation: string,
  port: number,
): { readonly topology: Topology; readonly name: string } {
  const { orderers, lastId = 0 } = topology.ordering;
  const present = orderers.find((orderer) => orderer.port === port && orderer.organisation === organisation);
  if (present !== undefined) return { topology, name: present.name };
  const known = numbered(orderers);
  const id = Math.max(lastId, ...known.map((orderer) => orderer.id)) + 1;
  const name = `orderer${id}`;
  const ordering = { ...topology.ordering, lastId: id, orderers: [...known, { id, name, organisation, port }] };
  return { topology: validateTopology({ ...topology, ordering }), name };
}

/** @throws NetworkError where too few would be left */
export function withoutOne(topology: Topology, { id, port }: Pick<OrdererPlan, 'id' | 'port'>): Topology {
  const { orderers, consensus, lastId = 0 } = topology.ordering;
  const known = numbered(orderers);
  const rest = known.filter((orderer) => orderer.port !== port);
  const fewest = FEWEST[consensus];
  if (rest.length < fewest)
    throw new NetworkError(
      `Without ${id} only ${rest.length} would order, none of which could be missed; ${fewest} are needed.`,
      'Add another first: npm run network:add-orderer -- NAME --port P',
    );
  const last = Math.max(lastId, ...known.map((orderer) => orderer.id));
  return validateTopology({ ...topology, ordering: { ...topology.ordering, lastId: last, orderers: rest } });
}

function findOrderer(session: Session, name: string | undefined): OrdererPlan {
  const [found, ...others] = name === undefined ? [] : findNodes(session, [name]);
  if (found?.node?.kind === 'orderer' && others.length === 0) return found.node;
  throw new NetworkError('Which orderer?', 'Name one: npm run network:remove-orderer -- orderer2');
}

async function makeKeys(grown: Session, orderer: OrdererPlan): Promise<void> {
  const { layout, state, tools, places, say } = grown;
  writeFiles(state, generateFiles(layout, state, hostFacts(places)));
  if (layout.topology.identities === 'ca') await ensureIdentities(grown);
  else {
    const ordering = layout.ordering.filter(({ mspId }) => mspId === orderer.mspId);
    const only = { ...layout, organisations: [], ordering };
    writeFileSync(join(state.config, 'crypto-config.yaml'), stringify(cryptoConfig(only)));
    await extendCryptoMaterial(only, state, tools);
    writeFiles(state, generateFiles(layout, state, hostFacts(places)));
  }
  say(`Made keys and certificates of ${orderer.id}.`);
}

/** @returns the configuration block by which it joins */
async function admit(session: Session, grown: Session, orderer: OrdererPlan): Promise<string> {
  const { layout, state, tools, say } = session;
  const update = new ChannelConfigUpdate(layout, state, tools);
  const present = await update.fetch();
  if (!isAmong(present, orderer)) {
    const isNew = !hasOrderingOrganisation(present, orderer.mspId);
    const owner = isNew ? await update.describe(orderer.mspId) : undefined;
    await update.submit(present, withOrderer(present, grown.state, orderer, owner), orderingSigners(layout, state));
    await untilFetched(update, (config) => isAmong(config, orderer));
  }
  say(`A majority of those who order took ${orderer.id} in.`);
  return update.configBlock;
}

async function dismiss(session: Session, rest: Session, orderer: OrdererPlan): Promise<void> {
  const { layout, state, tools, say } = session;
  // Asked of those that stay: the one that goes stops answering at once.
  const update = new ChannelConfigUpdate({ ...layout, orderers: rest.layout.orderers }, state, tools);
  const present = await update.fetch();
  if (isAmong(present, orderer)) {
    const isLast = !rest.layout.ordering.some(({ mspId }) => mspId === orderer.mspId);
    await update.submit(present, withoutOrderer(present, orderer, isLast), orderingSigners(layout, state));
    await untilFetched(update, (config) => !isAmong(config, orderer));
  }
  say(`A majority of those who order took ${orderer.id} out.`);
}

function untilFetched(update: ChannelConfigUpdate, isWanted: (config: ChannelConfig) => boolean): Promise<void> {
  return untilSo('the new configuration of those who order', async () => isWanted(await update.fetch()));
}

async function untilSo(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const attempt = async (): Promise<true | undefined> => ((await isSo()) ? true : undefined);
  await pollUntil(attempt, { timeoutMs: 60_000, what, remedy: 'See `npm run network:status`, and its log.' });
}

function setAside({ state, say }: Session, orderer: OrdererPlan): void {
  const aside = join(dirname(state.crypto), 'retired', orderer.id);
  mkdirSync(aside, { recursive: true, mode: 0o700 });
  const kept = [join(state.crypto, orderer.cryptoDir), join(state.data, orderer.id)];
  for (const [index, place] of kept.entries())
    if (existsSync(place)) renameSync(place, join(aside, `${['keys', 'ledger'][index] ?? ''}-${basename(place)}`));
  say(`${orderer.id} orders no more. Its ledger and keys are set aside, for you to remove: ${aside}`);
}
