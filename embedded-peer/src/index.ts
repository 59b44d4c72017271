import './endorser/quiet-shim';

export type { EmbeddedPeerOptions } from './options';
export type { CollectionConfig } from './simulation/collections';
export { startEmbeddedPeer, type ClientIdentity, type EmbeddedPeer } from './start';
export { openLedgerReader, type LedgerReader } from './reader';
export { copyLedgerStore, type CopiedStore } from './store-copy';
