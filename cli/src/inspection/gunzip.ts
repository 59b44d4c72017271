import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { systemReason } from '@carbon-ledger/core';
import type { Budget } from './budget';
import { headBytes } from './container';
import { refusalByRatio } from './entry-bounds';
import type { InnerArchives } from './inner-archives';

/** What a gzip holds, on the disk. */
export interface Unpacked {
  readonly target: string;
  /** The bytes with which it begins. */
  readonly head: Buffer;
  readonly size: number;
}

class Refusal extends Error {}

/** What zlib means by its codes. */
const meanings: Readonly<Record<string, string>> = {
  Z_DATA_ERROR: 'its bytes are no gzip, or damaged',
  Z_BUF_ERROR: 'it is cut off',
};

function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  const { code = '' } = error as NodeJS.ErrnoException;
  return `the archive cannot be read: ${meanings[code] ?? systemReason(error)}`;
}

/** Counts what passes by, and ends it where it becomes too much. */
class Meter {
  readonly #packed: number;
  readonly #budget: Budget;
  readonly #room: InnerArchives;
  head = Buffer.of();
  size = 0;

  constructor(packed: number, budget: Budget, room: InnerArchives) {
    this.#packed = packed;
    this.#budget = budget;
    this.#room = room;
  }

  async *pass(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      this.size += chunk.length;
      const why = this.#refusal(chunk.length);
      if (why !== undefined) throw new Refusal(why);
      if (this.head.length < headBytes) this.head = Buffer.concat([this.head, chunk]).subarray(0, headBytes);
      yield chunk;
    }
  }

  #refusal(bytes: number): string | undefined {
    const ratio = refusalByRatio(this.size, this.#packed);
    if (ratio !== undefined) return `${ratio}: it was not looked at`;
    return this.#room.take(bytes) ? this.#budget.unpack(bytes) : 'archives inside archives take more than 2 GB';
  }
}

/** What a gzip packs. What follows it is left where it is: a stick’s last block may be filled up with zeros. */
function inflated(source: Readable): Readable {
  const gunzip = createGunzip();
  source.on('error', (error: Error) => gunzip.destroy(error));
  gunzip.once('end', () => source.unpipe(gunzip));
  return source.pipe(gunzip);
}

/**
 * Unpacks a gzip onto the disk. Its checksum is looked at by zlib. Memory holds a chunk.
 * @param packed bytes of the gzip
 * @returns why it was not unpacked, else
 */
export async function gunzipped(
  source: Readable,
  packed: number,
  budget: Budget,
  room: InnerArchives,
): Promise<Unpacked | string> {
  const target = await room.place();
  const meter = new Meter(packed, budget, room);
  try {
    await pipeline(inflated(source), (chunks: AsyncIterable<Buffer>) => meter.pass(chunks), createWriteStream(target));
    return { target, size: meter.size, head: meter.head };
  } catch (error) {
    return reasonOf(error);
  } finally {
    source.destroy();
  }
}
