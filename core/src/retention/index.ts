export * from './retention';
export {
  purgeDigest,
  purgeTypes,
  signPurge,
  verifyPurgeSignature,
  type PurgeOrder,
  type PurgeSignature,
} from './purge-signature';
