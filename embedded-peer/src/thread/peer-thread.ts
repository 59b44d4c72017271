import { LedgerError, receivedError } from '@carbon-ledger/core';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ClientIdentity, EmbeddedPeer } from '../start';
import type { Report, Request, ThreadOptions } from './messages';

const PROGRAM = join(__dirname, 'worker.js');

/** A block of a thousand records is judged in some 20 MB of garbage: in less room it would be copied again and again. */
const NURSERY = { maxYoungGenerationSizeMb: 96 };

/** What a thread that ended without being asked ended of. */
function endOf(thread: Worker): Promise<string> {
  return new Promise((resolve) => {
    thread.once('error', (error: unknown) => {
      resolve(error instanceof Error ? error.message : String(error));
    });
    thread.once('exit', (code) => {
      resolve(`exit ${String(code)}`);
    });
  });
}

type Ready = Extract<Report, { tell: 'ready' }>;

async function readyOf(thread: Worker, ended: Promise<string>): Promise<Ready> {
  return new Promise((resolve, reject) => {
    thread.on('message', (report: Report) => {
      if (report.tell === 'ready') resolve(report);
      if (report.tell === 'refused') reject(receivedError(report.error));
    });
    void ended.then((reason) => {
      reject(new LedgerError('NOT_READY', `the peer's thread ended while starting (${reason})`));
    });
  });
}

async function failureOf(thread: Worker, ended: Promise<string>, isClosing: () => boolean): Promise<LedgerError> {
  return new Promise((resolve) => {
    thread.on('message', (report: Report) => {
      if (report.tell === 'failed') resolve(receivedError(report.error));
    });
    void ended.then((reason) => {
      if (!isClosing()) resolve(new LedgerError('NOT_READY', `the peer's thread ended (${reason})`));
    });
  });
}

/** Between threads a Buffer arrives as the Uint8Array that it is. */
function buffersOf({ tls, identities, ...peer }: Ready['peer']): Ready['peer'] {
  const identity = ({ mspId, certificate, privateKey }: ClientIdentity): ClientIdentity => {
    return { mspId, certificate: Buffer.from(certificate), privateKey: Buffer.from(privateKey) };
  };
  return {
    ...peer,
    tls: {
      ...tls,
      rootCert: Buffer.from(tls.rootCert),
      clientCert: Buffer.from(tls.clientCert),
      clientKey: Buffer.from(tls.clientKey),
    },
    identities: new Map([...identities].map(([mspId, one]) => [mspId, identity(one)])),
  };
}

/**
 * The embedded peer on a thread of its own, so that it does not share its core with the caller. Same promises as
 * `startEmbeddedPeer`, with this project's contracts. `program` is the compiled `thread/worker.js`.
 * @throws LedgerError FOLDER_LOCKED, STORE_CORRUPT, NOT_READY; INTERNAL where `startEmbeddedPeer` throws another error
 */
export async function startEmbeddedPeerThread(options: ThreadOptions, program = PROGRAM): Promise<EmbeddedPeer> {
  const thread = new Worker(program, { workerData: options, resourceLimits: NURSERY });
  const gone = new Promise<void>((resolve) => {
    thread.once('exit', () => {
      resolve();
    });
  });
  const ended = endOf(thread);
  const ready = await readyOf(thread, ended);
  let { height } = ready;
  let isClosing = false;
  let unclosed: LedgerError | undefined;
  thread.on('message', (report: Report) => {
    if (report.tell === 'height') height = report.height;
    if (report.tell === 'failed' && isClosing) unclosed = receivedError(report.error);
  });
  return {
    ...buffersOf(ready.peer),
    height: () => height,
    failed: failureOf(thread, ended, () => isClosing),
    close: async () => {
      const request: Request = 'close';
      if (!isClosing) thread.postMessage(request);
      isClosing = true;
      await gone;
      if (unclosed !== undefined) throw unclosed;
    },
  };
}
