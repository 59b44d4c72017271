export {
  allNodes,
  findOrganisation,
  mspIdOf,
  OUTSIDE_HOST,
  planLayout,
  type AuthorityPlan,
  type ChaincodePlan,
  type Layout,
  type Mode,
  type OrdererPlan,
  type OrderingOrganisationPlan,
  type OrganisationPlan,
  type PeerPlan,
  type RunnableNode,
} from './layout';
export { ownPart } from './own-part';
export { statePaths, type StatePaths } from './state';
export { listeningPorts } from './ports';
