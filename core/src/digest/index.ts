export { createFileDigest, digestBytes, isDigest, type FileDigest, type FileDigests } from './file-digest';
export {
  createSha256,
  createSm3,
  ed25519PublicKey,
  ed25519Sign,
  ed25519Verify,
  keccak256,
  p256Verify,
  recoverSecp256k1,
  secp256k1PublicKey,
  sha256,
  signSecp256k1,
  sm3,
} from '#digest-platform';
export type { IncrementalHash, Platform, RecoverableSignature } from './platform-types';
