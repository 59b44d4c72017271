import { lstat, stat } from 'node:fs/promises';
import { isOfSystem, kindInWords, ofSystem, type PlaceKind } from '@carbon-ledger/auditor/given';
import { systemReason } from '@carbon-ledger/core/errors';
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

const notLooked = 'it was not looked at';

/** A folder whose names are gone through one after the other. */
interface OpenFolder {
  readonly folder: Place;
  readonly names: IterableIterator<Buffer>;
}

async function openFolder(folder: Place): Promise<OpenFolder | PassedOver> {
  try {
    const names = await namesIn(folder);
    if (names.length === 0) return { passedOver: folder, why: 'the folder is empty: there is nothing to look at' };
    return { folder, names: names.values() };
  } catch (error) {
    return { passedOver: folder, why: `the folder cannot be read: ${systemReason(error)}` };
  }
}

/** What is at a place: a file, a folder to look into, or what is passed over. */
async function lookAt(
  place: Place,
  look: (place: Place) => Promise<PlaceKind>,
): Promise<Place | OpenFolder | PassedOver> {
  try {
    const entry = await look(place);
    if (entry.isDirectory()) return await openFolder(place);
    if (!entry.isFile()) return { passedOver: place, why: `${kindInWords(entry)}: ${notLooked}` };
    return (await isOfSystem(place, entry)) ? { passedOver: place, why: `${ofSystem}: ${notLooked}` } : place;
  } catch (error) {
    return { passedOver: place, why: systemReason(error) };
  }
}

function isFolder(found: Place | OpenFolder | PassedOver): found is OpenFolder {
  return typeof found === 'object' && 'names' in found;
}

/**
 * Files below a place in name order, one folder's names at a time, however deep the folders lie in each other. Links below it are
 * not followed.
 */
async function* foundAt(top: Place): AsyncGenerator<Found> {
  const first = await lookAt(top, (place) => stat(place));
  if (!isFolder(first)) yield first;
  const open = isFolder(first) ? [first] : [];
  for (let inner = open.at(-1); inner !== undefined; inner = open.at(-1)) {
    const name = inner.names.next();
    if (name.done === true) {
      open.pop();
      continue;
    }
    const found = await lookAt(joinPlace(inner.folder, placeOf(name.value)), (place) => lstat(place));
    if (isFolder(found)) open.push(found);
    else yield found;
  }
}

/**
 * The files that the arguments name: a file itself, or every file below a folder. What is not there, cannot be read, is a
 * link, pipe or device, or an empty folder comes as passed over: each argument gives something.
 */
export async function* filesOf(places: readonly string[]): AsyncGenerator<Found> {
  for (const named of places) yield* foundAt(await findPlace(named));
}
