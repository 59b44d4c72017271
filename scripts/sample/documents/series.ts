/**
 * Deterministic daily series that agree with a month to the digit. Whole numbers throughout (hundredths, thousandths,
 * tenths), so that no rounding can creep in.
 */

/** Digits of a decimal text without its point: `115272.04` is 11527204 hundredths. */
export function toUnits(text: string, decimals: number): number {
  const [whole = '0', fraction = ''] = text.split('.');
  return Number(whole + fraction.padEnd(decimals, '0').slice(0, decimals));
}

export function fromUnits(units: number, decimals: number): string {
  const digits = String(Math.abs(units)).padStart(decimals + 1, '0');
  const sign = units < 0 ? '-' : '';
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Small pseudo-random numbers from a name (a linear congruential generator): the same name, the same numbers. */
function wobble(name: string, count: number, spread: number): number[] {
  let state = Array.from(name).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 2_147_483_647, 7);
  return Array.from({ length: count }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state % (2 * spread + 1)) - spread;
  });
}

/** Splits a total into parts near each other; they sum to the total exactly. */
export function splitTotal(total: number, count: number, name: string): number[] {
  const weights = wobble(name, count, 80).map((part) => 1000 + part);
  const sum = weights.reduce((a, b) => a + b, 0);
  const parts = weights.map((weight) => Math.floor((total / sum) * weight));
  const rest = total - parts.reduce((a, b) => a + b, 0);
  return parts.map((part, index) => (index === 0 ? part + rest : part));
}

function weightedSum(values: readonly number[], weights: readonly number[]): number {
  return values.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0);
}

/**
 * Values around a mean whose weighted mean is the mean to within `tolerance` of a unit. One unit up or down on single days
 * brings it there: the largest remaining error first, then ever smaller ones.
 */
export function around(mean: number, weights: readonly number[], spread: number, name: string): number[] {
  const values = wobble(name, weights.length, spread).map((part) => Math.round(mean) + part);
  const total = weights.reduce((a, b) => a + b, 0);
  const error = (): number => weightedSum(values, weights) - mean * total;
  for (let round = 0; round < 200; round += 1) {
    for (const [index, weight] of weights.entries()) {
      const off = error();
      if (weight > 0 && Math.abs(off) > weight / 2) values[index] = (values[index] ?? 0) - Math.sign(off);
    }
    if (Math.abs(error()) <= Math.min(...weights.filter((weight) => weight > 0)) / 2) break;
  }
  return values;
}
