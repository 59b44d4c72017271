export { parseCrossCheckProfile, type CrossCheckProfile, type CrossCheckTolerance } from './profile';
export {
  CrossCheck,
  crossCheckKinds,
  type AnchoredReadings,
  type CrossCheckAnswer,
  type CrossCheckKind,
  type OutsideRow,
} from './check';
export { crossCheckReport, type CrossCheckReport } from './report';
