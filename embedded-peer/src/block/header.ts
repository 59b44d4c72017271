import { sha256 } from '../proto/bytes';

/** The three fields that chain blocks (`common.BlockHeader`). */
export interface BlockHeader {
  readonly number: number;
  readonly previousHash: Uint8Array;
  readonly dataHash: Uint8Array;
}

const TAG_INTEGER = 0x02;
const TAG_OCTETS = 0x04;
const TAG_SEQUENCE = 0x30;

function derLength(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

function der(tag: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([tag, ...derLength(content.length)]), content]);
}

function derUnsigned(value: number): Buffer {
  const hex = BigInt(value).toString(16);
  const digits = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return der(TAG_INTEGER, (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), digits]) : digits);
}

/** ASN.1 DER of SEQUENCE { number INTEGER, previousHash OCTET STRING, dataHash OCTET STRING }: what orderers sign. */
export function blockHeaderBytes({ number, previousHash, dataHash }: BlockHeader): Buffer {
  return der(
    TAG_SEQUENCE,
    Buffer.concat([derUnsigned(number), der(TAG_OCTETS, previousHash), der(TAG_OCTETS, dataHash)]),
  );
}

/** The next block's `previous_hash`. */
export function blockHeaderHash(header: BlockHeader): Buffer {
  return sha256(blockHeaderBytes(header));
}

/** SHA-256 over the concatenated envelopes, as `protoutil.ComputeBlockDataHash`. */
export function blockDataHash(envelopes: readonly Uint8Array[]): Buffer {
  return sha256(...envelopes);
}
