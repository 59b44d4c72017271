/** A figure as somebody writes it: decimal text, and the unit where it stands behind. */
export interface Quantity {
  readonly value: string;
  /** As it is written; empty where none is. */
  readonly unit: string;
}

/** The longest text that is looked at: nothing longer is a figure. */
const longest = 100;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?/;
/** A letter, a share or a power of ten leads it: `115 272.04` is no number of 272.04, nor `0x1C248` one of x1C248. */
const unit = /(?!x[0-9A-Fa-f]+$)(?:[\p{L}%‰°]|10[\^⁰¹²³⁴-⁹]).*/u;
const shape = new RegExp(`^(${number.source})(?![eE][+-]?[0-9])(?: +(${unit.source})|(?!10)(${unit.source}))$`, 'u');

/**
 * `115272040 kg` and `13.36%` are a number and its unit, so that what is in another unit can be refused with its conversion;
 * everything else is left as it is, without a unit.
 */
export function quantityOf(text: string): Quantity {
  const match = text.length > longest ? null : shape.exec(text);
  return match === null ? { value: text, unit: '' } : { value: match[1] ?? text, unit: match[2] ?? match[3] ?? '' };
}
