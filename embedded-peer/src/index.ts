export type { EmbeddedPeerOptions } from './options';
export type { CollectionConfig } from './simulation/collections';
export { startEmbeddedPeer, type ClientIdentity, type EmbeddedPeer } from './start';
