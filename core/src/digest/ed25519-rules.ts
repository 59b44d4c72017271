import { toHex } from '../bytes';

/** The y of every point of order 1, 2, 4 or 8, little-endian, without the sign of x. */
const SMALL_ORDER: ReadonlySet<string> = new Set([
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  `ec${'ff'.repeat(30)}7f`,
]);
/** Values of y from p = 2^255 − 19 on are second spellings of smaller ones (RFC 8032, section 5.1.3). */
const NOT_REDUCED = /^(?:e[d-f]|f.)(?:ff){30}7f$/;

/**
 * The keys that every library must be held to: a key of small order "signed" messages that nobody signed, and libraries
 * differ in whether they take one.
 */
export function isSoundEd25519Key(publicKey: Uint8Array): boolean {
  if (publicKey.length !== 32) return false;
  const y = toHex(publicKey.map((byte, at) => (at === 31 ? byte & 0x7f : byte)));
  return !SMALL_ORDER.has(y) && !NOT_REDUCED.test(y);
}
