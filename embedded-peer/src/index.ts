import './endorser/quiet-shim';

export type { EmbeddedPeerOptions } from './options';
export type { CollectionConfig } from './simulation/collections';
export { startEmbeddedPeer, type ClientIdentity, type EmbeddedPeer } from './start';
export {
  openLedgerReader,
  type LedgerReader,
  type StoredBlockHash,
  type StoredChange,
  type StoredHash,
  type StoredPrivateKey,
  type StoredPrivateValue,
  type StoredTip,
  type StoredTransaction,
  type StoredValue,
} from './reader';
export { copyLedgerStore, type CopiedStore } from './store-copy';
