import { createHash } from 'node:crypto';
import { chunksOfGiven } from '@carbon-ledger/auditor/stored';
import { fileError } from '@carbon-ledger/core';
import { damaged, MAX_LINE_BYTES } from './export-format';

const NEWLINE = 0x0a;

/** A line of a file without its newline, and the digest of everything before it. */
export interface Line {
  readonly bytes: Buffer;
  /** From 1. */
  readonly number: number;
  /** `sha256:` and hex, over every byte before this line; asked only of the last one. */
  readonly digestBefore: () => string;
}

/**
 * Lines of a file, one in memory at a time.
 * @throws LedgerError FILE_UNREADABLE; EXPORT_DAMAGED for a line without end
 */
export async function* readLines(file: string): AsyncGenerator<Line, void, undefined> {
  const hash = createHash('sha256');
  let number = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunksOf(file)) {
    let start = 0;
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = bytes.indexOf(NEWLINE, rest.length); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      const line = bytes.subarray(start, end);
      number += 1;
      yield { bytes: line, number, digestBefore: () => `sha256:${hash.copy().digest('hex')}` };
      hash.update(bytes.subarray(start, end + 1));
      start = end + 1;
    }
    rest = bytes.subarray(start);
    if (rest.length > MAX_LINE_BYTES) throw damaged(number + 1, 'it is too long');
  }
  if (rest.length > 0) throw damaged(number + 1, 'the file ends in the middle of it');
}

async function* chunksOf(file: string): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield* chunksOfGiven(file);
  } catch (cause) {
    throw fileError(cause, file, 'read');
  }
}
