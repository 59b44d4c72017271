import { createHash } from 'node:crypto';

/** SHA-256 over the concatenation of the parts: the one hash function of Fabric's default crypto configuration. */
export function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
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
