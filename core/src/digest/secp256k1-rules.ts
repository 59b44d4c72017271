import { compareBytes, fromHex } from '../bytes';

/** Half of the order n of secp256k1, rounded down (SEC 2): a larger s is the malleable twin of a smaller one. */
const HALF_ORDER = fromHex('7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0');
const ORDER = fromHex('fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141');
const ZERO = new Uint8Array(32);

/**
 * The form every library must be held to before it may recover a key: 32-byte hash, r in [1, n), s in [1, n/2],
 * recovery bit 0 or 1 (2 and 3 mean r ≥ n, which nobody can produce on purpose).
 */
export function isRecoverable(hash: Uint8Array, signature: Uint8Array, recoveryBit: number): boolean {
  if (hash.length !== 32 || signature.length !== 64) return false;
  if (recoveryBit !== 0 && recoveryBit !== 1) return false;
  const r = signature.subarray(0, 32);
  const s = signature.subarray(32);
  return inRange(r, ORDER, false) && inRange(s, HALF_ORDER, true);
}

function inRange(value: Uint8Array, limit: Uint8Array, inclusive: boolean): boolean {
  const order = compareBytes(value, limit);
  return compareBytes(value, ZERO) > 0 && (inclusive ? order <= 0 : order < 0);
}
