import { createReadStream } from 'node:fs';
import { createFileDigest, type FileDigests } from '@carbon-ledger/core';

export interface HashedFile extends FileDigests {
  readonly path: string;
  readonly size: number;
}

interface UnreadableFile {
  readonly path: string;
  /** What the system said. */
  readonly error: string;
}

export type HashOutcome = HashedFile | UnreadableFile;

export function isHashed(outcome: HashOutcome): outcome is HashedFile {
  return 'sha256' in outcome;
}

/** Both digests of a file, read as a stream: a file of any size needs little memory. Never throws. */
export async function hashFile(path: string): Promise<HashOutcome> {
  try {
    const digest = createFileDigest();
    let size = 0;
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      digest.update(chunk as Uint8Array);
      size += (chunk as Uint8Array).length;
    }
    return { path, size, ...digest.digest() };
  } catch (error) {
    return { path, error: error instanceof Error ? error.message : String(error) };
  }
}
