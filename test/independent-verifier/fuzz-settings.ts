/** Of all draws; `CARBON_LEDGER_FUZZ_SEED` (npm run fuzz -- --seed N) takes another. */
export const SEED = numberOf('CARBON_LEDGER_FUZZ_SEED') ?? 20_261_121;

const ROUND = 500;

/** `usual` in a usual run, else as many as `CARBON_LEDGER_FUZZ` says (npm run fuzz -- --count N). */
export function howMany(usual: number): number {
  return numberOf('CARBON_LEDGER_FUZZ') ?? usual;
}

/** In parts, so that a long run holds few files at a time. */
export function inRounds<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / ROUND) }, (_, at) => all.slice(at * ROUND, (at + 1) * ROUND));
}

function numberOf(name: string): number | undefined {
  const text = process.env[name];
  return text === undefined ? undefined : Number(text);
}

/** A long run says now and then how far it is, and what it has found. */
export function tellProgress(done: number, all: number, differing: number): void {
  const isTold = numberOf('CARBON_LEDGER_FUZZ') !== undefined && done % (10 * ROUND) === 0;
  if (isTold) process.stderr.write(`${String(done)} of ${String(all)}, ${String(differing)} differ\n`);
}
