import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { chunksOfGiven, readGiven } from '@carbon-ledger/auditor/stored';
import { systemReason, type FoundFile } from '@carbon-ledger/core';
import { isHashed } from '../files/hash-file';
import { hashFiles } from '../files/hash-files';
import type { Place } from '../files/place';
import { filesOf } from '../files/walk';
import type { ArchivedFile } from './archived';
import { Budget } from './budget';
import { containerOf, headBytes, type Opened } from './container';
import { digested } from './digested';
import { gunzipped } from './gunzip';
import { InnerArchives } from './inner-archives';
import { filesOfTar } from './tar';
import { filesOfZip } from './zip';

/** A file that was found, with its bytes when they are asked for. */
export interface ReadableFile extends FoundFile {
  readonly read: () => Promise<Buffer>;
  /** Whether it lies in an archive. */
  readonly isArchived?: boolean;
  /** Of an archive: whether what is in it comes beside it. */
  readonly isOpened?: boolean;
  /** Of an archive: why not all that is in it comes. */
  readonly closed?: string;
  /** What is odd about its name. */
  readonly note?: string;
}

export interface UnreadFile {
  readonly path: string;
  readonly why: string;
}

/** Archives inside archives are opened this deep. */
const deepest = 3;
/** Of each something is kept in memory. */
const mostFiles = 500_000;

function baseName(name: string): string {
  return name.split(/[/\\]/).at(-1) ?? name;
}

type Walked = ReadableFile | UnreadFile;
/** What is in an archive; the value that is returned says why not all of it came. */
type Inside = AsyncGenerator<Walked, string | undefined>;

export function isRead(walked: Walked): walked is ReadableFile {
  return 'sha256' in walked;
}

async function allOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Nothing where it is gone since its digest was taken: what it is now is told where it is read. */
async function headOf(place: Place): Promise<Buffer> {
  const chunks = chunksOfGiven(place);
  try {
    const { value } = await chunks.next();
    return (value ?? Buffer.of()).subarray(0, headBytes);
  } catch {
    return Buffer.of();
  } finally {
    await chunks.return();
  }
}

/** As what something in an archive is shown, how deep it lies, and what may still come out. */
interface Within {
  readonly shown: string;
  readonly depth: number;
  readonly budget: Budget;
}

/** An archive that is gone through, and where it lies. */
interface Going extends Within {
  readonly file: Place;
  readonly name: string;
  readonly size: number;
}

/** A file, and what is in it where it is an archive. */
async function* withInside(file: ReadableFile, head: Buffer, inside: (kind: Opened) => Inside): AsyncGenerator<Walked> {
  const container = containerOf(file.name, head);
  if (container === undefined) yield file;
  else if (typeof container === 'string') {
    const closed = yield* inside(container);
    yield { ...file, ...(closed === undefined ? { isOpened: true } : { closed }) };
  } else yield { ...file, ...container };
}

/** What a gzip is called without its ending. */
function nameWithin(name: string): string {
  const stem = baseName(name).replace(/\.(?:gz|gzip)$/i, '');
  return /\.tgz$/i.test(stem) ? stem.replace(/tgz$/i, 'tar') : stem;
}

/**
 * Every file below some places, and inside zip, tar and gzip archives there; what is not looked at says why. Names are as a person reads them.
 * Neither files nor archives are held in memory; what was found can be read until this is closed.
 */
export class EvidenceFolders {
  readonly #inner: InnerArchives;

  /** @param scratch where archives inside archives are unpacked */
  constructor(scratch: string) {
    this.#inner = new InnerArchives(scratch);
  }

  async *walk(places: readonly string[]): AsyncGenerator<Walked> {
    let count = 0;
    for await (const walked of this.#all(places)) {
      count += 1;
      if (count > mostFiles) {
        yield { path: '…', why: `more than ${String(mostFiles)} files: the rest was not looked at` };
        return;
      }
      yield walked;
    }
  }

  close(): Promise<void> {
    return this.#inner.remove();
  }

  async *#all(places: readonly string[]): AsyncGenerator<Walked> {
    for await (const outcome of hashFiles(filesOf(places))) {
      if (!isHashed(outcome)) {
        yield { path: outcome.path, why: outcome.error };
        continue;
      }
      const { path, name, sha256, size, pathBytes } = outcome;
      const place = pathBytes === undefined ? path : Buffer.from(pathBytes, 'hex');
      const file = { path, name, sha256, size, read: () => readGiven(place) };
      const going = { file: place, name, shown: path, size, depth: 0, budget: new Budget(size) };
      yield* withInside(file, await headOf(place), (kind) => this.#inArchive(kind, going));
    }
  }

  #inArchive(kind: Opened, going: Going): Inside {
    return kind === 'gzip' ? this.#inGzip(going) : this.#inFiles(kind, going);
  }

  async *#inFiles(kind: 'zip' | 'tar', { file, shown, depth, budget }: Going): Inside {
    const items = kind === 'zip' ? filesOfZip(file, budget) : filesOfTar(file, budget);
    for (let next = await items.next(); ; next = await items.next()) {
      if (next.done === true) return next.value;
      const item = next.value;
      const place = `${shown} » ${item.name}`;
      if ('why' in item) yield { path: place, why: item.why };
      else yield* this.#inItem(item, { shown: place, depth: depth + 1, budget });
    }
  }

  /** A gzip packs one thing: a tar, whose files come as its own, or a file. */
  async *#inGzip(going: Going): Inside {
    const { file, shown, size, depth, budget } = going;
    const unpacked = await gunzipped(Readable.from(chunksOfGiven(file)), size, budget, this.#inner);
    if (typeof unpacked === 'string') return unpacked;
    const name = nameWithin(going.name);
    const inner = { ...going, file: unpacked.target, size: unpacked.size };
    if (containerOf(name, unpacked.head) === 'tar') return yield* this.#inFiles('tar', inner);
    const item = {
      ...{ name, size: unpacked.size },
      unpack: () => Promise.resolve(Readable.from(chunksOfGiven(unpacked.target))),
    };
    yield* this.#inItem(item, { shown: `${shown} » ${name}`, depth: depth + 1, budget });
    return undefined;
  }

  async *#inItem(item: ArchivedFile, within: Within): AsyncGenerator<Walked> {
    const told = await digested(item);
    if (typeof told === 'string') {
      yield { path: within.shown, why: told };
      return;
    }
    const { size, note } = item;
    const file = { path: within.shown, name: baseName(item.name), size, sha256: told.sha256, isArchived: true };
    const readable = { ...file, read: async () => allOf(await item.unpack()), ...(note === undefined ? {} : { note }) };
    yield* withInside(readable, told.head, (kind) => this.#inInner(kind, item, within));
  }

  /** An archive inside an archive: on the disk while it is gone through. */
  async *#inInner(kind: Opened, item: ArchivedFile, { shown, depth, budget }: Within): Inside {
    if (depth >= deepest) return 'an archive in an archive in an archive: what is inside was not looked at';
    const target = await this.#inner.placeFor(item.size);
    if (target === undefined) return 'archives inside archives take more than 2 GB: what is inside was not looked at';
    try {
      await pipeline(await item.unpack(), createWriteStream(target));
    } catch (error) {
      return `what is inside was not looked at: ${systemReason(error)}`;
    }
    return yield* this.#inArchive(kind, { file: target, name: item.name, shown, size: item.size, depth, budget });
  }
}
