import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { LedgerError } from '@carbon-ledger/core';

export function isPdf(name: string): boolean {
  return /\.pdf$/i.test(name);
}

interface PdfText {
  readonly pages: number;
  readonly text: string;
}

/** Run in a thread of its own, as text because it is the same under tests and built: a PDF from a stranger may take what it likes there. */
const reader = `
const { parentPort, workerData } = require('node:worker_threads');
import(workerData.module)
  .then(async ({ extractText, getDocumentProxy }) => {
    const document = await getDocumentProxy(workerData.bytes);
    const { totalPages, text } = await extractText(document, { mergePages: true });
    parentPort.postMessage({ pages: totalPages, text: text.replace(/\\s+/g, ' ').trim() });
  })
  .catch((error) => parentPort.postMessage({ why: String(error) }));
`;

const mostMegabytes = 512;
/** A document of a plant is read in less than a second. */
const longestMs = 60_000;

/** @throws LedgerError FILE_UNREADABLE for what is no PDF, is locked, or takes too much */
function readPdf(bytes: Uint8Array): Promise<PdfText> {
  return new Promise((resolve, reject) => {
    const workerData = { module: pathToFileURL(require.resolve('unpdf')).href, bytes: new Uint8Array(bytes) };
    const worker = new Worker(reader, {
      ...{ eval: true, workerData, stdout: true, stderr: true },
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    });
    const fail = (why: string): void => {
      clearTimeout(timer);
      void worker.terminate();
      reject(new LedgerError('FILE_UNREADABLE', `it cannot be read as a PDF: ${why}`));
    };
    const timer = setTimeout(fail, longestMs, 'it takes more than a minute');
    worker.on('error', ({ message }) => {
      fail(message);
    });
    worker.on('message', (read: PdfText | { readonly why: string }) => {
      if ('why' in read) {
        fail(read.why);
        return;
      }
      clearTimeout(timer);
      void worker.terminate();
      resolve(read);
    });
  });
}

const around = 40;

/** Where two texts part, with some letters of both from there on. */
function textDifference(anchored: string, found: string): string[] {
  if (anchored === found) return anchored === '' ? ['no text could be read in either'] : ['the text is the same'];
  let at = 0;
  while (at < anchored.length && anchored[at] === found[at]) at += 1;
  const from = Math.max(0, at - 10);
  const shown = (text: string): string => JSON.stringify(text.slice(from, from + around));
  return [`text from letter ${String(at + 1)} on: ${shown(anchored)} became ${shown(found)}`];
}

/** What can be told of a changed PDF: pages and text against a copy of what was anchored, else its size alone. */
export async function comparePdf(
  anchored: Uint8Array | undefined,
  found: Uint8Array,
  anchoredSize: string,
): Promise<string[]> {
  const now = await readPdf(found);
  const size = `${anchoredSize} bytes were anchored, ${String(found.length)} are here`;
  if (anchored === undefined) return [size, `${String(now.pages)} pages here`];
  const then = await readPdf(anchored);
  const pages =
    then.pages === now.pages
      ? `${String(now.pages)} pages in both`
      : `${String(then.pages)} pages were anchored, ${String(now.pages)} are here`;
  return [size, pages, ...textDifference(then.text, now.text)];
}
