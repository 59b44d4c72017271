export { listPorts, toleratedFaults } from './check';
export { parseTopology, validateTopology } from './parse';
export type { Endorsement, Topology } from './schema';
