export { blockHeaderHash } from './blocks/header';
export { openBlockFolder } from './block-folder';
export { toldAsCorrupt } from './corruption';
export type { Counts, Finding } from './finding';
export { checkFolder, type FolderParts } from './folder';
export { fsck, type FsckOptions, type FsckReport } from './fsck';
export { readGenesisHash } from './genesis-hash';
export type { Probe } from './probes';
export type { PurgeMade } from './purge-made';
export type {
  BlockSource,
  PeerState,
  PrivateSource,
  StoredBlockHash,
  StoredChange,
  StoredHash,
  StoredPrivateKey,
  StoredPrivateValue,
  StoredTip,
  StoredTransaction,
  StoredValue,
} from './sources';
export { guardFile, readGuard, type GuardContent } from './stores/guard';
export { ProjectionReader } from './stores/projection-reader';
export { isAbsent } from './absent';
