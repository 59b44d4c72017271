import { Decimal as DecimalJs } from 'decimal.js';
import { LedgerError } from '../errors';

/**
 * Exact decimal arithmetic. 40 significant digits: more than twice what any figure of the market has, so that a quotient
 * or a power is right in every decimal that a rule keeps. Own constructor: nobody else's settings reach it.
 */
export const Decimal = DecimalJs.clone({
  precision: 40,
  rounding: DecimalJs.ROUND_HALF_UP,
  toExpNeg: -1000,
  toExpPos: 1000,
  minE: -1000,
  maxE: 1000,
});
export type Decimal = DecimalJs;

/** Digits with optional sign and point: no exponent, no leading zeros, no bare point, at most 30 + 20 digits. */
export const decimalPattern = /^-?(?:0|[1-9][0-9]{0,29})(?:\.[0-9]{1,20})?$/;

export function isDecimalText(text: string): boolean {
  return decimalPattern.test(text) && !/^-0(?:\.0+)?$/.test(text);
}

/** @throws LedgerError BAD_DECIMAL */
export function parseDecimal(text: string): Decimal {
  if (!isDecimalText(text)) throw new LedgerError('BAD_DECIMAL', `${JSON.stringify(text)} is not a decimal number`);
  return new Decimal(text);
}

/** Number of digits after the point. */
export function decimalPlaces(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

/** 四舍五入: half away from zero, `places` digits kept. */
export function roundHalfUp(value: Decimal, places: number): Decimal {
  return value.toDecimalPlaces(places, DecimalJs.ROUND_HALF_UP);
}

/** 向下取整: the greatest integer not above the value. */
export function floorDecimal(value: Decimal): Decimal {
  return value.floor();
}

/** Fixed-point text with exactly `places` digits; the value must not have more. Zero has no sign. */
export function formatDecimal(value: Decimal, places: number): string {
  const text = value.toFixed(places, DecimalJs.ROUND_HALF_UP);
  return /^-0(?:\.0+)?$/.test(text) ? text.slice(1) : text;
}
