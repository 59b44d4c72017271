import { sign, verify, type KeyObject } from 'node:crypto';

/** Order of the P-256 group (FIPS 186-5). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const HALF_ORDER = ORDER >> 1n;
const SCALAR_BYTES = 32;
const HALF_ORDER_BYTES = Buffer.from(HALF_ORDER.toString(16).padStart(SCALAR_BYTES * 2, '0'), 'hex');
const TAG_SEQUENCE = 0x30;
const TAG_INTEGER = 0x02;

function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);
}

function derInteger(value: Uint8Array): Buffer {
  let start = 0;
  while (start < value.length - 1 && value[start] === 0) start += 1;
  const digits = value.subarray(start);
  const pad = (digits[0] ?? 0) >= 0x80 ? [0] : [];
  return Buffer.from([TAG_INTEGER, digits.length + pad.length, ...pad, ...digits]);
}

function lowS(s: Buffer): Buffer {
  const value = toBigInt(s);
  if (value <= HALF_ORDER) return s;
  return Buffer.from((ORDER - value).toString(16).padStart(SCALAR_BYTES * 2, '0'), 'hex');
}

/**
 * ECDSA P-256 over SHA-256, DER, with S in the lower half of the order: Fabric refuses the other half,
 * because (r, n − s) would be a second valid signature of the same bytes.
 */
export function signLowS(key: KeyObject, data: Uint8Array): Buffer {
  const raw = sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' });
  const body = Buffer.concat([derInteger(raw.subarray(0, SCALAR_BYTES)), derInteger(lowS(raw.subarray(SCALAR_BYTES)))]);
  return Buffer.concat([Buffer.from([TAG_SEQUENCE, body.length]), body]);
}

/** The digits of an INTEGER without its sign byte, and where the next element starts. */
function readInteger(der: Uint8Array, at: number): { digits: Uint8Array; next: number } | undefined {
  const length = der[at + 1];
  if (der[at] !== TAG_INTEGER || length === undefined || length === 0 || length > SCALAR_BYTES + 1) return undefined;
  const next = at + 2 + length;
  if (next > der.length) return undefined;
  const start = der[at + 2] === 0 ? at + 3 : at + 2;
  return { digits: der.subarray(start, next), next };
}

function isLowerHalf(digits: Uint8Array): boolean {
  if (digits.length !== SCALAR_BYTES) return digits.length > 0 && digits.length < SCALAR_BYTES;
  return Buffer.compare(digits, HALF_ORDER_BYTES) <= 0;
}

/** Whether the bytes are a DER signature whose S lies in the lower half of the order. */
export function isLowS(der: Uint8Array): boolean {
  if (der[0] !== TAG_SEQUENCE || der[1] !== der.length - 2) return false;
  const r = readInteger(der, 2);
  const s = r && readInteger(der, r.next);
  return s?.next === der.length && isLowerHalf(s.digits);
}

export function isSignatureOf(key: KeyObject, data: Uint8Array, signature: Uint8Array): boolean {
  return isLowS(signature) && verify('sha256', data, key, signature);
}
