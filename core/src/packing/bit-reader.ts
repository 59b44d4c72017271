import { LedgerError } from '../errors';

/** Bits of data, of each byte the lowest first (RFC 1951, section 3.1.1). */
export class BitReader {
  readonly #data: Uint8Array;
  #at = 0;
  /** Bits of the byte before `#at` that were not read yet, in the low places. */
  #held = 0;
  #left = 0;

  constructor(data: Uint8Array) {
    this.#data = data;
  }

  /** Whether no whole byte is left to read. */
  get isAtEnd(): boolean {
    return this.#at === this.#data.length;
  }

  /** The next bit. @throws LedgerError PROOF_MALFORMED behind the end */
  bit(): number {
    if (this.#left === 0) this.#next();
    const bit = this.#held & 1;
    this.#held >>= 1;
    this.#left -= 1;
    return bit;
  }

  /** A number of so many bits, 16 at most. @throws LedgerError PROOF_MALFORMED behind the end */
  take(count: number): number {
    let value = 0;
    for (let at = 0; at < count; at++) value |= this.bit() << at;
    return value;
  }

  /** Leaves what is left of the byte. */
  toByte(): void {
    this.#left = 0;
  }

  #next(): void {
    const byte = this.#data[this.#at];
    if (byte === undefined) throw new LedgerError('PROOF_MALFORMED', 'The file cannot be unpacked: it is cut short.');
    this.#at += 1;
    this.#held = byte;
    this.#left = 8;
  }
}
