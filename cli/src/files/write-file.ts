import { randomBytes } from 'node:crypto';
import { chmod, chown, lstat, open, realpath, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { constants, type Stats } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import path from 'node:path';
import { fileError } from '@carbon-ledger/core/errors';

export interface WriteOptions {
  /** Holds figures that are not public: readable by its owner only, whatever stood there before. */
  readonly isPrivate?: boolean;
}

/** Whole, or in chunks as they come. */
export type FileContent = string | Uint8Array | AsyncIterable<Uint8Array>;

/** How long a pipe waits for somebody to read it: as long as two commands that are started together may differ. */
const readerTries = 40;
const readerWaitMs = 50;

/**
 * A pipe that nobody reads would hold the command for ever. The handle is to be kept open until the pipe is written: the
 * reader would take its end for that of the content. @throws Error ENXIO
 */
async function awaitReader(pipe: string): Promise<FileHandle> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await open(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO' || tries >= readerTries) throw error;
    }
    await pause(readerWaitMs);
  }
}

async function writePipe(pipe: string, content: FileContent): Promise<void> {
  const kept = await awaitReader(pipe);
  try {
    await writeThrough(pipe, content, newFileMode);
  } finally {
    await kept.close();
  }
}

/** Through what stands there, as `>` of the shell does; a new file gets the mode. */
async function writeThrough(file: string, content: FileContent, mode: number): Promise<void> {
  const handle = await open(file, 'w', mode);
  try {
    await writeFile(handle, content);
  } finally {
    await handle.close();
  }
}

/** A file with more than one name (hard links) is written where it lies: replaced, it would stay as it was under the others. */
async function writeInPlace(file: string, content: FileContent, mode: number): Promise<void> {
  await chmod(file, mode);
  await writeThrough(file, content, mode);
}

/** Owner and mode of what stood there; the owner only where this process may give files away. */
async function keepOwner(file: string, before: Stats): Promise<void> {
  if (process.getuid?.() === 0) await chown(file, before.uid, before.gid);
}

const newFileMode = 0o666;
const ownerOnly = 0o600;

function modeOf(before: Stats | undefined, isPrivate: boolean): number {
  if (isPrivate) return ownerOnly;
  return before === undefined ? newFileMode : before.mode & 0o7777;
}

/** Writes beside the file and renames, so that nobody ever finds half of it. */
async function replace(file: string, content: FileContent, before: Stats | undefined, mode: number): Promise<void> {
  const beside = path.join(path.dirname(file), `.${String(process.pid)}-${randomBytes(4).toString('hex')}.tmp`);
  try {
    const handle = await open(beside, 'wx', mode);
    try {
      await writeFile(handle, content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (before !== undefined) {
      await keepOwner(beside, before);
      await chmod(beside, mode);
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function statOf(look: () => Promise<Stats>): Promise<Stats | undefined> {
  try {
    return await look();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Names of what this or another process has open: there is nothing beside which a file could be written. */
const ofProcess = /^\/(?:dev|proc)\//;

async function write(file: string, content: FileContent, isPrivate: boolean): Promise<void> {
  const before = await statOf(() => stat(file));
  const link = await statOf(() => lstat(file));
  const mode = modeOf(before, isPrivate);
  // A device, a pipe, a link that leads to nothing yet: what they lead to is what was meant.
  const isOther = before === undefined ? link !== undefined : !before.isFile();
  if (before?.isFIFO() === true && !ofProcess.test(path.resolve(file))) return writePipe(file, content);
  if (isOther || ofProcess.test(path.resolve(file))) return writeThrough(file, content, mode);
  if (before !== undefined && before.nlink > 1) return writeInPlace(file, content, mode);
  return replace(before === undefined ? file : await realpath(file), content, before, mode);
}

/** Standard output by name. A file behind it is not opened anew: that would cut what is there already (`>>`). */
const namesOfStdout: ReadonlySet<string> = new Set(['-', '/dev/stdout', '/dev/fd/1', '/proc/self/fd/1']);

/** Whether a file of the command line is standard output, which then carries nothing else. */
export function isStdout(file: string): boolean {
  return namesOfStdout.has(file);
}

async function writeStdout(content: FileContent): Promise<void> {
  if (typeof content === 'string' || content instanceof Uint8Array) await writeChunk(content);
  else for await (const chunk of content) await writeChunk(chunk);
}

async function writeChunk(content: string | Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(content, (error) => {
      if (error == null) resolve();
      else reject(error);
    });
  });
}

/**
 * Writes a whole file: a regular one is replaced at once, with the mode it had, also behind a link, and written in place where it has
 * several names; a device, a pipe or a descriptor (`>(…)`) is written to; `-` is standard output.
 * @throws LedgerError DISK_FULL, FILE_FORBIDDEN, FILE_UNREADABLE; what stood there is unchanged
 */
export async function writeWhole(
  file: string,
  content: FileContent,
  { isPrivate = false }: WriteOptions = {},
): Promise<void> {
  try {
    await (isStdout(file) ? writeStdout(content) : write(file, content, isPrivate));
  } catch (error) {
    throw fileError(error, file, 'written');
  }
}
