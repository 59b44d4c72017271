import { chunksOfGiven } from '@carbon-ledger/auditor/given';
import type { FileDigests } from '@carbon-ledger/core';
import { createFileDigest } from '@carbon-ledger/core/digest';
import { systemReason } from '@carbon-ledger/core/errors';
import { baseOf, isText, shownPlace, type Place } from './place';

interface Named {
  /** As a person reads it. */
  readonly path: string;
  /** Its last part, as a person reads it. */
  readonly name: string;
  /** Hex of the bytes of the path, where they are no UTF-8. */
  readonly pathBytes?: string;
}

export interface HashedFile extends FileDigests, Named {
  readonly size: number;
}

export interface UnreadableFile extends Named {
  /** What the system said. */
  readonly error: string;
}

export type HashOutcome = HashedFile | UnreadableFile;

export function isHashed(outcome: HashOutcome): outcome is HashedFile {
  return 'sha256' in outcome;
}

function named(place: Place): Named {
  const name = { path: shownPlace(place), name: shownPlace(baseOf(place)) };
  return isText(place) ? name : { ...name, pathBytes: place.toString('hex') };
}

export function unreadable(place: Place, error: string): UnreadableFile {
  return { ...named(place), error };
}

/** Both digests of a file, read as a stream: a file of any size needs little memory. Never throws. */
export async function hashFile(place: Place): Promise<HashOutcome> {
  try {
    const digest = createFileDigest();
    let size = 0;
    for await (const chunk of chunksOfGiven(place)) {
      digest.update(chunk);
      size += chunk.length;
    }
    return { ...named(place), size, ...digest.digest() };
  } catch (error) {
    return unreadable(place, systemReason(error));
  }
}
