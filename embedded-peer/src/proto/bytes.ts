import { hash } from 'node:crypto';

/** SHA-256 over the concatenation of the parts: the one hash function of Fabric's default crypto configuration. */
export function sha256(...parts: readonly Uint8Array[]): Buffer {
  const [first, ...more] = parts;
  const bytes = first === undefined || more.length > 0 ? Buffer.concat(parts) : first;
  // In one call and by way of a string, which costs half of an object for each hash.
  return Buffer.from(hash('sha256', bytes, 'binary'), 'binary');
}

/** A Buffer over the same memory. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Anything google-protobuf can write. */
export interface Serializable {
  serializeBinary(): Uint8Array;
}

export function encode(message: Serializable): Buffer {
  return asBuffer(message.serializeBinary());
}

/** Byte order, which is LevelDB's order and Go's string order; JavaScript's own order differs beyond the BMP. */
export function compareUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

export function byUtf8Key<T>(entries: Iterable<readonly [string, T]>): (readonly [string, T])[] {
  return [...entries].sort(([a], [b]) => compareUtf8(a, b));
}
