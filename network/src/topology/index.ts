export { listPorts, toleratedFaults } from './check';
export { parseTopology, validateTopology } from './parse';
export type { Collection, Endorsement, Organisation, Topology } from './schema';
