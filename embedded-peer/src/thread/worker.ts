import { LedgerError, sentError } from '@carbon-ledger/core';
import { parentPort, workerData } from 'node:worker_threads';
import { startEmbeddedPeer, type EmbeddedPeer } from '../start';
import type { Report, ThreadOptions } from './messages';

function tell(report: Report): void {
  parentPort?.postMessage(report);
}

/** Ends what the peer has open, then the port; nothing else keeps the thread alive. */
async function end(peer: EmbeddedPeer): Promise<void> {
  try {
    await peer.close();
  } catch (error) {
    tell({ tell: 'failed', error: sentError(error, 'STORE_CORRUPT') });
  }
  parentPort?.close();
}

/**
 * An error that nobody caught ends the peer, but in order: a thread that is torn down while its sockets still receive takes
 * the whole process with it.
 */
function endOnUncaught(peer: EmbeddedPeer): void {
  process.once('uncaughtException', (error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    tell({ tell: 'failed', error: sentError(new LedgerError('NOT_READY', `the peer ended by an error: ${why}`)) });
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
    tell({ tell: 'failed', error: sentError(error, 'STORE_CORRUPT') });
  });
}

serve(workerData as ThreadOptions).catch((error: unknown) => {
  tell({ tell: 'refused', error: sentError(error) });
  parentPort?.close();
});
