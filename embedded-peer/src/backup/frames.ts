import { LedgerError } from '@carbon-ledger/core';
import type { Entry } from '../ledger/store';

const LENGTH_BYTES = 4;
const HEADER_BYTES = 2 * LENGTH_BYTES;
const COUNT_BYTES = 8;

/** A key and its value, each with its length before it (32 bits, big-endian): keys first, then both of them. */
export function frameOf([key, value]: Entry): Buffer {
  const lengths = Buffer.allocUnsafe(HEADER_BYTES);
  lengths.writeUInt32BE(key.length, 0);
  lengths.writeUInt32BE(value.length, LENGTH_BYTES);
  return Buffer.concat([lengths, key, value]);
}

/** Says that everything came: no key is empty, and its value is the number of frames before it. */
export function endFrame(count: number): Buffer {
  const value = Buffer.allocUnsafe(COUNT_BYTES);
  value.writeBigUInt64BE(BigInt(count));
  return frameOf([Buffer.alloc(0), value]);
}

/** The entries of one buffer of whole frames. @throws RangeError where it is none */
export function* framesIn(bytes: Buffer): Generator<Entry> {
  for (let at = 0; at < bytes.length;) {
    const from = at + HEADER_BYTES;
    const middle = from + bytes.readUInt32BE(at);
    const to = middle + bytes.readUInt32BE(at + LENGTH_BYTES);
    if (to > bytes.length) throw new RangeError('a frame is cut off');
    yield [bytes.subarray(from, middle), bytes.subarray(middle, to)];
    at = to;
  }
}

/** Bytes that come in pieces, to be taken in other pieces; a large one is put together once. */
class ByteQueue {
  readonly #source: AsyncIterator<Uint8Array>;
  #parts: Uint8Array[] = [];
  #length = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** @throws LedgerError UNREACHABLE where the source ends before */
  async take(length: number): Promise<Buffer> {
    while (this.#length < length) {
      const next = await this.#source.next();
      if (next.done === true) throw new LedgerError('UNREACHABLE', 'the service broke off in the middle of its store');
      this.#parts.push(next.value);
      this.#length += next.value.length;
    }
    const all = Buffer.concat(this.#parts);
    this.#parts = [all.subarray(length)];
    this.#length -= length;
    return all.subarray(0, length);
  }
}

/** The entries that a service sends, to the frame that says so. @throws LedgerError UNREACHABLE where one is missing */
export async function* readFrames(source: AsyncIterable<Uint8Array>): AsyncGenerator<Entry> {
  const queue = new ByteQueue(source);
  for (let count = 0; ; count += 1) {
    const lengths = await queue.take(HEADER_BYTES);
    const keyLength = lengths.readUInt32BE(0);
    const both = await queue.take(keyLength + lengths.readUInt32BE(LENGTH_BYTES));
    if (keyLength > 0) yield [both.subarray(0, keyLength), both.subarray(keyLength)];
    else {
      assertAll(both, count);
      return;
    }
  }
}

function assertAll(value: Buffer, count: number): void {
  if (value.length === COUNT_BYTES && value.readBigUInt64BE() === BigInt(count)) return;
  throw new LedgerError('UNREACHABLE', 'the service sent another number of entries than it says');
}
