export {
  Decimal,
  decimalPattern,
  decimalPlaces,
  floorDecimal,
  formatDecimal,
  isDecimalText,
  parseDecimal,
  roundHalfUp,
} from './decimal';
