import { closeSync, open } from 'node:fs';
import type { Readable } from 'node:stream';
import { systemReason } from '@carbon-ledger/core';
import { promisify } from 'node:util';
import { fromFd, type Entry, type Options, type ZipFile } from 'yauzl';
import { decodedName, type Place } from '../files/place';

/** Bounds on what an archive may hold: a stick has thousands of files, what is made to burst has millions of bytes of nothing. */
const mostEntries = 100_000;
const mostEntryBytes = 256 * 1024 * 1024;
const greatestRatio = 200;
const freeOfRatio = 16 * 1024 * 1024;

/** A file of an archive, unpacked when it is asked for, also when the walk through the archive has long ended. */
export interface ArchivedFile {
  readonly name: string;
  readonly size: number;
  readonly unpack: () => Promise<Readable>;
}

/** A file of an archive, or why it is not looked at. */
export type ArchiveItem = ArchivedFile | { readonly name: string; readonly why: string };

const options: Options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true };

/** By its bytes: the name of an archive may be no UTF-8. */
async function openZip(file: Place): Promise<ZipFile> {
  const descriptor = await promisify(open)(file, 'r');
  try {
    return await promisify<number, Options, ZipFile>(fromFd)(descriptor, options);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

async function unpackFrom(zip: ZipFile, entry: Entry): Promise<Readable> {
  return promisify<Entry, Readable>(zip.openReadStream.bind(zip))(entry);
}

/** From the archive opened again: it is closed when the last of the file was read. */
async function unpackLater(file: Place, entry: Entry): Promise<Readable> {
  const zip = await openZip(file);
  try {
    return await unpackFrom(zip, entry);
  } finally {
    zip.close();
  }
}

/** Flag 11: the name is UTF-8. Else what wrote it meant its own code page, in China mostly GBK. */
const utf8Flag = 0x800;

function nameOf({ fileName, generalPurposeBitFlag }: Entry): string {
  const bytes = Buffer.from(fileName);
  return (generalPurposeBitFlag & utf8Flag) !== 0 ? bytes.toString('utf8') : decodedName(bytes);
}

function refusalOf(entry: Entry): string | undefined {
  const { uncompressedSize, compressedSize } = entry;
  if (entry.isEncrypted()) return 'it is encrypted: it was not looked at';
  if (uncompressedSize > mostEntryBytes) return 'it is larger than 256 MB: it was not looked at';
  const bursts = uncompressedSize > freeOfRatio && uncompressedSize > compressedSize * greatestRatio;
  return bursts ? 'it unpacks to more than two hundred times its size: it was not looked at' : undefined;
}

function itemOf(file: Place, zip: ZipFile, entry: Entry): ArchiveItem {
  const name = nameOf(entry);
  const why = refusalOf(entry);
  if (why !== undefined) return { name, why };
  const unpack = (): Promise<Readable> => (zip.isOpen ? unpackFrom(zip, entry) : unpackLater(file, entry));
  return { name, size: entry.uncompressedSize, unpack };
}

function isFolder(item: ArchiveItem): boolean {
  return item.name.endsWith('/') || item.name.endsWith('\\');
}

async function* itemsOf(file: Place, zip: ZipFile): AsyncGenerator<ArchiveItem> {
  const waiting: (ArchiveItem | Error | undefined)[] = [];
  let wake = (): void => undefined;
  const tell = (one: ArchiveItem | Error | undefined): void => {
    waiting.push(one);
    wake();
  };
  zip.on('entry', (entry: Entry) => {
    tell(itemOf(file, zip, entry));
  });
  zip.on('end', () => {
    tell(undefined);
  });
  zip.on('error', (error: Error) => {
    tell(error);
  });
  for (let count = 0; count < mostEntries; count += 1) {
    zip.readEntry();
    while (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    const next = waiting.shift();
    if (next === undefined) return;
    if (next instanceof Error) throw next;
    if (!isFolder(next)) yield next;
  }
  yield { name: '…', why: `more than ${String(mostEntries)} files: the rest was not looked at` };
}

/** Files of a zip archive in its order, one at a time. What is no archive, or is damaged, comes as one item that says why. */
export async function* filesOfZip(file: Place): AsyncGenerator<ArchiveItem> {
  let zip: ZipFile | undefined;
  try {
    zip = await openZip(file);
    yield* itemsOf(file, zip);
  } catch (error) {
    yield { name: '', why: `the archive cannot be read: ${systemReason(error)}` };
  } finally {
    zip?.close();
  }
}
