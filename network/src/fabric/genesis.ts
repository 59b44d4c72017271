import { createHash } from 'node:crypto';

/** Field numbers of common.Block and common.BlockHeader (fabric-protos, common/common.proto). */
const BLOCK_HEADER = 1;
const HEADER_DATA_HASH = 3;

const WIRE_VARINT = 0;
const WIRE_BYTES = 2;
const HASH_BYTES = 32;

/**
 * Hash of a channel's first block, in hex: the ledger's identity, which every signature on it names. Fabric hashes the
 * DER of SEQUENCE { number INTEGER, previous OCTET STRING, data OCTET STRING } (protoutil.BlockHeaderBytes); in the first
 * block the number is 0 and there is no previous hash.
 * @throws RangeError when the bytes are no first block
 */
export function genesisHash(block: Uint8Array): string {
  const dataHash = bytesField(bytesField(block, BLOCK_HEADER), HEADER_DATA_HASH);
  if (dataHash.length !== HASH_BYTES) throw new RangeError('the block has no data hash');
  const content = Buffer.concat([Buffer.from([0x02, 0x01, 0x00, 0x04, 0x00, 0x04, HASH_BYTES]), dataHash]);
  const header = Buffer.concat([Buffer.from([0x30, content.length]), content]);
  return createHash('sha256').update(header).digest('hex');
}

/** The first length-delimited field of that number in a protobuf message; empty when it is absent. */
function bytesField(message: Uint8Array, wanted: number): Uint8Array {
  let offset = 0;
  while (offset < message.length) {
    const tag = readVarint(message, offset);
    const value = readVarint(message, tag.next);
    const [field, wire] = [tag.value >>> 3, tag.value & 7];
    if (wire !== WIRE_VARINT && wire !== WIRE_BYTES)
      throw new RangeError(`wire type ${wire} is not expected in a block`);
    const end = wire === WIRE_BYTES ? value.next + value.value : value.next;
    if (end > message.length) throw new RangeError('the block is cut off');
    if (field === wanted && wire === WIRE_BYTES) return message.subarray(value.next, end);
    offset = end;
  }
  return new Uint8Array();
}

function readVarint(bytes: Uint8Array, start: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = bytes[start + shift / 7];
    if (byte === undefined) throw new RangeError('the block is cut off');
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, next: start + shift / 7 + 1 };
  }
  throw new RangeError('a number in the block is too long');
}
