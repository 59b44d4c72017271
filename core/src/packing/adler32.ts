const MODULUS = 65_521;
/** Sums of so many bytes stay within 53 bits by far. */
const BLOCK = 4096;

/** Checksum of RFC 1950, section 8.2: against accidents, not against anybody. */
export function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let start = 0; start < bytes.length; start += BLOCK) {
    const end = Math.min(start + BLOCK, bytes.length);
    for (let at = start; at < end; at++) {
      a += bytes[at] ?? 0;
      b += a;
    }
    a %= MODULUS;
    b %= MODULUS;
  }
  return b * 65_536 + a;
}
