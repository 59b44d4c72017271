export { isSameIdentifier as sameIdentity, normaliseIdentifier as identityOf } from '../identifiers/normalise';
