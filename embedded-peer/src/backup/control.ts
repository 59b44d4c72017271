import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { LedgerError } from '@carbon-ledger/core';
import type { Entry, Store } from '../ledger/store';
import { endFrame, frameOf, readFrames } from './frames';

const PIECE_BYTES = 256 * 1024;
const SECRET_BYTES = 32;
/** No key of the store begins with this byte. */
const WHOLE = { from: Buffer.alloc(0), to: Buffer.from([0xff]) };

/** Where those who may read the folder find the peer that has it open, and the word that shows that they may. */
interface Door {
  readonly port: number;
  readonly secret: string;
}

function doorFile(folder: string): string {
  return join(folder, 'control.json');
}

/** All entries as of one block, in pieces. However long it takes, what is committed meanwhile is not among them. */
async function* wholeStore(store: Store): AsyncGenerator<Buffer> {
  const view = store.view();
  try {
    let [count, bytes]: [number, number] = [0, 0];
    let frames: Buffer[] = [];
    for await (const entry of view.entries(WHOLE)) {
      const frame = frameOf(entry);
      frames.push(frame);
      count += 1;
      bytes += frame.length;
      if (bytes < PIECE_BYTES) continue;
      yield Buffer.concat(frames);
      [frames, bytes] = [[], 0];
    }
    yield Buffer.concat([...frames, endFrame(count)]);
  } finally {
    view.release();
  }
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(a, b);
}

/** The open store, for a process of the same owner: a copy can be taken of a ledger that runs. */
export class ControlServer {
  readonly #server: Server;
  readonly #folder: string;
  readonly #sending = new Set<Promise<void>>();

  private constructor(folder: string, store: Store, secret: string) {
    this.#folder = folder;
    this.#server = createServer((asked, answer) => {
      const sending = this.#answer(asked, answer, store, secret).catch(() => undefined);
      this.#sending.add(sending);
      void sending.then(() => this.#sending.delete(sending));
    });
  }

  /** Listens on loopback, and writes where into a file of the folder that its owner alone may read. */
  static async open(folder: string, store: Store): Promise<ControlServer> {
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    const control = new ControlServer(folder, store, secret);
    control.#server.listen(0, '127.0.0.1');
    await once(control.#server, 'listening');
    const door: Door = { port: (control.#server.address() as AddressInfo).port, secret };
    await mkdir(folder, { recursive: true });
    await rm(doorFile(folder), { force: true });
    await writeFile(doorFile(folder), JSON.stringify(door), { mode: 0o600 });
    return control;
  }

  async #answer(asked: IncomingMessage, answer: ServerResponse, store: Store, secret: string): Promise<void> {
    const isKnown = isSame(asked.headers.authorization ?? '', `Bearer ${secret}`);
    if (!isKnown || asked.method !== 'GET' || asked.url !== '/store') {
      answer.writeHead(isKnown ? 404 : 401).end();
      return;
    }
    answer.writeHead(200, { 'content-type': 'application/octet-stream' });
    await pipeline(Readable.from(wholeStore(store)), answer);
  }

  /** Breaks off what is being sent: whoever takes it sees that it is not whole. */
  async close(): Promise<void> {
    await rm(doorFile(this.#folder), { force: true });
    this.#server.close();
    this.#server.closeAllConnections();
    await Promise.all(this.#sending);
  }
}

function notRunning(folder: string, cause?: unknown): LedgerError {
  return new LedgerError(
    'FOLDER_LOCKED',
    `${folder} is in use by a process that gives no copy of it: one that checks it, or a service that is starting or stopping`,
    { cause },
  );
}

async function readDoor(folder: string): Promise<Door> {
  try {
    const { port, secret } = JSON.parse(await readFile(doorFile(folder), 'utf8')) as Partial<Door>;
    if (typeof port === 'number' && typeof secret === 'string') return { port, secret };
  } catch (cause) {
    throw notRunning(folder, cause);
  }
  throw notRunning(folder);
}

/**
 * The entries of a store that a running peer has open, as of one block.
 * @throws LedgerError FOLDER_LOCKED where whoever has it gives none, UNREACHABLE where it breaks off
 */
export async function* liveEntries(folder: string): AsyncGenerator<Entry> {
  const { port, secret } = await readDoor(folder);
  const asking = request({ host: '127.0.0.1', port, path: '/store', headers: { authorization: `Bearer ${secret}` } });
  asking.end();
  const [answer] = (await once(asking, 'response').catch((cause: unknown) => {
    throw notRunning(folder, cause);
  })) as [IncomingMessage];
  try {
    if (answer.statusCode !== 200) throw notRunning(folder);
    yield* readFrames(withinReason(answer));
  } finally {
    asking.destroy();
  }
}

/** A connection that was reset is a service that ended. */
async function* withinReason(answer: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* answer;
  } catch (cause) {
    throw new LedgerError('UNREACHABLE', 'the service ended while it was being copied', { cause });
  }
}
