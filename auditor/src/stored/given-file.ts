import { closeSync, constants, createReadStream, open, type PathLike } from 'node:fs';
import { realpath, stat, statfs } from 'node:fs/promises';
import { Socket } from 'node:net';
import { devNull } from 'node:os';
import type { Readable } from 'node:stream';
import { isatty, ReadStream } from 'node:tty';
import { promisify } from 'node:util';
import { fileError, LedgerError } from '@carbon-ledger/core/errors';

/** What stands at a place (stat(2)), as far as it matters to whoever wants to read there. */
export interface PlaceKind {
  readonly size: number;
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
  isFIFO(): boolean;
  isSocket(): boolean;
}

const kinds: readonly (readonly [(kind: PlaceKind) => boolean, string])[] = [
  [(kind) => kind.isSymbolicLink(), 'a link, which is not followed'],
  [(kind) => kind.isDirectory(), 'it is a folder'],
  [(kind) => kind.isFIFO(), 'a pipe, not a file'],
  [(kind) => kind.isSocket(), 'a socket, not a file'],
];

/** In words, what stands there in place of a file. */
export function kindInWords(kind: PlaceKind): string {
  return kinds.find(([is]) => is(kind))?.[1] ?? 'a device, not a file';
}

/** File systems of a type as Linux numbers them (statfs(2)): proc, tracefs, debugfs. What lies there is made when it is read, and may never end. */
const madeWhenRead: ReadonlySet<number> = new Set([0x9fa0, 0x74726163, 0x64626720]);

/** Whether a regular file is one of the system’s own, of no stated length: `/proc/kmsg` waits for news for ever. */
export async function isOfSystem(place: PathLike, { size }: PlaceKind): Promise<boolean> {
  if (size > 0 || process.platform !== 'linux') return false;
  return madeWhenRead.has((await statfs(place)).type);
}

export const ofSystem = 'a file of the system’s own, which is no document';

/** Names of what a shell or another program has opened already: standard input, `<(…)`. Somebody writes there, or did. */
const alreadyOpen = /^\/(?:dev\/(?:stdin|fd\/\d+)|proc\/(?:self|thread-self|\d+)\/fd\/\d+)$/;

type Way = 'file' | 'pipe' | 'terminal';

const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

/** What may be opened at all; undefined for a device, which is asked once it is open. */
async function wayOf(place: PathLike): Promise<Way | undefined> {
  const kind = await stat(place);
  if (kind.isFile()) {
    if (await isOfSystem(place, kind)) throw new Error(ofSystem);
    return 'file';
  }
  if (kind.isFIFO() && alreadyOpen.test(String(place))) return 'pipe';
  if (kind.isCharacterDevice()) return (await realpath(place)) === devNull ? 'file' : undefined;
  throw new Error(kindInWords(kind));
}

interface Opened {
  readonly fd: number;
  readonly way: Way;
}

async function openGiven(place: PathLike): Promise<Opened> {
  const way = await wayOf(place);
  // Never blocking: what has become a pipe since it was looked at gives its end, or an error.
  const fd = await promisify(open)(place, flags);
  if (way !== undefined) return { fd, way };
  if (isatty(fd)) return { fd, way: 'terminal' };
  closeSync(fd);
  throw new Error('a device, not a file');
}

/** More than a document may have, less than memory: what another program writes need not end. */
const MOST_PIPED_BYTES = 256 * 1024 * 1024;

/** What comes through a pipe or from a terminal, waited for beside everything else: a signal ends the wait. */
async function* waitedFor(stream: Readable): AsyncGenerator<Buffer, void, undefined> {
  const stop = (): void => {
    stream.destroy(new LedgerError('INTERRUPTED', 'stopped while a pipe or terminal was read'));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  let length = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > MOST_PIPED_BYTES) throw new LedgerError('TOO_LARGE', 'more than 256 MiB come through this pipe');
      yield chunk;
    }
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    stream.destroy();
  }
}

function streamOf({ fd, way }: Opened): AsyncIterable<Buffer> {
  if (way === 'file') return createReadStream('', { fd, highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>;
  return waitedFor(way === 'pipe' ? new Socket({ fd, writable: false }) : new ReadStream(fd));
}

/**
 * Bytes of a file that somebody named, a chunk at a time. A pipe that has a name, a socket, a device, a folder is refused before it
 * is opened: it would hold the reader for ever, in a thread that no signal ends. What a shell hands over opened (`<(…)`, standard
 * input) is read, up to 256 MiB.
 * @throws Error of the system, or one that says in words what stands there; LedgerError TOO_LARGE, INTERRUPTED
 */
export async function* chunksOfGiven(place: PathLike): AsyncGenerator<Buffer, void, undefined> {
  yield* streamOf(await openGiven(place));
}

/** So many bytes of a file, from one of them on: of a tar, one of its files. @throws Error where no file stands there */
export async function* partOfGiven(
  place: PathLike,
  start: number,
  size: number,
): AsyncGenerator<Buffer, void, undefined> {
  if (size === 0) return;
  const { fd, way } = await openGiven(place);
  if (way !== 'file') {
    closeSync(fd);
    throw new Error('not a file');
  }
  yield* createReadStream('', { fd, start, end: start + size - 1 }) as AsyncIterable<Buffer>;
}

/** The same, of a file by its name. @throws LedgerError FILE_UNREADABLE, FILE_FORBIDDEN with the reason; TOO_LARGE, INTERRUPTED of a pipe */
export async function readNamed(file: string): Promise<Buffer> {
  try {
    return await readGiven(file);
  } catch (error) {
    throw fileError(error, file, 'read');
  }
}

/** The same, as text in UTF-8. */
export async function readText(place: PathLike): Promise<string> {
  return (await readGiven(place)).toString('utf8');
}

/** What one buffer can hold. */
const MOST_WHOLE_BYTES = 2 ** 31 - 1;

/** The same, whole. @throws LedgerError TOO_LARGE from 2 GiB on, too */
export async function readGiven(place: PathLike): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunksOfGiven(place)) {
    length += chunk.length;
    if (length > MOST_WHOLE_BYTES) throw new LedgerError('TOO_LARGE', 'a file of 2 GiB or more cannot be read whole');
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}
