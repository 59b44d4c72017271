import type { RunnableNode } from './layout';

/** The ports that a node opens, alike in its container and on the machine. */
export function listeningPorts(node: RunnableNode): number[] {
  const own = node.kind === 'orderer' ? node.adminPort : node.chaincodePort;
  return [node.port, own, node.operationsPort];
}
