/** An exact positive ratio: scales of units are compared, never rounded. */
export interface Rational {
  readonly over: bigint;
  readonly under: bigint;
}

function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisor(b, a % b);
}

function reduced(over: bigint, under: bigint): Rational {
  const common = divisor(over, under);
  return { over: over / common, under: under / common };
}

export const unity: Rational = { over: 1n, under: 1n };

/** From the digits of a positive decimal number: `3.6`. */
export function rational(text: string): Rational {
  const [whole = '', fraction = ''] = text.split('.');
  return reduced(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
}

export function times(a: Rational, b: Rational): Rational {
  return reduced(a.over * b.over, a.under * b.under);
}

export function inverse(a: Rational): Rational {
  return { over: a.under, under: a.over };
}

export function isEqual(a: Rational, b: Rational): boolean {
  return a.over === b.over && a.under === b.under;
}
