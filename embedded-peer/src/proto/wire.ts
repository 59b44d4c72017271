const WIRE_VARINT = 0;
const WIRE_BYTES = 2;

/** Protobuf base-128 varint of a non-negative integer below 2^53. */
export function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}

/** One length-delimited field. Lets stored bytes be sent without decoding them first. */
export function bytesField(number: number, ...parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([varint(number * 8 + WIRE_BYTES), varint(length), ...parts]);
}

export function varintField(number: number, value: number): Buffer {
  return Buffer.concat([varint(number * 8 + WIRE_VARINT), varint(value)]);
}
