import { hash } from 'node:crypto';

/** SHA-256 over the concatenation of the parts. */
export function sha256(...parts: readonly Uint8Array[]): Buffer {
  const [first, ...more] = parts;
  const bytes = first === undefined || more.length > 0 ? Buffer.concat(parts) : first;
  // In one call and by way of a string, which costs half of an object for each hash.
  return Buffer.from(hash('sha256', bytes, 'binary'), 'binary');
}

/** A Buffer over the same memory. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function hex(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('hex');
}

/** Order of Go strings and of LevelDB; JavaScript's own order differs beyond the BMP. */
export function compareUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
