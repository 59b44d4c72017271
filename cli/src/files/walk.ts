import { lstat, stat } from 'node:fs/promises';
import { systemReason } from '@carbon-ledger/core';
import { findPlace, joinPlace, namesIn, placeOf, type Place } from './place';

/** Something that was named, or lies in a folder that was named, and is not looked into: it is told, never skipped. */
export interface PassedOver {
  readonly passedOver: Place;
  readonly why: string;
}

export type Found = Place | PassedOver;

export function isPassedOver(found: Found): found is PassedOver {
  return typeof found === 'object' && 'passedOver' in found;
}

interface Entry {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
  isFIFO(): boolean;
  isSocket(): boolean;
}

const notLooked = 'it was not looked at';

function kindOf(entry: Entry): string {
  if (entry.isSymbolicLink()) return `a link, which is not followed: ${notLooked}`;
  if (entry.isFIFO()) return `a pipe, not a file: ${notLooked}`;
  return entry.isSocket() ? `a socket, not a file: ${notLooked}` : `a device, not a file: ${notLooked}`;
}

async function* entriesOf(folder: Place): AsyncGenerator<Found> {
  for (const name of await namesIn(folder)) yield* foundAt(joinPlace(folder, placeOf(name)), lstat);
}

/** Files below a folder in name order, one folder's names at a time. Links are not followed. */
async function* filesBelow(folder: Place): AsyncGenerator<Found> {
  let count = 0;
  try {
    for await (const found of entriesOf(folder)) {
      count += 1;
      yield found;
    }
  } catch (error) {
    yield { passedOver: folder, why: `the folder cannot be read: ${systemReason(error)}` };
    return;
  }
  if (count === 0) yield { passedOver: folder, why: 'the folder is empty: there is nothing to look at' };
}

async function* foundAt(place: Place, look: (place: Place) => Promise<Entry>): AsyncGenerator<Found> {
  let entry: Entry;
  try {
    entry = await look(place);
  } catch (error) {
    yield { passedOver: place, why: systemReason(error) };
    return;
  }
  if (entry.isDirectory()) yield* filesBelow(place);
  else yield entry.isFile() ? place : { passedOver: place, why: kindOf(entry) };
}

/**
 * The files that the arguments name: a file itself, or every file below a folder. What is not there, cannot be read, is a
 * link, pipe or device, or an empty folder comes as passed over: each argument gives something.
 */
export async function* filesOf(places: readonly string[]): AsyncGenerator<Found> {
  for (const named of places) yield* foundAt(await findPlace(named), (place) => stat(place));
}
