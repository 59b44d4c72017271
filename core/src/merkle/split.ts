/** The largest power of two smaller than `size`, for size ≥ 2: where RFC 9162 section 2.1.1 splits a tree. */
export function splitPoint(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** Number of bits needed to write n; 0 for 0. */
export function bitLength(n: bigint): number {
  return n === 0n ? 0 : n.toString(2).length;
}

/** Number of ones among the bits of n. */
export function countOnes(n: bigint): number {
  let ones = 0;
  for (let rest = n; rest > 0n; rest >>= 1n) ones += Number(rest & 1n);
  return ones;
}

/** Number of zeros below the lowest one of n, for n ≥ 1. */
export function trailingZeros(n: bigint): number {
  let zeros = 0;
  for (let rest = n; (rest & 1n) === 0n; rest >>= 1n) zeros++;
  return zeros;
}
