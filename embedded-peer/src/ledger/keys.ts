import { encodeVersion, type Version } from './version';

/**
 * The one key space of the store. First byte = table; names cannot hold a zero byte (Fabric allows `[A-Za-z0-9_.+-]`),
 * so a zero byte ends them and keys sort by name first and UTF-8 bytes of the key next, as Fabric's state does.
 *
 * | table | key | value |
 * |---|---|---|
 * | m | name | height, tip, commit hash |
 * | b | block number | common.Block |
 * | h | block header hash | block number |
 * | t | transaction id | version, validation code |
 * | s | namespace, key | public state |
 * | y | namespace, key, version | – (history: the value is in the block) |
 * | p | namespace, collection, key | version (private state; the value is in d) |
 * | q | namespace, collection, SHA-256 of the key | hashed state |
 * | d | namespace, collection, SHA-256 of the key, version | private key and value |
 */
const ZERO = Buffer.from([0]);

function table(letter: string, ...parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat([Buffer.from(letter), ...parts]);
}

function name(text: string): Buffer {
  return Buffer.concat([Buffer.from(text), ZERO]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

export const metaKey = (entry: string): Buffer => table('m', Buffer.from(entry));
export const blockKey = (number: number): Buffer => table('b', uint64(number));
export const blockHashKey = (hash: Uint8Array): Buffer => table('h', hash);
export const transactionKey = (txId: string): Buffer => table('t', Buffer.from(txId));
/** First byte of the keys of public state. */
export const stateTable = 's'.charCodeAt(0);
export const statePrefix = (namespace: string): Buffer => table('s', name(namespace));
export const stateKey = (namespace: string, key: string): Buffer => table('s', name(namespace), Buffer.from(key));
export const privatePrefix = (namespace: string, collection: string): Buffer =>
  table('p', name(namespace), name(collection));
export const privateKey = (namespace: string, collection: string, key: string): Buffer =>
  Buffer.concat([privatePrefix(namespace, collection), Buffer.from(key)]);
export const hashedKey = (namespace: string, collection: string, keyHash: Uint8Array): Buffer =>
  table('q', name(namespace), name(collection), keyHash);
export const privateValuePrefix = (namespace: string, collection: string, keyHash: Uint8Array): Buffer =>
  table('d', name(namespace), name(collection), keyHash);
export const privateValueKey = (namespace: string, collection: string, keyHash: Uint8Array, version: Version): Buffer =>
  Buffer.concat([privateValuePrefix(namespace, collection, keyHash), encodeVersion(version)]);

/** The length keeps the entries of `a` apart from those of `ab`. */
export function historyPrefix(namespace: string, key: string): Buffer {
  const bytes = Buffer.from(key);
  return table('y', name(namespace), uint32(bytes.length), bytes);
}

export const historyKey = (namespace: string, key: string, version: Version): Buffer =>
  Buffer.concat([historyPrefix(namespace, key), encodeVersion(version)]);

/** The first key after every key that starts with `prefix`. */
export function afterPrefix(prefix: Buffer): Buffer {
  const end = Buffer.from(prefix);
  for (let at = end.length - 1; at >= 0; at -= 1) {
    const byte = end[at] ?? 0;
    if (byte < 0xff) {
      end[at] = byte + 1;
      return end.subarray(0, at + 1);
    }
  }
  return Buffer.from([0xff]);
}
