import { isLedgerError } from '@carbon-ledger/core';
import { parentPort, workerData } from 'node:worker_threads';
import { startEmbeddedPeer } from '../start';
import type { Report, SentError, ThreadOptions } from './messages';

function tell(report: Report): void {
  parentPort?.postMessage(report);
}

function sentError(error: unknown): SentError {
  const message = error instanceof Error ? error.message : String(error);
  return isLedgerError(error) ? { code: error.code, message } : { message };
}

/** Serves until it is asked for the end; without its port nothing keeps the thread alive. */
async function serve(options: ThreadOptions): Promise<void> {
  const onBlock = (height: bigint): void => {
    tell({ tell: 'height', height });
  };
  const peer = await startEmbeddedPeer({ ...options, onBlock });
  parentPort?.once('message', () => {
    void peer.close().finally(() => parentPort?.close());
  });
  const { endpoint, tls, identities, channel, chaincodeName, genesisHash } = peer;
  tell({
    tell: 'ready',
    peer: { endpoint, tls, identities, channel, chaincodeName, genesisHash },
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
