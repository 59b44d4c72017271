import './endorser/quiet-shim';

export type { EmbeddedPeerOptions } from './options';
export type { CollectionConfig } from './simulation/collections';
export { startEmbeddedPeer, type ClientIdentity, type EmbeddedPeer } from './start';
export { openLedgerReader, type LedgerReader } from './reader';
export type { StoreCopy, WrittenCopy } from './backup/chunks';
export { copyStore, restoreStore } from './backup/store-copy';
