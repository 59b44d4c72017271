import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { digestBytes, systemReason, type FoundFile } from '@carbon-ledger/core';
import { hashFiles } from '../files/hash-files';
import { isHashed } from '../files/hash-file';
import { filesOf } from '../files/walk';
import { filesOfZip } from './archive';

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

function otherKind(shown: string): UnreadFile | undefined {
  if (!otherArchive.test(shown)) return undefined;
  return { path: shown, why: 'an archive that is no zip: what is inside was not looked at' };
}

/** What lies in an archive; archives in it are written to a folder that is taken away again. */
async function* inArchive(file: string, shown: string, depth: number): AsyncGenerator<Walked> {
  for await (const item of filesOfZip(file)) {
    const place = item.name === '' ? shown : `${shown} » ${item.name}`;
    if ('why' in item) {
      yield { path: place, why: item.why };
      continue;
    }
    yield* inFile(place, item.read, item.size, depth);
  }
}

async function* inFile(
  place: string,
  read: () => Promise<Buffer>,
  size: number,
  depth: number,
): AsyncGenerator<Walked> {
  let bytes: Buffer;
  try {
    bytes = await read();
  } catch (error) {
    yield { path: place, why: systemReason(error) };
    return;
  }
  const name = baseName(place);
  yield { path: place, name, size, sha256: digestBytes(bytes).sha256, read };
  if (zipEnding.test(name)) yield* nested(place, bytes, depth + 1);
  const other = otherKind(place);
  if (other) yield other;
}

async function* nested(place: string, bytes: Buffer, depth: number): AsyncGenerator<Walked> {
  if (depth >= deepest) {
    yield { path: place, why: 'an archive in an archive in an archive: what is inside was not looked at' };
    return;
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'inspect-'));
  try {
    const file = path.join(folder, 'inner.zip');
    await writeFile(file, bytes);
    // What is read later would find the folder gone: small files are kept at hand.
    for await (const walked of inArchive(file, place, depth)) yield isRead(walked) ? await kept(walked) : walked;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function kept(file: ReadableFile): Promise<ReadableFile> {
  const bytes = await file.read();
  return { ...file, read: () => Promise.resolve(bytes) };
}

/** Every file below these places, and inside zip archives there; what is not looked at says why. Names are as a person reads them. */
export async function* walkEvidence(places: readonly string[]): AsyncGenerator<Walked> {
  for await (const outcome of hashFiles(filesOf(places))) {
    if (!isHashed(outcome)) {
      yield { path: outcome.path, why: outcome.error };
      continue;
    }
    const { path: shown, name, sha256, size, pathBytes } = outcome;
    const place = pathBytes === undefined ? shown : Buffer.from(pathBytes, 'hex');
    yield { path: shown, name, sha256, size, read: () => readFile(place) };
    if (zipEnding.test(name)) yield* inArchive(shown, shown, 0);
    const other = otherKind(shown);
    if (other) yield other;
  }
}
