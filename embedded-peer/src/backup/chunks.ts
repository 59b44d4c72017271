import { createHash } from 'node:crypto';
import { link, mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LedgerError, type Fault } from '@carbon-ledger/core';
import type { Entry } from '../ledger/store';
import { frameOf, framesIn } from './frames';

const SMALLEST_BYTES = 256 * 1024;
const LARGEST_BYTES = 4 * 1024 * 1024;
/** One key in so many ends a chunk that is large enough. */
const ENDS = 256;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** A file of a copy: entries one after the other, as frames; its name is its hex SHA-256. */
interface Chunk {
  readonly sha256: string;
  readonly size: number;
}

/** A store in files, cut by its keys: what did not change is cut alike the next time, and is the same file. */
export interface StoreCopy {
  readonly entries: number;
  /** Hex SHA-256 over all chunks, one after the other: the same entries give the same digest. */
  readonly digest: string;
  /** In key order. */
  readonly chunks: readonly Chunk[];
}

/** FNV-1a: where to cut hangs on the key alone, not on what stands before it. */
function isEnd(key: Buffer): boolean {
  let hash = FNV_OFFSET;
  for (const byte of key) hash = Math.imul(hash ^ byte, FNV_PRIME);
  return (hash >>> 0) % ENDS === 0;
}

function isFull(key: Buffer, bytes: number): boolean {
  return bytes >= LARGEST_BYTES || (bytes >= SMALLEST_BYTES && isEnd(key));
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Chunks as entries come. */
async function* cut(entries: AsyncIterable<Entry>, onEntry: () => void): AsyncGenerator<Buffer> {
  let frames: Buffer[] = [];
  let bytes = 0;
  for await (const entry of entries) {
    const frame = frameOf(entry);
    frames.push(frame);
    bytes += frame.length;
    onEntry();
    if (!isFull(entry[0], bytes)) continue;
    yield Buffer.concat(frames);
    [frames, bytes] = [[], 0];
  }
  if (bytes > 0) yield Buffer.concat(frames);
}

async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function isHeld(file: string, bytes: Buffer): Promise<boolean> {
  const held = await readFile(file).catch(() => undefined);
  return held?.equals(bytes) ?? false;
}

/** The same file under a second name; not where the two lie on different file systems. */
async function isLinked(from: string, to: string): Promise<boolean> {
  return link(from, to).then(
    () => true,
    () => false,
  );
}

/** @returns whether the earlier copy had it, undamaged, and it need not be written */
async function keep(bytes: Buffer, file: string, earlier: string | undefined): Promise<boolean> {
  const isReused = earlier !== undefined && (await isHeld(earlier, bytes)) && (await isLinked(earlier, file));
  if (!isReused) await writeSynced(file, bytes);
  return isReused;
}

export interface WrittenCopy extends StoreCopy {
  /** Bytes of chunks that the earlier copy had already. */
  readonly reused: number;
}

/**
 * Writes entries as chunks into a new folder. @param earlier folder of an earlier copy, whose chunks are taken where they are the same
 */
export async function writeChunks(
  entries: AsyncIterable<Entry>,
  folder: string,
  earlier?: string,
): Promise<WrittenCopy> {
  await mkdir(folder, { mode: 0o700 });
  const whole = createHash('sha256');
  const chunks: Chunk[] = [];
  let [count, reused] = [0, 0];
  const counted = cut(entries, () => (count += 1));
  for await (const bytes of counted) {
    whole.update(bytes);
    const name = sha256(bytes);
    const before = earlier === undefined ? undefined : join(earlier, name);
    if (await keep(bytes, join(folder, name), before)) reused += bytes.length;
    chunks.push({ sha256: name, size: bytes.length });
  }
  return { entries: count, digest: whole.digest('hex'), chunks, reused };
}

async function readChunk(folder: string, { sha256: name, size }: Chunk): Promise<Buffer | undefined> {
  const bytes = await readFile(join(folder, name)).catch(() => undefined);
  return bytes?.length === size && sha256(bytes) === name ? bytes : undefined;
}

function faultOf({ sha256: name }: Chunk): Fault {
  return {
    path: `store/${name}`,
    code: 'BACKUP_DAMAGED',
    message: 'it is missing, or is not the file that the manifest names',
  };
}

function entriesIn(bytes: Buffer, folder: string): Entry[] {
  try {
    return [...framesIn(bytes)];
  } catch (cause) {
    throw new LedgerError('BACKUP_DAMAGED', `${folder} holds what is no part of a store`, { cause });
  }
}

/**
 * The entries of a copy, a chunk at a time, each held to its name and all of them to the digest.
 * @throws LedgerError BACKUP_DAMAGED with every chunk that is missing or damaged
 */
export async function* readChunks(folder: string, copy: StoreCopy): AsyncGenerator<Entry[]> {
  const whole = createHash('sha256');
  const faults: Fault[] = [];
  let count = 0;
  for (const chunk of copy.chunks) {
    const bytes = await readChunk(folder, chunk);
    if (bytes === undefined) {
      faults.push(faultOf(chunk));
      continue;
    }
    whole.update(bytes);
    const entries = entriesIn(bytes, folder);
    count += entries.length;
    if (faults.length === 0) yield entries;
  }
  if (faults.length > 0) throw new LedgerError('BACKUP_DAMAGED', folder, { faults });
  if (whole.digest('hex') !== copy.digest || count !== copy.entries)
    throw new LedgerError('BACKUP_DAMAGED', `${folder} holds other entries than the manifest says`);
}
