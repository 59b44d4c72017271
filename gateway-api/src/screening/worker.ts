import { parentPort } from 'node:worker_threads';
import { sentError } from '@carbon-ledger/core';
import { AskedPages } from './asked-pages';
import { LocalScreener } from './screener';
import type { Order, Word } from './thread';

function say(word: Word): void {
  parentPort?.postMessage(word);
}

const pages = new AskedPages(say);
const screener = new LocalScreener();

parentPort?.on('message', (order: Order) => {
  if ('question' in order) {
    pages.hear(order);
    return;
  }
  const { job, begin } = order;
  screener.run(begin, pages.of(job)).then(
    (done) => {
      say({ job, done });
    },
    (error: unknown) => {
      say({ job, failed: sentError(error) });
    },
  );
});
