import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * A place in the file system. Names are bytes: where they are UTF-8 they are text here, else (a folder packed under Windows, say)
 * they stay bytes, because as text they would name another file, or none.
 */
export type Place = string | Buffer;

function decoded(bytes: Uint8Array, encoding: 'utf-8' | 'gb18030'): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export function placeOf(bytes: Buffer): Place {
  return decoded(bytes, 'utf-8') ?? bytes;
}

export function isText(place: Place): place is string {
  return typeof place === 'string';
}

/** The place as a person reads it: bytes that are no UTF-8 as the GB18030 (GBK) that they mostly are, else with escapes. */
export function shownPlace(place: Place): string {
  if (isText(place)) return place;
  const escaped = (): string => Array.from(place, shownByte).join('');
  return decoded(place, 'gb18030') ?? escaped();
}

function shownByte(byte: number): string {
  return byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`;
}

const slash = Buffer.from(path.sep);

/** A name inside a folder. */
export function joinPlace(folder: Place, name: Place): Place {
  if (isText(folder) && isText(name)) return path.join(folder, name);
  return placeOf(Buffer.concat([Buffer.from(folder), slash, Buffer.from(name)]));
}

/** The last name of a place. */
export function baseOf(place: Place): Place {
  if (isText(place)) return path.basename(place);
  return placeOf(place.subarray(place.lastIndexOf(slash) + 1));
}

async function exists(place: Place): Promise<boolean> {
  try {
    await stat(place);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

/** Bytes of a file of a folder, in the order of the bytes. */
export async function namesIn(folder: Place): Promise<Buffer[]> {
  return (await readdir(folder, { encoding: 'buffer' })).sort((a, b) => Buffer.compare(a, b));
}

/** The spellings under which a person, or the shell, may hand over a name. */
function spellings(name: Buffer): string[] {
  return [name.toString('utf8'), shownPlace(placeOf(name))].map((text) => text.normalize('NFC'));
}

async function likeNamed(folder: Place, name: string): Promise<Buffer[]> {
  const wanted = name.normalize('NFC');
  const names = await namesIn(folder).catch((): Buffer[] => []);
  return names.filter((bytes) => spellings(bytes).includes(wanted));
}

/**
 * The place that a text names. A command line gives texts, and a file's name may be other bytes than the text's: GBK, or the
 * same letters in another Unicode form (NFD, as macOS writes them). The name that reads the same is taken, if there is one only.
 */
export async function findPlace(text: string): Promise<Place> {
  if (await exists(text)) return text;
  const parent = path.dirname(text);
  if (parent === text) return text;
  const folder = await findPlace(parent);
  const exact = joinPlace(folder, path.basename(text));
  if (!isText(folder) && (await exists(exact))) return exact;
  const [found, ...others] = await likeNamed(folder, path.basename(text));
  return found === undefined || others.length > 0 ? text : joinPlace(folder, placeOf(found));
}

/** A name that came as bytes, from an archive: UTF-8, else GB18030, else with escapes. */
export function decodedName(bytes: Buffer): string {
  return shownPlace(placeOf(bytes));
}
