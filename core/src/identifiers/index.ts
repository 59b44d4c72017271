export {
  bucketOf,
  businessKeyPattern,
  figureNamePattern,
  formatBusinessKey,
  formatFigureAddress,
  kindPattern,
  parseBusinessKey,
  parseFigureAddress,
  periodPattern,
  typeOfKind,
  unitPattern,
  type BusinessKey,
  type FigureAddress,
  type Subject,
} from './business-key';
export {
  isPlainText,
  plainTextFault,
  unseenCharacters,
  visibleJson,
  visibleText,
  type UnseenCharacter,
} from './plain-text';
export { holdsRegion, isDivision, isRegion, provinceOf, reachOf } from './division';
export { isSameIdentifier, normaliseIdentifier } from './normalise';
export { maxSerialLength, parseSerialRange, rangesOverlap, serialCount, serialKey, type SerialRange } from './serial';
export { assertUscc, isUscc, usccCheckDigit } from './uscc';
