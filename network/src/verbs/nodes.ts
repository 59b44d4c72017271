import { readDeployment, servicesOf } from '../chaincode/deployment';
import { NetworkError } from '../errors';
import { awaitHealthy } from '../fabric/operations';
import { allNodes, type RunnableNode } from '../layout';
import type { ChaincodeService } from '../runtime/runtime';
import type { Session } from '../session';

/** What can be done to one node, to see that the others bear it. */
export type NodeAction = 'stop' | 'kill' | 'pause' | 'resume' | 'start';

export const NODE_ACTIONS: readonly NodeAction[] = ['stop', 'kill', 'pause', 'resume', 'start'];

interface Found {
  readonly id: string;
  readonly node?: RunnableNode;
  readonly service?: ChaincodeService;
}

function everything({ layout, state }: Session): Found[] {
  const deployment = readDeployment(state);
  const services = deployment === undefined ? [] : servicesOf(layout, state, deployment);
  return [
    ...allNodes(layout).map((node) => ({ id: node.id, node })),
    ...services.map((service) => ({ id: service.id, service })),
  ];
}

/** The nodes whose full name begins with `name`: `orderer1` or `peer0.lab` are enough. All of them without a name. */
export function findNodes(session: Session, names: readonly string[]): Found[] {
  const all = everything(session);
  if (names.length === 0) return all;
  return names.flatMap((name) => {
    const found = all.filter(({ id }) => id === name || id.startsWith(`${name}.`));
    if (found.length > 0) return found;
    throw new NetworkError(`There is no node ${name}.`, `There are: ${all.map(({ id }) => id).join(', ')}`);
  });
}

/** Does one thing to each of the named nodes; `start` returns when they are healthy. */
export async function actOnNodes(session: Session, action: NodeAction, names: readonly string[]): Promise<void> {
  if (names.length === 0)
    throw new NetworkError(`${action} whom?`, `Name a node: npm run network:${action} -- orderer1`);
  const found = findNodes(session, names);
  if (action === 'start') await startFound(session, found);
  else for (const { id } of found) await act(session, action, id);
  session.say(`${action}: ${found.map(({ id }) => id).join(', ')}`);
}

async function act({ runtime }: Session, action: Exclude<NodeAction, 'start'>, id: string): Promise<void> {
  if (action === 'stop') await runtime.stop([id]);
  else await runtime[action](id);
}

async function startFound({ runtime }: Session, found: readonly Found[]): Promise<void> {
  const nodes = found.flatMap(({ node }) => node ?? []);
  const services = found.flatMap(({ service }) => service ?? []);
  await runtime.startNodes(nodes);
  await runtime.startServices(services);
  await awaitHealthy(nodes, runtime);
  await runtime.awaitServices(services);
}
