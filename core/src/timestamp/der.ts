import { invalid } from './fault';

/*
 * A strict reader of DER (ITU-T X.690 sections 8 and 10), as far as tokens and certificates need it. Own code because
 * the libraries for this weigh 70 to 270 kB, which the offline verifier page has no room for, and read BER, which
 * gives one token many spellings.
 */

/** Identifier octets (X.690 section 8.1.2); tags above 30 are not used here. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Context-specific, primitive (`[n] IMPLICIT` of a simple type). */
export function contextTag(number: number): number {
  return 0x80 | number;
}

/** Context-specific, constructed (`[n] EXPLICIT`, or `[n] IMPLICIT` of a structure). */
export function contextStructure(number: number): number {
  return 0xa0 | number;
}

export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag, length and content. */
  readonly whole: Uint8Array;
}

/** Reads elements one after the other, each with the tag that the structure asks for. */
export class DerCursor {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** The next element, whatever it is. */
  any(): DerElement {
    const element = readElement(this.#bytes, this.#at);
    this.#at += element.whole.length;
    return element;
  }

  take(tag: number): DerElement {
    const element = this.maybe(tag);
    if (element === undefined) throw invalid(`an element of type ${tag.toString(16)} is missing`);
    return element;
  }

  /** The next element if it has this tag; an optional one that is absent is passed over. */
  maybe(tag: number): DerElement | undefined {
    return this.#bytes[this.#at] === tag ? this.any() : undefined;
  }

  /** Contents of the next element, to be read in turn. */
  enter(tag: number): DerCursor {
    return new DerCursor(this.take(tag).content);
  }

  rest(): DerElement[] {
    const elements: DerElement[] = [];
    while (!this.atEnd) elements.push(this.any());
    return elements;
  }

  /** Nothing may follow: what nobody reads, somebody could hide things in. */
  end(): void {
    if (!this.atEnd) throw invalid('there are bytes behind its end');
  }
}

/** The one element that these bytes are. */
export function readDer(bytes: Uint8Array, tag: number): DerCursor {
  const cursor = new DerCursor(bytes);
  const inner = cursor.enter(tag);
  cursor.end();
  return inner;
}

function readElement(bytes: Uint8Array, start: number): DerElement {
  const tag = byteAt(bytes, start);
  if ((tag & 0x1f) === 0x1f) throw invalid('it uses long tags');
  const { length, from } = readLength(bytes, start + 1);
  const end = from + length;
  if (end > bytes.length) throw invalid('it is cut off');
  return { tag, content: bytes.subarray(from, end), whole: bytes.subarray(start, end) };
}

/** Definite and in the fewest bytes (X.690 section 10.1). */
function readLength(bytes: Uint8Array, at: number): { length: number; from: number } {
  const first = byteAt(bytes, at);
  if (first < 0x80) return { length: first, from: at + 1 };
  const count = first & 0x7f;
  if (count === 0 || count > 3) throw invalid('it has an indefinite or huge length');
  let length = 0;
  for (let i = 1; i <= count; i++) length = length * 256 + byteAt(bytes, at + i);
  if (length < 0x80 || length < 256 ** (count - 1)) throw invalid('a length is not in its shortest form');
  return { length, from: at + 1 + count };
}

function byteAt(bytes: Uint8Array, index: number): number {
  const byte = bytes[index];
  if (byte === undefined) throw invalid('it is cut off');
  return byte;
}
