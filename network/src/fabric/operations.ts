import { get } from 'node:http';
import { OUTSIDE_HOST, type Layout, type OrdererPlan, type RunnableNode } from '../layout';
import { NetworkError } from '../errors';
import { pollUntil } from '../runtime/poll';
import { isListening } from '../runtime/ports';
import type { Runtime } from '../runtime/runtime';

const REQUEST_TIMEOUT_MS = 2_000;

/**
 * GET by node:http, not `fetch`: a port of a container that is just starting accepts and then falls silent, and the
 * time limit of a `fetch` does not keep the process alive until it strikes.
 */
function fetchText(node: RunnableNode, path: string): Promise<string> {
  const url = `http://${OUTSIDE_HOST}:${node.operationsPort}${path}`;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => outgoing.destroy(new Error(`${url} does not answer`)), REQUEST_TIMEOUT_MS);
    const settle = (outcome: () => void): void => {
      clearTimeout(timer);
      outcome();
    };
    const fail = (error: Error): void => {
      settle(() => {
        reject(error);
      });
    };
    const outgoing = get(url, { agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', fail);
      response.on('end', () => {
        if (response.statusCode !== 200) fail(new Error(`${url} answers ${response.statusCode ?? 'nothing'}`));
        else
          settle(() => {
            resolve(Buffer.concat(chunks).toString('utf8'));
          });
      });
    });
    outgoing.on('error', fail);
    // Whatever becomes of the connection, this promise settles: a verb that waited for ever would end unexplained.
    outgoing.on('close', () => {
      fail(new Error(`${url} closed the connection`));
    });
  });
}

/** True when the node's own health check passes. */
async function isHealthy(node: RunnableNode): Promise<boolean> {
  return fetchText(node, '/healthz').then(
    () => true,
    () => false,
  );
}

/** An orderer that answers, of whichever organisation: it hands on to the leader. Figures of others are not to be seen. */
export async function healthyOrderer(layout: Layout): Promise<OrdererPlan> {
  for (const orderer of layout.orderers) {
    const isHere = orderer.address === OUTSIDE_HOST;
    if (await (isHere ? isHealthy(orderer) : isListening(orderer.port, orderer.address))) return orderer;
  }
  throw new NetworkError('No orderer answers.', 'See `npm run network:status`; start them: npm run network:up');
}

/** One sample of a metric, undefined while it has none; labels must all be present. */
export function readMetric(
  text: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const line = text
    .split('\n')
    .find(
      (candidate) =>
        (candidate.startsWith(`${name}{`) || candidate.startsWith(`${name} `)) &&
        wanted.every((label) => candidate.includes(label)),
    );
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1));
}

export interface NodeFigures {
  readonly height: number | undefined;
  /** Consenter id of the leader (SmartBFT) or whether this node leads (Raft: 1). */
  readonly leader: number | undefined;
}

/** Chain height and leadership as the node itself reports them. */
export async function nodeFigures(layout: Layout, node: RunnableNode): Promise<NodeFigures> {
  const channel = { channel: layout.topology.channel };
  const text = await fetchText(node, '/metrics');
  const bft = layout.topology.ordering.consensus === 'bft';
  return {
    height: readMetric(text, 'ledger_blockchain_height', channel),
    leader:
      node.kind === 'peer'
        ? undefined
        : readMetric(text, bft ? 'consensus_BFT_leader_id' : 'consensus_etcdraft_is_leader', channel),
  };
}

/** How many other peers of the channel this peer has heard of. */
export async function peersKnown(layout: Layout, node: RunnableNode): Promise<number> {
  const text = await fetchText(node, '/metrics');
  return readMetric(text, 'gossip_membership_total_peers_known', { channel: layout.topology.channel }) ?? 0;
}

/** What an orderer says of itself (`participation_consensus_relation`): it takes part in ordering, or only follows. */
const CONSENTER = 1;

/** Whether the orderer takes part in ordering the channel; one that only follows refuses what is sent to it. */
export async function isConsenter({ topology }: Layout, orderer: OrdererPlan): Promise<boolean> {
  const text = await fetchText(orderer, '/metrics');
  return readMetric(text, 'participation_consensus_relation', { channel: topology.channel }) === CONSENTER;
}

/** Waits until every node answers its health check; a node that ended meanwhile is told at once. */
export async function awaitHealthy(nodes: readonly RunnableNode[], runtime: Pick<Runtime, 'state'>): Promise<void> {
  await Promise.all(nodes.map((node) => awaitNode(node, runtime)));
}

async function awaitNode(node: RunnableNode, runtime: Pick<Runtime, 'state'>): Promise<void> {
  const remedy = `Read its log: npm run network:logs -- ${node.id}`;
  const options = { timeoutMs: 60_000, what: `${node.id} to be healthy`, remedy };
  const outcome = await pollUntil(async () => {
    if (await isHealthy(node)) return 'healthy';
    return (await runtime.state(node.id)) === 'stopped' ? 'ended' : undefined;
  }, options);
  if (outcome === 'ended') throw new NetworkError(`${node.id} ended while starting.`, remedy);
}
