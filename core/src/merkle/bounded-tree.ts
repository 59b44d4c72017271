import { MerkleTree } from 'merkletreejs';
import { sha256 } from '../digest';
import { emptyRoot } from './hash';
import { assertIndex } from './tree';

/** A tree that is built once and asked by index: records of a submission, figures of a record, documents of a manifest. */
export interface BoundedTree {
  readonly size: number;
  readonly root: Uint8Array;
  /**
   * Inclusion path of one leaf, lowest sibling first.
   * @throws LedgerError NOT_FOUND when the index is not in the tree
   */
  path(index: number): Uint8Array[];
}

const NODE_PREFIX = Buffer.of(1);

/**
 * RFC 6962 tree over leaf hashes, up to about 1e5 of them. merkletreejs builds the layers: leaves are hashed already,
 * nothing is sorted, doubled or filled, and inner nodes carry the 0x01 prefix. Its own proofs and verifier are not
 * used: they search by value and do not bind index and size.
 */
export function boundedTree(leafHashes: readonly Uint8Array[]): BoundedTree {
  const size = leafHashes.length;
  if (size === 0) return { size, root: emptyRoot(), path: (index) => siblings([], index) };
  const tree = new MerkleTree(leafHashes.map(toBuffer), (input: Buffer) => toBuffer(sha256(input)), {
    concatenator: (nodes) => Buffer.concat([NODE_PREFIX, ...nodes]),
  });
  const layers = tree.getLayers() as readonly (readonly Buffer[])[];
  return { size, root: new Uint8Array(tree.getRoot()), path: (index) => siblings(layers, index) };
}

function siblings(layers: readonly (readonly Buffer[])[], index: number): Uint8Array[] {
  assertIndex(index, layers[0]?.length ?? 0);
  const path: Uint8Array[] = [];
  let position = index;
  for (const layer of layers) {
    // A last node without sibling rises unchanged; its path has no hash for that layer.
    const sibling = layer[position ^ 1];
    if (sibling !== undefined) path.push(new Uint8Array(sibling));
    position >>= 1;
  }
  return path;
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
