import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Writable, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readGiven } from '@carbon-ledger/auditor/stored';
import { systemReason, type FoundFile } from '@carbon-ledger/core';
import { isHashed } from '../files/hash-file';
import { hashFiles } from '../files/hash-files';
import type { Place } from '../files/place';
import { filesOf } from '../files/walk';
import { filesOfZip, type ArchivedFile } from './archive';
import { InnerArchives } from './inner-archives';

/** A file that was found, with its bytes when they are asked for. */
export interface ReadableFile extends FoundFile {
  readonly read: () => Promise<Buffer>;
}

export interface UnreadFile {
  readonly path: string;
  readonly why: string;
}

/** Archives inside archives are opened this deep. */
const deepest = 3;

const zipEnding = /\.zip$/i;
const otherArchive = /\.(?:rar|7z|tar|gz|tgz|bz2|xz)$/i;

function baseName(name: string): string {
  return name.split(/[/\\]/).at(-1) ?? name;
}

type Walked = ReadableFile | UnreadFile;

export function isRead(walked: Walked): walked is ReadableFile {
  return 'sha256' in walked;
}

function otherKind(shown: string): UnreadFile[] {
  if (!otherArchive.test(shown)) return [];
  return [{ path: shown, why: 'an archive that is no zip: what is inside was not looked at' }];
}

async function allOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const nowhere = (): Writable =>
  new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });

/** The digest of what passes by on its way to a file, or to nowhere: a chunk at a time is in memory. */
async function digestOf(stream: Readable, target: string | undefined): Promise<string> {
  const hash = createHash('sha256');
  const noted = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  await pipeline(stream, noted, target === undefined ? nowhere() : createWriteStream(target));
  return `sha256:${hash.digest('hex')}`;
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
    for await (const outcome of hashFiles(filesOf(places))) {
      if (!isHashed(outcome)) {
        yield { path: outcome.path, why: outcome.error };
        continue;
      }
      const { path: shown, name, sha256, size, pathBytes } = outcome;
      const place = pathBytes === undefined ? shown : Buffer.from(pathBytes, 'hex');
      yield { path: shown, name, sha256, size, read: () => readGiven(place) };
      if (zipEnding.test(name)) yield* this.#inArchive(place, shown, 0);
      yield* otherKind(shown);
    }
  }

  close(): Promise<void> {
    return this.#inner.remove();
  }

  async *#inArchive(file: Place, shown: string, depth: number): AsyncGenerator<Walked> {
    for await (const item of filesOfZip(file)) {
      const place = item.name === '' ? shown : `${shown} » ${item.name}`;
      if ('why' in item) yield { path: place, why: item.why };
      else yield* this.#inItem(item, place, depth + 1);
    }
  }

  async *#inItem(item: ArchivedFile, place: string, depth: number): AsyncGenerator<Walked> {
    const name = baseName(item.name);
    const isArchive = zipEnding.test(name);
    const target = isArchive && depth < deepest ? await this.#inner.placeFor(item.size) : undefined;
    let sha256: string;
    try {
      sha256 = await digestOf(await item.unpack(), target);
    } catch (error) {
      yield { path: place, why: systemReason(error) };
      return;
    }
    yield { path: place, name, size: item.size, sha256, read: async () => allOf(await item.unpack()) };
    if (target !== undefined) yield* this.#inArchive(target, place, depth);
    else if (isArchive) yield { path: place, why: whyClosed(depth) };
    yield* otherKind(place);
  }
}

function whyClosed(depth: number): string {
  return depth < deepest
    ? 'archives inside archives take more than 2 GB: what is inside was not looked at'
    : 'an archive in an archive in an archive: what is inside was not looked at';
}
