import { equalBytes } from '../bytes';
import { keccak256 } from '../digest';
import { invalid } from './fault';
import { decodeRlp, encodeRlp, type Rlp } from './rlp';

/** 32-byte keys have 64 nibbles, and each node takes at least one of them. */
const MAX_NODES = 65;

/**
 * The value under a key in a Merkle Patricia trie (Ethereum yellow paper, appendix D), from the nodes on the way to it,
 * as `eth_getProof` gives them (EIP-1186).
 * @param key as stored: in the tries of state and storage, the Keccak-256 of address or slot
 * @throws LedgerError ANCHOR_INVALID unless the nodes lead from the root to a value under this key, and none is left over
 */
export function trieValue(root: Uint8Array, key: Uint8Array, nodes: readonly Uint8Array[]): Uint8Array {
  if (nodes.length > MAX_NODES) throw invalid('a proof is too long');
  const path = nibblesOf(key);
  let expected: Rlp = root;
  let used = 0;
  let depth = 0;
  for (;;) {
    const node = nodeOf(expected, nodes[used]);
    if (expected instanceof Uint8Array) used += 1;
    const step = follow(node, path, depth);
    depth = step.depth;
    expected = step.next;
    if (!step.found) continue;
    if (!(step.next instanceof Uint8Array) || used !== nodes.length) throw invalid('a proof does not end at a value');
    return step.next;
  }
}

/** A node by its hash, or in place where it is shorter than one. */
function nodeOf(reference: Rlp, candidate: Uint8Array | undefined): readonly Rlp[] {
  if (!(reference instanceof Uint8Array)) {
    if (encodeRlp(reference).length >= 32) throw invalid('a node stands in place that is too long for it');
    return reference;
  }
  if (candidate === undefined || reference.length !== 32 || !equalBytes(keccak256(candidate), reference)) {
    throw invalid('a node of a proof is missing or altered');
  }
  const node = decodeRlp(candidate);
  if (node instanceof Uint8Array) throw invalid('a node is no list');
  return node;
}

interface Step {
  readonly next: Rlp;
  readonly depth: number;
  readonly found: boolean;
}

function follow(node: readonly Rlp[], path: readonly number[], depth: number): Step {
  if (node.length === 17) return followBranch(node, path, depth);
  const [encoded, next] = node;
  if (node.length !== 2 || !(encoded instanceof Uint8Array) || next === undefined) throw invalid('a node is broken');
  const { nibbles, isLeaf } = readCompact(encoded);
  const end = depth + nibbles.length;
  const onWay = nibbles.every((nibble, at) => nibble === path[depth + at]);
  if (!onWay || end > path.length || isLeaf !== (end === path.length))
    throw invalid('there is no value under this key');
  return { next, depth: end, found: isLeaf };
}

function followBranch(node: readonly Rlp[], path: readonly number[], depth: number): Step {
  const next = node[path[depth] ?? 16];
  // Keys are all of one length, so none ends at a branch.
  if (depth >= path.length || next === undefined || next.length === 0)
    throw invalid('there is no value under this key');
  return { next, depth: depth + 1, found: false };
}

/** Hex-prefix encoding (appendix C): a flag for leaves, a flag for an odd number of nibbles, the nibbles. */
function readCompact(encoded: Uint8Array): { nibbles: number[]; isLeaf: boolean } {
  const [flag = 4, padding, ...rest] = nibblesOf(encoded);
  if (flag > 3 || padding === undefined) throw invalid('a path is broken');
  const isOdd = (flag & 1) === 1;
  if (!isOdd && padding !== 0) throw invalid('a path is broken');
  return { nibbles: isOdd ? [padding, ...rest] : rest, isLeaf: (flag & 2) !== 0 };
}

function nibblesOf(bytes: Uint8Array): number[] {
  return [...bytes].flatMap((byte) => [byte >> 4, byte & 15]);
}
