import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { systemReason } from '@carbon-ledger/core';
import type { ArchivedFile } from './archived';
import { headBytes } from './container';

/** What a file of an archive is, told as it passes by: a chunk at a time is in memory. */
export interface Digested {
  readonly sha256: string;
  /** The bytes with which it begins. */
  readonly head: Buffer;
}

async function digestOf(stream: Readable, { size, crc32: stated }: ArchivedFile): Promise<Digested | string> {
  const hash = createHash('sha256');
  let head = Buffer.of();
  let sum = 0;
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hash.update(chunk);
    length += chunk.length;
    sum = crc32(chunk, sum);
    if (head.length < headBytes) head = Buffer.concat([head, chunk]).subarray(0, headBytes);
  }
  if (length !== size) return 'it is damaged: it has another size than the archive states';
  if (stated !== undefined && sum !== stated)
    return 'it is damaged: its checksum is another one than the archive states';
  return { sha256: `sha256:${hash.digest('hex')}`, head };
}

/** Why it cannot be told, else. */
export async function digested(file: ArchivedFile): Promise<Digested | string> {
  try {
    return await digestOf(await file.unpack(), file);
  } catch (error) {
    return `it is damaged: ${systemReason(error)}`;
  }
}
