import { sha256 } from './bytes';

/** The three fields that chain blocks (`common.BlockHeader`). */
export interface BlockHeader {
  readonly number: number;
  readonly previousHash: Uint8Array;
  readonly dataHash: Uint8Array;
}

const INTEGER = 0x02;
const OCTET_STRING = 0x04;
const SEQUENCE = 0x30;

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

function der(tag: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([tag, ...lengthBytes(content.length)]), content]);
}

/** ASN.1 INTEGER of a number that is not negative: a leading zero byte keeps the sign bit clear. */
function derNumber(value: number): Buffer {
  const digits = value.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  return der(INTEGER, (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]));
}

/** ASN.1 DER of number, previous hash and data hash (`protoutil.BlockHeaderBytes`): what orderers sign. */
export function blockHeaderBytes({ number, previousHash, dataHash }: BlockHeader): Buffer {
  return der(
    SEQUENCE,
    Buffer.concat([derNumber(number), der(OCTET_STRING, previousHash), der(OCTET_STRING, dataHash)]),
  );
}

/** What the next block names as its previous hash. */
export function blockHeaderHash(header: BlockHeader): Buffer {
  return sha256(blockHeaderBytes(header));
}

/** SHA-256 over all envelopes, one after the other (`protoutil.ComputeBlockDataHash`). */
export function blockDataHash(envelopes: readonly Uint8Array[]): Buffer {
  return sha256(...envelopes);
}
