import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { chunksOfGiven, readGiven } from '@carbon-ledger/auditor/stored';
import { systemReason, type FoundFile } from '@carbon-ledger/core';
import { isHashed } from '../files/hash-file';
import { hashFiles } from '../files/hash-files';
import type { Place } from '../files/place';
import { filesOf } from '../files/walk';
import { filesOfZip, type ArchivedFile } from './archive';
import { Budget } from './budget';
import { containerOf, headBytes } from './container';
import { digested } from './digested';
import { InnerArchives } from './inner-archives';

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

/** A file, and what is in it where it is an archive. */
async function* withInside(file: ReadableFile, head: Buffer, inside: () => Inside): AsyncGenerator<Walked> {
  const container = containerOf(file.name, head);
  if (container === undefined) yield file;
  else if (container === 'zip') {
    const closed = yield* inside();
    yield { ...file, ...(closed === undefined ? { isOpened: true } : { closed }) };
  } else yield { ...file, ...container };
}

/**
 * Every file below some places, and inside zip archives there; what is not looked at says why. Names are as a person reads them.
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
      yield* withInside(file, await headOf(place), () => this.#inArchive(place, path, 0, new Budget(size)));
    }
  }

  async *#inArchive(file: Place, shown: string, depth: number, budget: Budget): Inside {
    const items = filesOfZip(file, budget);
    for (let next = await items.next(); ; next = await items.next()) {
      if (next.done === true) return next.value;
      const item = next.value;
      const place = `${shown} » ${item.name}`;
      if ('why' in item) yield { path: place, why: item.why };
      else yield* this.#inItem(item, place, depth + 1, budget);
    }
  }

  async *#inItem(item: ArchivedFile, place: string, depth: number, budget: Budget): AsyncGenerator<Walked> {
    const told = await digested(item);
    if (typeof told === 'string') {
      yield { path: place, why: told };
      return;
    }
    const { size, note } = item;
    const file = { path: place, name: baseName(item.name), size, sha256: told.sha256, isArchived: true };
    const readable = { ...file, read: async () => allOf(await item.unpack()), ...(note === undefined ? {} : { note }) };
    yield* withInside(readable, told.head, () => this.#inInner(item, place, depth, budget));
  }

  /** An archive inside an archive: on the disk while it is gone through. */
  async *#inInner(item: ArchivedFile, place: string, depth: number, budget: Budget): Inside {
    if (depth >= deepest) return 'an archive in an archive in an archive: what is inside was not looked at';
    const target = await this.#inner.placeFor(item.size);
    if (target === undefined) return 'archives inside archives take more than 2 GB: what is inside was not looked at';
    try {
      await pipeline(await item.unpack(), createWriteStream(target));
    } catch (error) {
      return `what is inside was not looked at: ${systemReason(error)}`;
    }
    return yield* this.#inArchive(target, place, depth, budget);
  }
}
