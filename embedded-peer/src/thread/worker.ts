import { isLedgerError } from '@carbon-ledger/core';
import { parentPort, workerData } from 'node:worker_threads';
import { startEmbeddedPeer, type EmbeddedPeer } from '../start';
import type { Report, SentError, ThreadOptions } from './messages';

function tell(report: Report): void {
  parentPort?.postMessage(report);
}

function sentError(error: unknown): SentError {
  const message = error instanceof Error ? error.message : String(error);
  return isLedgerError(error) ? { code: error.code, message } : { message };
}

/** Ends what the peer has open, then the port; nothing else keeps the thread alive. */
async function end(peer: EmbeddedPeer): Promise<void> {
  try {
    await peer.close();
  } catch (error) {
    tell({ tell: 'failed', error: sentError(error) });
  }
  parentPort?.close();
}

/**
 * An error that nobody caught ends the peer, but in order: a thread that is torn down while its sockets still receive takes
 * the whole process with it.
 */
function endOnUncaught(peer: EmbeddedPeer): void {
  process.once('uncaughtException', (error: unknown) => {
    tell({
      tell: 'failed',
      error: { code: 'NOT_READY', message: `the peer ended by an error: ${sentError(error).message}` },
    });
    void end(peer);
  });
}

async function serve(options: ThreadOptions): Promise<void> {
  const onBlock = (height: bigint): void => {
    tell({ tell: 'height', height });
  };
  const peer = await startEmbeddedPeer({ ...options, onBlock });
  endOnUncaught(peer);
  parentPort?.once('message', () => void end(peer));
  const { endpoint, tls, identities, channel, chaincodeName, profileFile, genesisHash } = peer;
  tell({
    tell: 'ready',
    peer: { endpoint, tls, identities, channel, chaincodeName, profileFile, genesisHash },
    height: peer.height(),
  });
  void peer.failed.then((error) => {
    tell({ tell: 'failed', error: sentError(error) });
  });
}

serve(workerData as ThreadOptions).catch((error: unknown) => {
  tell({ tell: 'refused', error: sentError(error) });
  parentPort?.close();
});
