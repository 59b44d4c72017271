// Numbers by chance that are the same for the same seed, on every machine (mulberry32).

export function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** `near(100, 0.02)` is between 98 and 102. */
export const nearBy = (random) => (value, share) => value * (1 + share * (2 * random() - 1));

export const monthsOf = (year) =>
  Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`);
