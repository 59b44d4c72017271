export {
  areEnough,
  definitionQuery,
  LIFECYCLE,
  QUERY_DEFINITION,
  readDefinition,
  type EndorsementRules,
} from './definition';
export { Detour, type Answer } from './detour';
