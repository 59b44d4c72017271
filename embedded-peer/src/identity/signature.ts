import { sign, verify, type KeyObject } from 'node:crypto';

/** Order of the P-256 group (FIPS 186-5). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const HALF_ORDER = ORDER >> 1n;
const SCALAR_BYTES = 32;
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

function readInteger(der: Uint8Array, at: number): { value: bigint; next: number } | undefined {
  const length = der[at + 1];
  if (der[at] !== TAG_INTEGER || length === undefined || length === 0 || length > SCALAR_BYTES + 1) return undefined;
  const next = at + 2 + length;
  if (next > der.length) return undefined;
  return { value: toBigInt(der.subarray(at + 2, next)), next };
}

/** Whether the bytes are a DER signature whose S lies in the lower half of the order. */
export function isLowS(der: Uint8Array): boolean {
  if (der[0] !== TAG_SEQUENCE || der[1] !== der.length - 2) return false;
  const r = readInteger(der, 2);
  const s = r && readInteger(der, r.next);
  return s?.next === der.length && s.value > 0n && s.value <= HALF_ORDER;
}

export function isSignatureOf(key: KeyObject, data: Uint8Array, signature: Uint8Array): boolean {
  return isLowS(signature) && verify('sha256', data, key, signature);
}
