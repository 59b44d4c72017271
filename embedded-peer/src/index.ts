import './endorser/quiet-shim';

export type { EmbeddedPeerOptions } from './options';
export type { CollectionConfig } from './simulation/collections';
export { startEmbeddedPeer, type ClientIdentity, type EmbeddedPeer } from './start';
export {
  openLedgerReader,
  type LedgerReader,
  type StoredHash,
  type StoredTransaction,
  type StoredValue,
} from './reader';
export type { ProcessOptions } from './process/messages';
export { startEmbeddedPeerProcess } from './process/peer-process';
export { copyLedgerStore, type CopiedStore } from './store-copy';
