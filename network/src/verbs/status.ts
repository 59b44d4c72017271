import { readDeployment, slotOf } from '../chaincode/deployment';
import { listCertificates } from '../fabric/certificates';
import { Lifecycle } from '../fabric/lifecycle';
import { nodeFigures } from '../fabric/operations';
import { allNodes, type OrganisationPlan, type RunnableNode } from '../layout';
import type { NodeState } from '../runtime/runtime';
import type { Session } from '../session';
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
  readonly leads: boolean;
  readonly memory: number | undefined;
}

/** Tells nodes, heights, leader, chaincode and certificates; returns whether all is well. */
export async function status(session: Session, now: Date): Promise<boolean> {
  const { layout, say } = session;
  const nodes = await Promise.all(allNodes(layout).map((node) => nodeStatus(session, node)));
  const services = await Promise.all(serviceIds(session).map((id) => serviceStatus(session, id)));
  const { consensus } = layout.topology.ordering;
  say(`Channel ${layout.topology.channel}, ${consensus}, ${layout.mode}; Fabric ${layout.topology.fabric.release}`);
  say(formatTable(['node', 'kind', 'state', 'height', 'memory'], [...nodes, ...services].map(formatRow)));
  const problems = [...stopped([...nodes, ...services]), ...uneven(nodes)];
  problems.push(...(await chaincodeStatus(session)));
  problems.push(...certificateStatus(session, now));
  for (const problem of problems) say(`! ${problem}`);
  if (problems.length === 0) say('All is well.');
  return problems.length === 0;
}

async function nodeStatus({ layout, runtime }: Session, node: RunnableNode): Promise<NodeStatus> {
  const state = await runtime.state(node.id);
  const figures = state === 'running' ? await nodeFigures(layout, node).catch(() => undefined) : undefined;
  const bft = layout.topology.ordering.consensus === 'bft';
  const leads = node.kind === 'orderer' && figures?.leader === (bft ? node.consenterId : 1);
  return { id: node.id, kind: node.kind, state, height: figures?.height, leads, memory: await runtime.memory(node.id) };
}

async function serviceStatus({ runtime }: Session, id: string): Promise<NodeStatus> {
  const [state, memory] = [await runtime.state(id), await runtime.memory(id)];
  return { id, kind: 'chaincode', state, height: undefined, leads: false, memory };
}

function serviceIds({ layout, state }: Session): string[] {
  const deployment = readDeployment(state);
  if (deployment === undefined) return [];
  return layout.chaincodes.map((chaincode) => chaincode.slots[slotOf(deployment.sequence)].id);
}

function formatRow(node: NodeStatus): string[] {
  return [
    node.id,
    node.leads ? `${node.kind}, leads` : node.kind,
    node.state,
    node.height === undefined ? '–' : String(node.height),
    node.memory === undefined ? '–' : `${Math.round(node.memory / MEBIBYTE)} MiB`,
  ];
}

function stopped(nodes: readonly NodeStatus[]): string[] {
  return nodes
    .filter((node) => node.state !== 'running')
    .map((node) => `${node.id} is ${node.state}: npm run network:up starts it.`);
}

/** Peers follow the orderers within a moment; one that lags for longer has lost them. */
function uneven(nodes: readonly NodeStatus[]): string[] {
  const known = nodes.filter((node) => node.height !== undefined);
  const highest = Math.max(...known.map((node) => node.height ?? 0));
  return known
    .filter((node) => (node.height ?? 0) < highest)
    .map((node) => `${node.id} is ${highest - (node.height ?? 0)} block(s) behind; look again in a moment.`);
}

async function chaincodeStatus(session: Session): Promise<string[]> {
  const { layout, state, tools, say } = session;
  const lifecycle = new Lifecycle(layout, state, tools);
  const answers = await Promise.all(
    layout.organisations.map(async (organisation) => ({
      name: organisation.name,
      answer: await definitionSeen(session, lifecycle, organisation),
    })),
  );
  const [first] = answers;
  if (first === undefined || answers.some(({ answer }) => answer !== first.answer)) {
    return answers.map(({ name, answer }) => `chaincode as ${name} sees it: ${answer}`);
  }
  say(`Chaincode ${layout.topology.chaincode.name}: ${first.answer}, alike at all organisations`);
  return [];
}

/** What the organisation's first running peer says. */
async function definitionSeen(
  { runtime }: Session,
  lifecycle: Lifecycle,
  organisation: OrganisationPlan,
): Promise<string> {
  for (const peer of organisation.peers) {
    if ((await runtime.state(peer.id)) !== 'running') continue;
    const definition = await lifecycle.committed(organisation, peer);
    return definition === undefined ? 'not deployed' : `sequence ${definition.sequence}, ${definition.version}`;
  }
  return 'no peer runs';
}

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
