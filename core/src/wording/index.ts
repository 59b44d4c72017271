export { documentRoleChoices, documentRoleWords, labelWords, roleWords } from './code-words';
export { figureWords } from './figure-words';
export { markTitle, markWords } from './mark-words';
export { formatAmount, formatNumber, formatTime, formatUnit } from './numbers';
export {
  choiceWords,
  fieldWords,
  filersOf,
  partyKindWords,
  periodWords,
  recordTitle,
  recordTypeChoices,
  recordTypeWords,
  titleOfKey,
  unitWords,
} from './record-words';
export type { Language, Words } from './words';
