import { drawnSample, fromHex, sha256, toHex } from '@carbon-ledger/core';
import { membersOf, type Content } from '../filing/content';

const SEED_BYTES = 32;
const seedPattern = /\b[0-9a-f]{64}\b/;

/** A new seed, and what a plan says of it: the plants are drawn by a number that its authority cannot choose afterwards. */
export function newSeed(random: Uint8Array = crypto.getRandomValues(new Uint8Array(SEED_BYTES))): {
  readonly seed: string;
  readonly commitment: string;
} {
  return { seed: toHex(random), commitment: toHex(sha256(random)) };
}

/** The seed that stands in a file or was typed. */
export function seedIn(text: string): string | undefined {
  return seedPattern.exec(text.toLowerCase())?.[0];
}

/**
 * The content of a plan as it is opened: its seed, and the plants that the seed draws, of the year of the inspection.
 * @returns undefined where the plan committed to another seed
 */
export function openedWith(content: Content, seed: string, year: string): Content | undefined {
  if (toHex(sha256(fromHex(seed))) !== content['commitment']) return undefined;
  const frame = Array.isArray(content['frame']) ? content['frame'].map(String) : [];
  const tickets = Array.isArray(content['tickets']) ? { tickets: content['tickets'].map(Number) } : {};
  const before = new Map(coveredOf(content).map(({ uscc, years }) => [uscc, years]));
  const drawn = drawnSample(seed, { frame, size: Number(content['size']), ...tickets });
  const covered = drawn.map((uscc) => ({ uscc, years: before.get(uscc) ?? [year] }));
  return { ...content, stage: 'open', seed, covered };
}

function coveredOf(content: Content): { readonly uscc: string; readonly years: unknown }[] {
  const covered: readonly unknown[] = Array.isArray(content['covered']) ? content['covered'] : [];
  return covered.map(membersOf).map(({ uscc, years }) => ({ uscc: String(uscc), years }));
}
