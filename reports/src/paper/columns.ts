import { wordsOf, type Measure } from './lines';

/** A column by what it asks for, and by what stands in it, titles too. */
export interface Wanted {
  /** Share of the width, relative to those of the other columns. */
  readonly share: number;
  readonly texts: readonly string[];
}

/** Words up to so many characters are kept whole, where they all fit; longer ones are digests and addresses. */
const WORDS = [24, 18, 14, 10];

/**
 * How wide each column is: by its share, and at least as wide as its longest word. Where the longest words of all columns are wider
 * than the page, shorter ones count.
 */
export function columnWidths(columns: readonly Wanted[], total: number, measure: Measure, padding: number): number[] {
  const sum = columns.reduce((all, { share }) => all + share, 0);
  const shares = columns.map(({ share }) => (share / sum) * total);
  const words = columns.map(
    ({ texts }) => new Set(texts.flatMap((text) => wordsOf(text)).map((word) => word.trimEnd())),
  );
  for (const most of WORDS) {
    const least = words.map((these) => widest(these, most, measure) + 2 * padding);
    if (least.reduce((all, one) => all + one, 0) <= total) return atLeast(shares, least, total);
  }
  return shares;
}

function widest(words: ReadonlySet<string>, most: number, measure: Measure): number {
  let found = 0;
  for (const word of words) if (word.length <= most) found = Math.max(found, measure(word));
  // Sums of widths are not exact.
  return found + 0.5;
}

/** Those that would be narrower than they may get what they need; the others share the rest as they would have shared all. */
function atLeast(shares: readonly number[], least: readonly number[], total: number): number[] {
  const isHeld = shares.map(() => false);
  for (;;) {
    const held = least.reduce((sum, one, at) => sum + (isHeld[at] === true ? one : 0), 0);
    const free = shares.reduce((sum, one, at) => sum + (isHeld[at] === true ? 0 : one), 0);
    const widths = shares.map((share, at) =>
      isHeld[at] === true ? (least[at] ?? 0) : (share / free) * (total - held),
    );
    const short = widths.findIndex((width, at) => isHeld[at] !== true && width < (least[at] ?? 0));
    if (short === -1) return widths;
    isHeld[short] = true;
  }
}
