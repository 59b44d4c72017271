import { LedgerError, isErrorCode } from '@carbon-ledger/core';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { EmbeddedPeer } from '../start';
import type { ProcessOptions, Report, Request, SentError } from './messages';

const PROGRAM = join(__dirname, 'child.js');

/** A peer makes much short-lived garbage, for which V8 would let the heap grow to several times what is in use. */
const SMALL_HEAP = ['--heap-growing-percent=50'];
/** Buffers of several threads, each with its own pool of memory, keep twice what they need (glibc). */
const FEW_ARENAS = { MALLOC_ARENA_MAX: '2' };

function received({ code, message }: SentError): Error {
  return code !== undefined && isErrorCode(code) ? new LedgerError(code, message) : new Error(message);
}

function ask(child: ChildProcess, request: Request): void {
  child.send(request);
}

type Ready = Extract<Report, { tell: 'ready' }>;

async function readyOf(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    child.on('message', (report: Report) => {
      if (report.tell === 'ready') resolve(report);
      if (report.tell === 'refused') reject(received(report.error));
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      reject(new LedgerError('NOT_READY', `the peer process ended while starting (${signal ?? String(code)})`));
    });
  });
}

/** Ends the child and waits for it; a second call waits for the same end. */
function closer(child: ChildProcess, gone: Promise<unknown>): () => Promise<void> {
  let isClosing = false;
  return async () => {
    if (!isClosing && child.connected) ask(child, { ask: 'close' });
    isClosing = true;
    await gone;
  };
}

async function failureOf(child: ChildProcess, isClosing: () => boolean): Promise<LedgerError> {
  return new Promise((resolve) => {
    child.on('message', (report: Report) => {
      if (report.tell === 'failed') resolve(new LedgerError('STORE_CORRUPT', report.error.message));
    });
    child.once('exit', (code, signal) => {
      if (!isClosing()) resolve(new LedgerError('NOT_READY', `the peer process ended (${signal ?? String(code)})`));
    });
  });
}

/**
 * The embedded peer in a process of its own, so that it does not share its core with the caller. Same promises as
 * `startEmbeddedPeer`, with this project's contracts; when the caller dies in whatever way, the child ends too, and a
 * successor waits up to three seconds for the folder. `program` is the compiled `process/child.js`.
 * @throws LedgerError FOLDER_LOCKED, STORE_CORRUPT, NOT_READY; Error as `startEmbeddedPeer`
 */
export async function startEmbeddedPeerProcess(options: ProcessOptions, program = PROGRAM): Promise<EmbeddedPeer> {
  const child = fork(program, [], {
    serialization: 'advanced',
    execArgv: SMALL_HEAP,
    env: { ...FEW_ARENAS, ...process.env },
  });
  const gone = once(child, 'exit');
  const starting = readyOf(child);
  ask(child, { ask: 'start', options });
  const { peer, height } = await starting;
  let latest = height;
  let isClosing = false;
  child.on('message', (report: Report) => {
    if (report.tell === 'height') latest = report.height;
  });
  const end = closer(child, gone);
  return {
    ...peer,
    height: () => latest,
    failed: failureOf(child, () => isClosing),
    close: () => {
      isClosing = true;
      return end();
    },
  };
}
