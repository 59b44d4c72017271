import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { cryptoConfig } from '../config/crypto-config';
import { NetworkError } from '../errors';
import { extendCryptoMaterial } from '../fabric/certificates';
import { ChannelConfigUpdate } from '../fabric/channel-config';
import { orderingSigners, withRenewedConsenter } from '../fabric/consenters';
import { awaitHealthy, isConsenter, nodeFigures } from '../fabric/operations';
import { writeProfiles } from '../generate';
import type { OrdererPlan, OrganisationPlan, PeerPlan } from '../layout';
import { pollUntil } from '../runtime/poll';
import type { Session } from '../session';
import { ensureIdentities } from './identities';
import { findNodes } from './nodes';
import { awaitGossip } from './up';

/**
 * Gives nodes new keys and certificates of the same authorities, one after the other: each is back before the next is
 * taken. An orderer's are changed in the channel's configuration first, by a majority of those who order. `users` renews
 * the gateway's of every organisation that is run from here, and with the profile `ca` the administrator's.
 */
export async function rotate(session: Session, names: readonly string[]): Promise<void> {
  if (names.length === 0)
    throw new NetworkError('Whose certificates?', 'Name nodes, or users: npm run network:rotate -- peer0.lab users');
  for (const name of names) {
    if (name === 'users') await rotateUsers(session);
    else for (const node of findCertified(session, name)) await rotateNode(session, node);
  }
}

function findCertified(session: Session, name: string): (OrdererPlan | PeerPlan)[] {
  const nodes = findNodes(session, [name]).flatMap(({ node }) =>
    node === undefined || node.kind === 'authority' ? [] : [node],
  );
  if (nodes.length > 0) return nodes;
  throw new NetworkError(`${name} is neither a peer nor an orderer.`, 'A contract service takes new ones by `deploy`.');
}

async function rotateNode(session: Session, node: OrdererPlan | PeerPlan): Promise<void> {
  if (node.kind === 'orderer') assertWholeOrdering(session);
  const aside = setAside(session, node.cryptoDir);
  try {
    await issue(session);
    if (node.kind === 'orderer') await tellChannel(session, node, aside);
  } catch (error) {
    putBack(session, node.cryptoDir, aside);
    throw error;
  }
  await session.runtime.stop([node.id]);
  await session.runtime.startNodes([node]);
  await awaitHealthy([node], session.runtime);
  if (node.kind === 'orderer') await awaitOrdering(session, node);
  await awaitGossip(session);
  session.say(`${node.id} runs on new certificates. The old ones, with their keys, until you remove them: ${aside}`);
}

/** A change of the consenters is signed by most of those who order; one organisation's own folder has its own key only. */
function assertWholeOrdering({ choices: { own } }: Session): void {
  if (own === undefined) return;
  throw new NetworkError(
    `This folder is ${own}’s alone: it cannot sign for the others who order.`,
    'Renew peers and users here; consenters are changed by a channel update that a majority signs.',
  );
}

async function tellChannel(
  { channel, state, tools, say }: Session,
  orderer: OrdererPlan,
  former: string,
): Promise<void> {
  const update = new ChannelConfigUpdate(channel, state, tools);
  const present = await update.fetch();
  const changed = withRenewedConsenter(present, state, orderer, former);
  const { height: before = 0 } = await nodeFigures(channel, orderer);
  await update.submit(present, changed, orderingSigners(channel, state));
  // One that starts without the block that names its new certificates takes itself for a stranger, and only follows.
  await untilSo(`${orderer.id} to hold its new certificates`, async () => {
    const { height = 0 } = await nodeFigures(channel, orderer);
    return height > before;
  });
  say(`The channel knows the new certificates of ${orderer.id}.`);
}

function awaitOrdering({ channel }: Session, orderer: OrdererPlan): Promise<void> {
  return untilSo(`${orderer.id} to order again`, () => isConsenter(channel, orderer));
}

async function untilSo(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const attempt = async (): Promise<true | undefined> => ((await isSo()) ? true : undefined);
  await pollUntil(attempt, { timeoutMs: 60_000, what, remedy: 'See `npm run network:status`, and its log.' });
}

async function rotateUsers(session: Session): Promise<void> {
  const { layout, channel, state, say } = session;
  const directories = layout.organisations.flatMap((organisation) => userFolders(session, organisation));
  const asides = directories.map((directory) => setAside(session, directory));
  try {
    await issue(session);
  } catch (error) {
    for (const [index, directory] of directories.entries()) putBack(session, directory, asides[index] ?? '');
    throw error;
  }
  writeProfiles(channel, state, layout.organisations);
  say(`Renewed the users of ${layout.organisations.map(({ name }) => name).join(', ')}.`);
  say(
    'Their gateways take them up within a minute, or at once on SIGHUP; revoke what they had: npm run network:revoke',
  );
}

/** cryptogen makes an organisation's administrator once only; a CA issues to him again. */
function userFolders({ layout }: Session, { adminDir, userDir }: OrganisationPlan): string[] {
  return layout.topology.identities === 'ca' ? [adminDir, userDir] : [userDir];
}

/** cryptogen and the CAs alike make what is not there, and leave what is. */
async function issue(session: Session): Promise<void> {
  const { layout, state, tools } = session;
  if (layout.topology.identities === 'ca') return ensureIdentities(session);
  writeFileSync(join(state.config, 'crypto-config.yaml'), stringify(cryptoConfig(layout)));
  await extendCryptoMaterial(layout, state, tools);
}

function asideOf(session: Session, directory: string): string {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const name = directory.split('/').join('_');
  return join(dirname(session.state.crypto), 'retired', `${name}-${stamp}`);
}

function setAside(session: Session, directory: string): string {
  const aside = asideOf(session, directory);
  mkdirSync(dirname(aside), { recursive: true, mode: 0o700 });
  renameSync(join(session.state.crypto, directory), aside);
  return aside;
}

function putBack({ state }: Session, directory: string, aside: string): void {
  const place = join(state.crypto, directory);
  if (existsSync(place)) renameSync(place, `${aside}.failed`);
  renameSync(aside, place);
}
