import type { RunnableNode } from './layout';

/** The ports that a node opens, alike in its container and on the machine. */
export function listeningPorts(node: RunnableNode): number[] {
  switch (node.kind) {
    case 'orderer':
      return [node.port, node.adminPort, node.operationsPort];
    case 'peer':
      return [node.port, node.chaincodePort, node.operationsPort];
    case 'authority':
      return [node.port, node.operationsPort];
  }
}
