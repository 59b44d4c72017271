export { documentRoleChoices, documentRoleWords, labelWords, roleWords } from './code-words';
export { faultWords, messageInChinese } from './fault-words';
export { figureWords } from './figure-words';
export { markTitle, markWords } from './mark-words';
export { formatAmount, formatNumber, formatParameter, formatTime, formatUnit } from './numbers';
export { partyKindWords } from './party-words';
export { placeWords, titleOfFigure, titleOfRecord } from './place-words';
export {
  choiceWords,
  fieldWords,
  filersOf,
  periodWords,
  recordTitle,
  recordTypeChoices,
  recordTypeWords,
  titleOfKey,
  unitWords,
} from './record-words';
export { stepWords } from './step-words';
export type { Language, Words } from './words';
