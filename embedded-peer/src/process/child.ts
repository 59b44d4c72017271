import { isLedgerError } from '@carbon-ledger/core';
import { setTimeout } from 'node:timers/promises';
import { startEmbeddedPeer, type EmbeddedPeer } from '../start';
import type { ProcessOptions, Report, Request, SentError } from './messages';

/** A predecessor whose parent was killed lets go of the folder within moments; so long its successor waits. */
const LOCK_PATIENCE_MS = 3_000;
const LOCK_RETRY_MS = 50;

function tell(report: Report): void {
  process.send?.(report);
}

function sentError(error: unknown): SentError {
  const message = error instanceof Error ? error.message : String(error);
  return isLedgerError(error) ? { code: error.code, message } : { message };
}

async function startPatiently(options: ProcessOptions, deadline: number): Promise<EmbeddedPeer> {
  const onBlock = (height: bigint): void => {
    tell({ tell: 'height', height });
  };
  for (;;) {
    try {
      return await startEmbeddedPeer({ ...options, onBlock });
    } catch (error) {
      const isHeld = isLedgerError(error) && error.code === 'FOLDER_LOCKED' && performance.now() < deadline;
      if (!isHeld) throw error;
    }
    await setTimeout(LOCK_RETRY_MS);
  }
}

async function serve(options: ProcessOptions): Promise<EmbeddedPeer> {
  const peer = await startPatiently(options, performance.now() + LOCK_PATIENCE_MS);
  const { endpoint, tls, identities, channel, chaincodeName, genesisHash } = peer;
  tell({
    tell: 'ready',
    peer: { endpoint, tls, identities, channel, chaincodeName, genesisHash },
    height: peer.height(),
  });
  void peer.failed.then((error) => {
    tell({ tell: 'failed', error: sentError(error) });
  });
  return peer;
}

/** Runs until the parent asks for the end or is gone. */
function run(): void {
  let peer: Promise<EmbeddedPeer> | undefined;
  const close = async (): Promise<void> => {
    await (await peer)?.close();
    process.disconnect();
  };
  process.on('message', (request: Request) => {
    if (request.ask === 'close') {
      void close();
      return;
    }
    peer = serve(request.options);
    peer.catch((error: unknown) => {
      tell({ tell: 'refused', error: sentError(error) });
      process.disconnect();
    });
  });
  // Whatever is on the disk is whole, so without a parent there is nothing to finish.
  process.on('disconnect', () => process.exit());
  // Ctrl-C reaches every process of the terminal, and a supervisor may end a whole group; the parent decides what it means.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
}

run();
