/** Height at which a value was committed: Fabric's version of a key. */
export interface Version {
  readonly block: number;
  readonly tx: number;
}

const BLOCK_BYTES = 8;
export const VERSION_BYTES = 12;

export function isSameVersion(a: Version | undefined, b: Version | undefined): boolean {
  return a?.block === b?.block && a?.tx === b?.tx;
}

/** Twelve bytes that sort as the versions do. */
export function encodeVersion({ block, tx }: Version): Buffer {
  const bytes = Buffer.allocUnsafe(VERSION_BYTES);
  bytes.writeBigUInt64BE(BigInt(block), 0);
  bytes.writeUInt32BE(tx, BLOCK_BYTES);
  return bytes;
}

export function decodeVersion(bytes: Buffer, at = 0): Version {
  return { block: Number(bytes.readBigUInt64BE(at)), tx: bytes.readUInt32BE(at + BLOCK_BYTES) };
}
