import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createFileDigest, systemReason, type FileDigests } from '@carbon-ledger/core';
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

/** Where the shell hands over what another program writes: `<(…)`. */
const ofProcess = /^\/(?:dev|proc)\//;

/** A pipe with a name that nobody writes to would hold the command for ever, and no signal would end it. */
async function isNamedPipe(place: Place): Promise<boolean> {
  return !ofProcess.test(shownPlace(place)) && (await stat(place)).isFIFO();
}

/** Both digests of a file, read as a stream: a file of any size needs little memory. Never throws. */
export async function hashFile(place: Place): Promise<HashOutcome> {
  try {
    if (await isNamedPipe(place)) return unreadable(place, 'a pipe, not a file: it was not looked at');
    const digest = createFileDigest();
    let size = 0;
    for await (const chunk of createReadStream(place, { highWaterMark: 1 << 20 })) {
      digest.update(chunk as Uint8Array);
      size += (chunk as Uint8Array).length;
    }
    return { ...named(place), size, ...digest.digest() };
  } catch (error) {
    return unreadable(place, systemReason(error));
  }
}
