import { readDeployment, slotOf } from '../chaincode/deployment';
import { listCertificates } from '../fabric/certificates';
import { Lifecycle } from '../fabric/lifecycle';
import { isConsenter, nodeFigures } from '../fabric/operations';
import { allNodes, type RunnableNode } from '../layout';
import type { NodeState } from '../runtime/runtime';
import type { Session } from '../session';
import { askEveryPeer, type Lack } from './contract-at-peers';
import { formatTable } from './table';

const MEBIBYTE = 1024 ** 2;
const DAY_MS = 86_400_000;
/** Certificates that end within so many days are named one by one. */
const EXPIRY_NOTICE_DAYS = 60;

interface NodeStatus {
  readonly id: string;
  readonly kind: string;
  readonly state: NodeState;
  readonly height: number | undefined;
  /** Consenter id of the leader as this orderer sees it. */
  readonly leader: number | undefined;
  readonly consenterId: number | undefined;
  readonly memory: number | undefined;
}

/** Tells nodes, heights, leader, chaincode and certificates; returns whether all is well. */
export async function status(session: Session, now: Date): Promise<boolean> {
  const { layout, say } = session;
  const nodes = await Promise.all(allNodes(layout).map((node) => nodeStatus(session, node)));
  const services = await Promise.all(serviceIds(session).map((id) => serviceStatus(session, id)));
  const { consensus } = layout.topology.ordering;
  say(`Channel ${layout.topology.channel}, ${consensus}, ${layout.mode}; Fabric ${layout.topology.fabric.release}`);
  say(
    formatTable(
      ['node', 'kind', 'state', 'height', 'memory'],
      [...nodes, ...services].map((node) => formatRow(node, agreedLeader(nodes))),
    ),
  );
  const problems = [...notRunning([...nodes, ...services]), ...uneven(nodes), ...(await followers(session))];
  problems.push(...(await chaincodeStatus(session)));
  problems.push(...certificateStatus(session, now));
  for (const problem of problems) say(`! ${problem}`);
  if (problems.length === 0) say('All is well.');
  return problems.length === 0;
}

async function nodeStatus({ layout, runtime }: Session, node: RunnableNode): Promise<NodeStatus> {
  const state = await runtime.state(node.id);
  const figures = state === 'running' ? await nodeFigures(layout, node).catch(() => undefined) : undefined;
  const consenterId = node.kind === 'orderer' ? node.consenterId : undefined;
  const leader = layout.topology.ordering.consensus === 'bft' || figures?.leader !== 1 ? figures?.leader : consenterId;
  const memory = await runtime.memory(node.id);
  return { id: node.id, kind: node.kind, state, height: figures?.height, leader, consenterId, memory };
}

async function serviceStatus({ runtime }: Session, id: string): Promise<NodeStatus> {
  const [state, memory] = [await runtime.state(id), await runtime.memory(id)];
  return { id, kind: 'chaincode', state, height: undefined, leader: undefined, consenterId: undefined, memory };
}

function serviceIds({ layout, state }: Session): string[] {
  const deployment = readDeployment(state);
  if (deployment === undefined) return [];
  return layout.chaincodes.map((chaincode) => chaincode.slots[slotOf(deployment.sequence)].id);
}

/** The leader that most orderers name: one that was restarted still names the one of its own last view. */
export function agreedLeader(nodes: readonly Pick<NodeStatus, 'leader'>[]): number | undefined {
  const votes = nodes.flatMap(({ leader }) => (leader === undefined || leader === 0 ? [] : [leader]));
  const count = (id: number): number => votes.filter((vote) => vote === id).length;
  return [...new Set(votes)].sort((a, b) => count(b) - count(a))[0];
}

function formatRow(node: NodeStatus, leader: number | undefined): string[] {
  return [
    node.id,
    node.consenterId !== undefined && node.consenterId === leader ? `${node.kind}, leads` : node.kind,
    node.state,
    node.height === undefined ? '–' : String(node.height),
    node.memory === undefined ? '–' : `${Math.round(node.memory / MEBIBYTE)} MiB`,
  ];
}

function notRunning(nodes: readonly NodeStatus[]): string[] {
  return nodes.flatMap((node) => {
    if (node.state === 'paused') return [`${node.id} is paused: npm run network:resume -- ${node.id}`];
    if (node.state === 'stopped') return [`${node.id} is stopped: npm run network:up starts it.`];
    const silent = node.height === undefined && (node.kind === 'orderer' || node.kind === 'peer');
    return silent ? [`${node.id} runs but tells nothing: npm run network:logs -- ${node.id}`] : [];
  });
}

/** An orderer that only follows has the blocks of all others, and orders nothing. */
async function followers({ layout, runtime }: Session): Promise<string[]> {
  const asked = layout.orderers.map(async (orderer) => {
    if ((await runtime.state(orderer.id)) !== 'running') return [];
    const orders = await isConsenter(layout, orderer).catch(() => true);
    return orders
      ? []
      : [`${orderer.id} only follows and orders nothing: npm run network:stop, then start -- ${orderer.id}`];
  });
  return (await Promise.all(asked)).flat();
}

/** Peers follow the orderers within a moment; one that lags for longer has lost them. */
function uneven(nodes: readonly NodeStatus[]): string[] {
  const known = nodes.filter((node) => node.height !== undefined);
  const highest = Math.max(...known.map((node) => node.height ?? 0));
  return known
    .filter((node) => (node.height ?? 0) < highest)
    .map((node) => `${node.id} is ${highest - (node.height ?? 0)} block(s) behind; look again in a moment.`);
}

/** What the channel defines is one thing, and what each peer has of it another: both are asked of every peer. */
async function chaincodeStatus(session: Session): Promise<string[]> {
  const { layout, channel, state, tools, say } = session;
  const deployment = readDeployment(state);
  if (deployment === undefined) return ['There is no contract yet: npm run chaincode:bundle && npm run network:deploy'];
  const views = await askEveryPeer(session, new Lifecycle(channel, state, tools), deployment);
  const lacking = views.filter(({ lack }) => lack !== undefined);
  if (lacking.length === 0) {
    say(
      `Chaincode ${layout.topology.chaincode.name}: sequence ${deployment.sequence}, ${deployment.version}, in use at every peer`,
    );
    return [];
  }
  return lacking.map(({ peer, lack, text }) => `contract at ${peer.id}: ${text}${REMEDY[lack ?? 'away']}`);
}

const REMEDY: Readonly<Record<Lack, string>> = {
  away: '',
  behind: '; look again in a moment, or `npm run network:deploy` where it was never brought into force',
  'not installed': ': npm run network:up gives it back',
  'not approved': ': npm run network:deploy has all approve it anew',
};

function certificateStatus({ state, say }: Session, now: Date): string[] {
  const certificates = listCertificates(state.crypto);
  const [next] = certificates;
  if (next === undefined) return ['there are no certificates'];
  say(`Certificates: ${certificates.length}, the first to expire on ${next.expires.toISOString().slice(0, 10)}`);
  return certificates
    .map((certificate) => ({
      ...certificate,
      days: Math.floor((certificate.expires.getTime() - now.getTime()) / DAY_MS),
    }))
    .filter(({ days }) => days < EXPIRY_NOTICE_DAYS)
    .map(({ subject, file, days }) =>
      days < 0
        ? `certificate of ${subject} expired (${file})`
        : `certificate of ${subject} ends in ${days} days (${file})`,
    );
}
