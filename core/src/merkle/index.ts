export { boundedTree, type BoundedTree } from './bounded-tree';
export { CompactRange, type NodeVisitor, type StoredCompactRange } from './compact-range';
export { emptyRoot, HASH_BYTES, leafHash, leafOfText, nodeHash } from './hash';
export { multiproofFromPaths, rootFromMultiproof, type Multiproof } from './multiproof';
export { openedPlaces, openTree, rootOfOpened, type OpenedTree } from './opened-tree';
export { consistencyPath, inclusionPath, rootOf } from './tree';
export {
  rootFromInclusion,
  verifyConsistency,
  verifyInclusion,
  type ConsistencyProof,
  type InclusionProof,
} from './verify';
