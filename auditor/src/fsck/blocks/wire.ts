const VARINT = 0;
const BYTES = 2;

/** One field of a protobuf message. */
interface Field {
  readonly number: number;
  readonly value: number | Uint8Array;
}

/** A message taken apart, and whether it is written as every Fabric node writes it: nothing unknown, out of order or padded. */
export interface WireMessage {
  readonly fields: readonly Field[];
  readonly isExact: boolean;
}

class WireReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  isMinimal = true;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 53; shift += 7) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new Error('it ends inside a number');
      value += (byte & 0x7f) * 2 ** shift;
      if (byte >= 0x80) continue;
      if (byte === 0 && shift > 0) this.isMinimal = false;
      return value;
    }
    throw new Error('a number is too large');
  }

  take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new Error('it ends inside a field');
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }
}

/**
 * Reads a message of varint and length-delimited fields, which is all that a block has around its envelopes. Not by the
 * generated classes: they live in one global table, where an older copy of them may have taken the place of newer ones,
 * and fields that it does not know would go unseen.
 * @throws Error when the bytes are no such message
 */
export function readMessage(bytes: Uint8Array, known: readonly number[]): WireMessage {
  const reader = new WireReader(bytes);
  const fields: Field[] = [];
  let isInOrder = true;
  while (!reader.atEnd) {
    const tag = reader.varint();
    const number = Math.floor(tag / 8);
    const type = tag % 8;
    if (type !== VARINT && type !== BYTES) throw new Error(`it has a field of wire type ${String(type)}`);
    const value = type === VARINT ? reader.varint() : reader.take(reader.varint());
    isInOrder &&= known.includes(number) && number >= (fields.at(-1)?.number ?? 0);
    fields.push({ number, value });
  }
  return { fields, isExact: isInOrder && reader.isMinimal };
}

/** All values of a length-delimited field, in order. */
export function bytesFields({ fields }: WireMessage, number: number): Uint8Array[] {
  return fields.flatMap((field) => (field.number === number && typeof field.value !== 'number' ? [field.value] : []));
}

/** The last value counts, as in every protobuf reader; empty where there is none. */
export function bytesField(message: WireMessage, number: number): Uint8Array {
  return bytesFields(message, number).at(-1) ?? new Uint8Array(0);
}

export function numberField({ fields }: WireMessage, number: number): number {
  const values = fields.flatMap((field) => (field.number === number ? [field.value] : []));
  const last = values.at(-1);
  return typeof last === 'number' ? last : 0;
}
