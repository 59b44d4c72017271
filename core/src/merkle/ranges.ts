/** Leaves from `start` up to but without `end`. */
export interface LeafRange {
  readonly start: bigint;
  readonly end: bigint;
}

/** Both halves of a subtree of at least two leaves, as RFC 9162 section 2.1.1 splits it. */
export function splitRange({ start, end }: LeafRange): [LeafRange, LeafRange] {
  const middle = start + (1n << BigInt((end - start - 1n).toString(2).length - 1));
  return [
    { start, end: middle },
    { start: middle, end },
  ];
}

/** The subtrees beside the way from one leaf to the root, lowest first: what an inclusion path holds the hashes of. */
export function siblingRanges(index: bigint, tree: LeafRange): LeafRange[] {
  if (tree.end - tree.start === 1n) return [];
  const [left, right] = splitRange(tree);
  return index < right.start ? [...siblingRanges(index, left), right] : [...siblingRanges(index, right), left];
}
