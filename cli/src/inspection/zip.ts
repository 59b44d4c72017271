import { closeSync, open } from 'node:fs';
import type { Readable } from 'node:stream';
import { systemReason } from '@carbon-ledger/core';
import { promisify } from 'node:util';
import { fromFd, type Entry, type LocalFileHeader, type Options, type ZipFile } from 'yauzl';
import type { Place } from '../files/place';
import type { ArchiveItem } from './archived';
import type { Budget } from './budget';
import { nameOf, noteOn, refusalOf } from './zip-entry';
import { ZipLayout } from './zip-layout';

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

/** From the archive opened again: it is closed when the last of the file was read. */
async function unpackLater(file: Place, entry: Entry): Promise<Readable> {
  const zip = await openZip(file);
  try {
    return await zip.openReadStreamPromise(entry);
  } finally {
    zip.close();
  }
}

function isFolder({ name }: ArchiveItem): boolean {
  return name.endsWith('/') || name.endsWith('\\');
}

class ZipWalk {
  readonly #file: Place;
  readonly #zip: ZipFile;
  readonly #budget: Budget;
  readonly #layout = new ZipLayout();
  /** Whether it is known of every file where it lies. */
  #isMapped = true;

  constructor(file: Place, zip: ZipFile, budget: Budget) {
    this.#file = file;
    this.#zip = zip;
    this.#budget = budget;
  }

  async *items(): AsyncGenerator<ArchiveItem> {
    const directory = Number(this.#zip.readEntryCursor);
    // What its reader says after the last file was told is nobody's.
    this.#zip.on('error', () => undefined);
    for await (const entry of this.#zip.eachEntry()) {
      const full = this.#budget.file();
      if (full !== undefined) {
        yield { name: '…', why: full };
        return;
      }
      const item = await this.#item(entry);
      if (!isFolder(item)) yield item;
    }
    const hidden = this.#isMapped ? this.#layout.unclaimed(directory) : 0;
    if (hidden > 0) yield { name: '…', why: `${String(hidden)} bytes of the archive belong to no file that it lists` };
  }

  async #item(entry: Entry): Promise<ArchiveItem> {
    const name = nameOf(entry);
    try {
      const local = await this.#zip.readLocalFileHeaderPromise(entry);
      const why = this.#refusal(entry, local);
      if (why !== undefined) return { name, why };
      const note = noteOn(entry, local);
      const { uncompressedSize: size, crc32 } = entry;
      return { name, size, crc32, unpack: () => this.#unpack(entry), ...(note === undefined ? {} : { note }) };
    } catch (error) {
      this.#isMapped = false;
      return { name, why: `it is damaged: ${systemReason(error)}` };
    }
  }

  #refusal(entry: Entry, local: LocalFileHeader): string | undefined {
    const isAlone = this.#layout.take(entry.relativeOffsetOfLocalHeader, local.fileDataStart + entry.compressedSize);
    if (!isAlone) return 'it shares its bytes with another file of the archive: it was not looked at';
    return refusalOf(entry, local) ?? this.#budget.unpack(entry.uncompressedSize);
  }

  #unpack(entry: Entry): Promise<Readable> {
    return this.#zip.isOpen ? this.#zip.openReadStreamPromise(entry) : unpackLater(this.#file, entry);
  }
}

/**
 * Files of a zip archive in its order, one at a time. Where all of it, or the rest, cannot be read, that comes as the value
 * that is returned.
 */
export async function* filesOfZip(file: Place, budget: Budget): AsyncGenerator<ArchiveItem, string | undefined> {
  let zip: ZipFile | undefined;
  try {
    zip = await openZip(file);
    if (zip.entryCount === 0) return 'the archive is empty: there is nothing to look at';
    yield* new ZipWalk(file, zip, budget).items();
    return undefined;
  } catch (error) {
    return `the archive cannot be read: ${systemReason(error)}`;
  } finally {
    zip?.close();
  }
}
