import { Readable, Transform } from 'node:stream';
import { chunksOfGiven, partOfGiven } from '@carbon-ledger/auditor/stored';
import { systemReason } from '@carbon-ledger/core';
import { extract, type Entry, type Headers } from 'tar-stream';
import { decodedName, type Place } from '../files/place';
import type { ArchiveItem } from './archived';
import type { Budget } from './budget';
import { kinds, mostNameBytes, noteOnName, notLooked, refusalBySize } from './entry-bounds';

const block = 512;
/** What stands in front of a file beside its header: long names and the like. More is made to fill memory. */
const mostBetween = 1024 * 1024;

/** Kinds of entries (POSIX 1003.1, ustar) that are files. */
const files: readonly string[] = ['file', 'contiguous-file'];
const links: readonly string[] = ['link', 'symlink'];
const devices: readonly string[] = ['character-device', 'block-device', 'fifo'];

/** What the library tells and its types do not: where the header of a file lies, and what extends it. */
interface Placed extends Entry {
  readonly offset?: number;
  readonly header: Described;
}
interface Described extends Headers {
  readonly pax?: Readonly<Record<string, string>> | null;
}

/** As far as a tar has been read, and how far it may be read before it tells of another file. */
class Reach {
  #read = 0;
  #most = mostBetween;

  take(bytes: number): boolean {
    this.#read += bytes;
    return this.#read <= this.#most;
  }

  allow(end: number): void {
    this.#most = end + mostBetween;
  }
}

function bounded(reach: Reach): Transform {
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      if (reach.take(chunk.length)) done(null, chunk);
      else done(new Error('more than 1 MB of it belong to no file'));
    },
  });
}

function padded(size: number): number {
  return Math.ceil(size / block) * block;
}

/** Names of extended headers are UTF-8; those of plain ones are bytes, which were handed over one letter each. */
function nameOf({ name, pax }: Described): string {
  const isExtended = pax !== undefined && pax !== null && 'path' in pax;
  return isExtended ? name.slice(0, mostNameBytes) : decodedName(Buffer.from(name.slice(0, mostNameBytes), 'latin1'));
}

function isSparse({ pax }: Described): boolean {
  return Object.keys(pax ?? {}).some((key) => key.startsWith('GNU.sparse.'));
}

function refusalByKind(header: Described): string | undefined {
  const type = header.type ?? '';
  if (links.includes(type)) return kinds.link;
  if (devices.includes(type)) return kinds.device;
  if (isSparse(header)) return 'a file with holes, as tar packs it';
  return files.includes(type) ? undefined : 'an entry of a kind that is not known here';
}

/** One after the other, from where its bytes lie: of a tar nothing is unpacked. */
class TarWalk {
  readonly #file: Place;
  readonly #budget: Budget;
  readonly #reach: Reach;
  #end = 0;

  constructor(file: Place, budget: Budget, reach: Reach) {
    this.#file = file;
    this.#budget = budget;
    this.#reach = reach;
  }

  async *items(entries: AsyncIterable<Entry>): AsyncGenerator<ArchiveItem, string | undefined> {
    let count = 0;
    for await (const entry of entries) {
      count += 1;
      const { offset, header } = entry as Placed;
      const { size = 0 } = header;
      if (offset === undefined || !Number.isSafeInteger(size) || size < 0)
        return 'the archive cannot be read: a file of it has no size';
      const full = this.#budget.file();
      if (full !== undefined) return full;
      yield* this.#told(header, offset + block, size);
      entry.resume();
    }
    return count === 0 ? 'the archive is empty: there is nothing to look at' : undefined;
  }

  *#told(header: Described, start: number, size: number): Generator<ArchiveItem> {
    const hidden = start - block - this.#end;
    if (hidden > 0 && isPlain(header))
      yield { name: '…', why: `${String(hidden)} bytes of the archive belong to no file that it lists` };
    this.#end = start + (header.type === 'directory' ? 0 : padded(size));
    this.#reach.allow(this.#end);
    if (header.type !== 'directory') yield this.#item(header, start, size);
  }

  #item(header: Described, start: number, size: number): ArchiveItem {
    const name = nameOf(header);
    const why = notLooked(refusalByKind(header) ?? refusalBySize(size, Buffer.byteLength(header.name)));
    if (why !== undefined) return { name, why };
    const note = noteOnName(name);
    return { name, size, unpack: () => this.#read(start, size), ...(note === undefined ? {} : { note }) };
  }

  #read(start: number, size: number): Promise<Readable> {
    return Promise.resolve(Readable.from(partOfGiven(this.#file, start, size)));
  }
}

/** Nothing stands between the header of such a file and the file before it. */
function isPlain({ name, linkname, pax }: Described): boolean {
  const isShort = name.length <= 100 && (linkname ?? '').length <= 100;
  return isShort && (pax === undefined || pax === null);
}

/**
 * Files of a tar archive in its order, one at a time. Where all of it, or the rest, cannot be read, that comes as the value
 * that is returned.
 */
export async function* filesOfTar(file: Place, budget: Budget): AsyncGenerator<ArchiveItem, string | undefined> {
  const reach = new Reach();
  const source = Readable.from(chunksOfGiven(file));
  const guard = bounded(reach);
  const entries = extract({ allowUnknownFormat: true, filenameEncoding: 'latin1' });
  const end = (error: Error): void => void entries.destroy(error);
  source.on('error', end);
  guard.on('error', end);
  source.pipe(guard).pipe(entries);
  try {
    return yield* new TarWalk(file, budget, reach).items(entries);
  } catch (error) {
    return `the archive cannot be read: ${systemReason(error)}`;
  } finally {
    source.destroy();
    guard.destroy();
    entries.destroy();
  }
}
