import { verify, type KeyObject } from 'node:crypto';

/** Half the order of the P-256 group (FIPS 186-5). */
const HALF_ORDER = Buffer.from('7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8', 'hex');
const INTEGER = 0x02;
const SEQUENCE = 0x30;

/** Position behind an ASN.1 INTEGER of at most 33 bytes, or undefined. */
function endOfInteger(der: Uint8Array, at: number): number | undefined {
  const length = der[at + 1];
  if (der[at] !== INTEGER || length === undefined || length === 0 || length > 33) return undefined;
  return at + 2 + length;
}

/** Whether these are the DER bytes of a signature whose s is in the lower half: Fabric refuses the other, which is as valid. */
function isLowS(der: Uint8Array): boolean {
  if (der[0] !== SEQUENCE || der[1] !== der.length - 2) return false;
  const start = endOfInteger(der, 2);
  if (start === undefined || endOfInteger(der, start) !== der.length) return false;
  const digits = Buffer.from(der.subarray(start + 2));
  const s = digits[0] === 0 ? digits.subarray(1) : digits;
  if (s.length > HALF_ORDER.length) return false;
  return Buffer.compare(Buffer.concat([Buffer.alloc(HALF_ORDER.length - s.length), s]), HALF_ORDER) <= 0;
}

/** ECDSA P-256 over SHA-256, low s. */
export function isSignatureOf(key: KeyObject, data: Uint8Array, signature: Uint8Array): boolean {
  return isLowS(signature) && verify('sha256', data, key, signature);
}
