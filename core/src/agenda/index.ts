export { agendaOf, type Agenda } from './agenda';
export { daysLate, untilOf } from './deadline';
export { type Duty } from './duty';
export { expectedFilings, type ExpectedFiling } from './expected';
export {
  mayTake,
  possibleActions,
  situationOf,
  stateTitle,
  type Asking,
  type PossibleAction,
  type Situation,
} from './possible';
export { stepTitle } from './words';
export { type AgendaSource, type CurrentRecord } from './source';
export { workingYears } from './working-years';
export { sectorOf, YearValuesReader } from './year-values';
