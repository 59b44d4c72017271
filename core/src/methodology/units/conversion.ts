import { Decimal, parseDecimal } from '../../decimal';
import { isLedgerError, type Fault } from '../../errors';
import { conversionFactor, formatRational } from './unit';
import type { Rational } from './rational';

function factorOf(from: string, to: string): Rational | undefined {
  try {
    return conversionFactor(from, to);
  } catch (error) {
    if (isLedgerError(error)) return undefined;
    throw error;
  }
}

/** A number in another unit, exactly; as many digits as it needs, at most 20 after the point. */
function converted(value: string, { over, under }: Rational): string {
  return new Decimal(parseDecimal(value)).times(over.toString()).div(under.toString()).toDecimalPlaces(20).toFixed();
}

interface Conversion {
  readonly factor: string;
  readonly converted: string;
  /** `1 kg is 0.001 t, so 5000 kg is 5.000 t`. */
  readonly told: string;
}

/** How a number in one unit is written in another; undefined where one is not of the kind of the other, or no unit at all. */
export function conversionTold(
  given: { readonly value: string; readonly unit: string },
  expected: string,
): Conversion | undefined {
  const factor = factorOf(given.unit, expected);
  if (!factor) return undefined;
  const value = converted(given.value, factor);
  const how = `1 ${given.unit} is ${formatRational(factor)} ${expected}`;
  return {
    factor: formatRational(factor),
    converted: value,
    told: `${how}, so ${given.value} ${given.unit} is ${value} ${expected}`,
  };
}

/**
 * What is wrong with the unit of a figure or parameter, with the conversion named; undefined where it is the right one.
 * The unit must be spelled as the methodology spells it: two spellings of one unit would be two figures to whoever compares.
 * @param place JSON pointer of the figure or parameter
 * @param name as people know it
 */
export function unitFault(
  place: string,
  name: string,
  given: { readonly value: string; readonly unit: string },
  expected: string,
): Fault | undefined {
  if (given.unit === expected) return undefined;
  const details = { figure: name, expected, got: given.unit };
  const conversion = conversionTold(given, expected);
  if (!conversion) {
    const message = `${name} must be in ${expected}, not ${given.unit || 'no unit'}: one cannot be converted into the other`;
    return { path: place, code: 'FIGURE_FORMAT', message, details };
  }
  const { factor, converted: value, told } = conversion;
  return {
    path: place,
    code: 'FIGURE_FORMAT',
    message: `${name} must be in ${expected}, not ${given.unit}: ${told}`,
    details: { ...details, factor, converted: value },
  };
}
