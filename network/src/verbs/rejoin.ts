import { cpSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { nodeView } from '../config/environment';
import { NetworkError } from '../errors';
import { joinOrderer, joinPeer, joinPeerBySnapshot } from '../fabric/channel';
import { awaitHealthy, healthyOrderer, isConsenter } from '../fabric/operations';
import type { OrdererPlan, PeerPlan } from '../layout';
import { pollUntil } from '../runtime/poll';
import type { Session } from '../session';
import { mend } from './deploy';
import { findNodes } from './nodes';
import { takeAnewIntoRaft } from './raft-anew';
import { findPeer } from './snapshot';
import { awaitGossip } from './up';

/** A snapshot that carries this is a whole one (fabric, core/ledger/kvledger). */
const SNAPSHOT_METADATA = '_snapshot_signable_metadata.json';

/**
 * Lets a node whose disk was lost begin anew: its ledger, if there is one left, is set aside; a peer takes all blocks from
 * the orderers, or its state from a snapshot; an orderer takes them from the others, by Raft as one that is new among them.
 * Then every peer has the contract again.
 */
export async function rejoin(session: Session, name: string | undefined, from: string | undefined): Promise<void> {
  const node = findLedgerNode(session, name);
  assertSnapshot(node, from);
  await assertOthers(session, node);
  await setAside(session, node);
  const block = node.kind === 'orderer' && isRaft(session) ? await takeAnewIntoRaft(session, node) : undefined;
  await session.runtime.startNodes([node]);
  await awaitHealthy([node], session.runtime);
  if (node.kind === 'orderer') await rejoinOrderer(session, node, block);
  else await rejoinPeer(session, node, from);
  session.say(`${node.id} has joined anew${from === undefined ? '' : ' by snapshot'}.`);
  await mend(session, session.choices.own !== undefined && node.kind === 'peer');
}

function findLedgerNode(session: Session, name: string | undefined): OrdererPlan | PeerPlan {
  const found = name === undefined ? [] : findNodes(session, [name]);
  const [first, ...others] = found;
  if (first?.node === undefined || first.node.kind === 'authority' || others.length > 0)
    throw new NetworkError('Which peer or orderer joins anew?', 'Name one: npm run network:rejoin -- peer0.lab');
  return first.node;
}

function assertSnapshot(node: OrdererPlan | PeerPlan, from: string | undefined): void {
  if (from === undefined) return;
  if (node.kind === 'orderer') throw new NetworkError('An orderer joins by blocks only.', 'Leave out --snapshot.');
  if (!existsSync(join(from, SNAPSHOT_METADATA)))
    throw new NetworkError(
      `${from} holds no snapshot of a peer.`,
      'Make one: npm run network:snapshot -- peer0.verifier',
    );
}

/** Blocks come from somebody else: where nobody has them, what is left here must not be set aside. */
async function assertOthers({ channel }: Session, node: OrdererPlan | PeerPlan): Promise<void> {
  const orderers = channel.orderers.filter(({ id }) => id !== node.id);
  await healthyOrderer({ ...channel, orderers });
}

async function setAside({ state, runtime, say }: Session, node: OrdererPlan | PeerPlan): Promise<void> {
  await runtime.stop([node.id]);
  const folder = join(state.data, node.id);
  if (existsSync(folder)) {
    const aside = `${folder}.aside-${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}`;
    renameSync(folder, aside);
    say(`What was left of its ledger is set aside; remove it when all is well: ${aside}`);
  }
  mkdirSync(folder, { recursive: true });
}

function isRaft({ layout }: Session): boolean {
  return layout.topology.ordering.consensus === 'raft';
}

/** @param block the newest configuration, where the channel was changed for it; else it joins by the first block */
async function rejoinOrderer(session: Session, orderer: OrdererPlan, block: string | undefined): Promise<void> {
  const { channel, layout, state, tools } = session;
  await joinOrderer(layout, state, tools, orderer, block);
  await pollUntil(async () => ((await isConsenter(channel, orderer)) ? true : undefined), {
    timeoutMs: 60_000,
    what: `${orderer.id} to order again`,
    remedy: `Read its log: npm run network:logs -- ${orderer.id}`,
  });
}

async function rejoinPeer(session: Session, peer: PeerPlan, from: string | undefined): Promise<void> {
  const { layout, state, tools } = session;
  const { organisation } = findPeer(session, peer.id);
  if (from === undefined) await joinPeer(layout, state, tools, organisation, peer);
  else {
    const view = nodeView(layout.mode, state, peer);
    cpSync(from, join(state.data, peer.id, INCOMING), { recursive: true });
    await joinPeerBySnapshot(state, tools, organisation, peer, join(view.data, INCOMING));
  }
  await awaitGossip(session);
}

const INCOMING = 'incoming-snapshot';
