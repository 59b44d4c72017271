import { LedgerError } from '../errors';
import { HASH_BYTES, nodeHash } from './hash';
import { splitRange, type LeafRange } from './ranges';
import { rootOf } from './tree';

/** Marks of an {@link OpenedTree}: an inner node above something open, an open leaf, a closed subtree. */
const INNER = '/';
const OPEN = '.';
const CLOSED = '#';

/** Trees of at most 2,000 leaves are 11 deep. */
const MAX_DEPTH = 11;

/**
 * A tree of which some leaves are open, and nothing else is said: `marks` from the root down, left before right, and the hashes
 * of the closed subtrees in that order. A closed subtree is as large as can be (no inner node has two), so that one set of open
 * leaves in one tree has one form. How many leaves are closed is not told: nothing in the root could prove it.
 */
export interface OpenedTree {
  readonly marks: string;
  readonly nodes: readonly Uint8Array[];
}

/** @param open places of the open leaves, at least one */
export function openTree(leaves: readonly Uint8Array[], open: ReadonlySet<number>): OpenedTree {
  const marks: string[] = [];
  const nodes: Uint8Array[] = [];
  const visit = (range: LeafRange): void => {
    const [start, end] = [Number(range.start), Number(range.end)];
    const isClosed = !leaves.slice(start, end).some((_, at) => open.has(start + at));
    if (isClosed) nodes.push(rootOf(leaves.slice(start, end)));
    marks.push(isClosed ? CLOSED : end - start === 1 ? OPEN : INNER);
    if (!isClosed && end - start > 1) splitRange(range).forEach(visit);
  };
  visit({ start: 0n, end: BigInt(leaves.length) });
  return { marks: marks.join(''), nodes };
}

/** Climbs from marks to the root, taking leaves and hashes as they come. */
class Climb {
  readonly #marks: Iterator<string, undefined>;
  readonly #leaves: Iterator<Uint8Array, undefined>;
  readonly #nodes: Iterator<Uint8Array, undefined>;

  constructor({ marks, nodes }: OpenedTree, leaves: readonly Uint8Array[]) {
    this.#marks = marks[Symbol.iterator]() as Iterator<string, undefined>;
    this.#leaves = leaves[Symbol.iterator]() as Iterator<Uint8Array, undefined>;
    this.#nodes = nodes[Symbol.iterator]() as Iterator<Uint8Array, undefined>;
  }

  root(depth = 0): Uint8Array {
    const mark = this.#marks.next().value;
    if (mark !== INNER) return taken(mark === OPEN ? this.#leaves : mark === CLOSED ? this.#nodes : undefined);
    if (depth === MAX_DEPTH) throw refusal('the tree is too deep');
    const left = this.root(depth + 1);
    return nodeHash(left, this.root(depth + 1));
  }

  assertEnded(): void {
    const rest = [this.#marks, this.#leaves, this.#nodes].map((one) => one.next().value);
    if (rest.some((one) => one !== undefined)) throw refusal('it holds more than its tree');
  }
}

/**
 * The root that an opened tree leads to with these leaves.
 * @throws LedgerError INCLUSION_INVALID where marks, leaves and hashes do not fit, or two closed subtrees could be one
 */
export function rootOfOpened(tree: OpenedTree, leaves: readonly Uint8Array[]): Uint8Array {
  if (tree.marks.includes(INNER + CLOSED + CLOSED)) throw refusal('two closed subtrees stand side by side');
  if (tree.nodes.some(({ length }) => length !== HASH_BYTES)) throw refusal('a hash has another length');
  const climb = new Climb(tree, leaves);
  const root = climb.root();
  climb.assertEnded();
  return root;
}

/** Whether each leaf or closed subtree, from left to right, is open. */
export function openedPlaces(marks: string): boolean[] {
  return Array.from(marks.replaceAll(INNER, ''), (mark) => mark === OPEN);
}

function taken(from: Iterator<Uint8Array, undefined> | undefined): Uint8Array {
  const value = from?.next().value;
  if (value === undefined) throw refusal('a leaf or a hash is missing');
  return value;
}

function refusal(reason: string): LedgerError {
  return new LedgerError('INCLUSION_INVALID', `The opened tree does not hold: ${reason}.`);
}
