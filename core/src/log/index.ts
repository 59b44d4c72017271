export {
  formatCheckpoint,
  originOf,
  parseCheckpoint,
  signCheckpoint,
  verifyCheckpoint,
  verifyLogSignature,
  type Checkpoint,
  type CheckpointPolicy,
  type RetiredKey,
  type VerifiedCheckpoint,
} from './checkpoint';
export {
  cosignedCheckpoint,
  cosignedNote,
  cosignerBytes,
  cosignerName,
  judgeCosignature,
  type CosignerState,
  type CosignFacts,
  type CosignRequest,
} from './cosigner';
export { proveCosignerKey, type CosignerRegistration } from './cosigner-registration';
export { cosign, cosignedMessage, splitCosignature, type Cosignature } from './cosignature';
export {
  formatVkey,
  isKeyName,
  noteSigner,
  parseVkey,
  verifierKey,
  type NoteKeyType,
  type NoteSigner,
  type VerifierKey,
} from './keys';
export {
  formatNote,
  formatSignatureLine,
  MAX_NOTE_LENGTH,
  MAX_NOTE_SIGNATURES,
  parseNote,
  parseSignatureLine,
  signNote,
  verifiedKeys,
  type NoteSignature,
  type SignedNote,
} from './note';
export { formatTlogProof, parseTlogProof, type TlogProof } from './proof-text';
export { consistencyFromTiles, inclusionFromTiles, rootFromTiles, type ReadTile } from './tile-proof';
export {
  decodeEntries,
  encodeEntries,
  MAX_ENTRY_BYTES,
  parseTilePath,
  TILE_HEIGHT,
  TILE_WIDTH,
  tilePath,
  tileWidth,
  type TileId,
} from './tiles';
