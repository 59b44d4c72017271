import { conversionTold, Decimal, formatDecimal, roundHalfUp } from '@carbon-ledger/core';
import type { Cell } from '../model';
import { plainWidth, quoted, refused, type Reading } from './reading';
import { isUnit, symbolOf } from './units';

export interface DecimalRule {
  /** Digits after the point, exactly. */
  readonly decimals: number;
  readonly unit?: string;
}

/** Characters of a number written as text, its unit included. */
const longestNumber = 200;
/** Significant digits that every spreadsheet program keeps of what was typed. */
const keptDigits = 15;
const plain = /^[+-]?[0-9]+(?:\.[0-9]+)?$/;
const grouped = /^[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$/;
const scientific = /^[+-]?[0-9]+(?:\.[0-9]+)?E[+-]?[0-9]{1,3}$/i;

function significantDigits(value: Decimal): number {
  return value.precision();
}

/**
 * The number that was typed. A program saves the binary number in up to 17 digits (`1.1000000000000001` for 1.1), so what has
 * more than 15 is taken as the shortest text of that binary number: 1.1. The text of 0.1+0.2 stays 0.30000000000000004.
 */
function typedNumber(text: string): Decimal {
  const exact = new Decimal(text);
  return significantDigits(exact) > keptDigits ? new Decimal(String(Number(text))) : exact;
}

function notANumber(found: string, rule: DecimalRule): Reading {
  return refused('CELL_NOT_A_NUMBER', `${quoted(found)} is not a number`, expectation(rule));
}

function expectation({ decimals, unit }: DecimalRule): string {
  const digits = decimals === 0 ? 'whole number' : `number with ${String(decimals)} decimals`;
  return unit === undefined ? digits : `${digits}, ${unit}`;
}

/** At most 30 digits before the point: what a figure may have. */
const greatest = new Decimal(10).pow(30);

const asAsked = /^(?:0|[1-9][0-9]*)(?:\.([0-9]+))?$/;

/** Whether a number is written already as it will be told: with the decimals of its rule, in no more digits than a program keeps. */
function isAsAsked(text: string, { decimals }: DecimalRule): boolean {
  if (text.length > keptDigits) return false;
  const match = asAsked.exec(text);
  return match !== null && (match[1]?.length ?? 0) === decimals;
}

function held(value: Decimal, found: string, rule: DecimalRule): Reading {
  if (value.abs().gte(greatest)) return notANumber(found, rule);
  const rounded = formatDecimal(roundHalfUp(value, rule.decimals), rule.decimals);
  if (value.decimalPlaces() > rule.decimals) {
    const message = `${found} has more than ${String(rule.decimals)} decimals`;
    return refused('CELL_ROUNDING', message, rounded);
  }
  return { value: rounded };
}

/** The unit behind a number (`21.496 GJ/t`), which must be the column's own. */
function splitUnit(text: string): { readonly number: string; readonly unit: string } {
  const match = /^([+-]?[0-9][0-9,.]*(?:E[+-]?[0-9]{1,3})?)\s*(\D.*)?$/i.exec(text);
  return { number: match?.[1] ?? text, unit: match?.[2]?.trim() ?? '' };
}

function sameUnit(found: string, expected: string | undefined): boolean {
  return expected !== undefined && isUnit(found, expected);
}

/** The unit that stands there, and what the number is in the column's own. */
function wrongUnit(
  text: string,
  given: { readonly value: string; readonly unit: string },
  { unit }: DecimalRule,
): Reading {
  const conversion = unit === undefined ? undefined : conversionTold({ ...given, unit: symbolOf(given.unit) }, unit);
  const message = `${quoted(text)} is in ${given.unit}${conversion === undefined ? '' : `: ${conversion.told}`}`;
  return refused('WRONG_UNIT', message, unit ?? 'a number without a unit');
}

function readText(text: string, rule: DecimalRule): Reading {
  // Longer than any number with its unit: nothing that patterns should be tried on.
  if (text.length > longestNumber) return notANumber(text, rule);
  if (isAsAsked(text, rule)) return { value: text };
  const { number, unit } = splitUnit(plainWidth(text));
  const isNumber = plain.test(number) || grouped.test(number) || scientific.test(number);
  if (!isNumber) return notANumber(text, rule);
  if (unit !== '' && !sameUnit(unit, rule.unit))
    return wrongUnit(text, { value: new Decimal(number.replaceAll(',', '')).toFixed(), unit }, rule);
  return held(new Decimal(number.replaceAll(',', '')), text, rule);
}

function readNumber({ text, shownAs }: Cell, rule: DecimalRule): Reading {
  if (text.length > longestNumber || (!plain.test(text) && !scientific.test(text))) return notANumber(text, rule);
  if (shownAs === 'date') return refused('CELL_NOT_A_NUMBER', `the cell is shown as a day`, expectation(rule));
  // 13.36 % is saved as 0.1336: which of both is meant cannot be told from the file.
  if (shownAs === 'percent') {
    const shown = typedNumber(text).times(100).toFixed();
    const message = `${text} is shown as ${shown} %`;
    return refused('WRONG_UNIT', message, `${rule.unit === '%' ? shown : text} in a cell formatted as a number`);
  }
  return isAsAsked(text, rule) ? { value: text } : held(typedNumber(text), text, rule);
}

/** A figure as decimal text with exactly the decimals of its rule. Nothing is rounded: what has more is refused. */
export function readDecimal(cell: Cell, rule: DecimalRule): Reading {
  if (cell.kind === 'boolean') return notANumber(cell.text === '1' ? 'TRUE' : 'FALSE', rule);
  return cell.kind === 'text' ? readText(cell.text, rule) : readNumber(cell, rule);
}
