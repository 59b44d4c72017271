export * from './retention';
export { RETENTION_YEARS } from './years';
export { assertPurgeOrdered, parsePurgeOrder } from './purge-order';
export {
  purgeDigest,
  purgeTypes,
  signPurge,
  verifyPurgeSignature,
  type PurgeOrder,
  type PurgeSignature,
} from './purge-signature';
