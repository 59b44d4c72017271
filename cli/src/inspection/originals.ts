import { createHash } from 'node:crypto';
import {
  assertOpens,
  cellsOf,
  LedgerError,
  parseOpening,
  type AnchoredDocument,
  type TableCell,
} from '@carbon-ledger/core';
import { readJsonFile } from '../files/read-file';
import type { ReadableFile } from './folder';

/** Bytes of a file that are those whose digest was taken. @throws LedgerError FILE_UNREADABLE where it was changed since */
export async function sameBytes(file: ReadableFile): Promise<Buffer> {
  const bytes = await file.read();
  const sha256 = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (sha256 === file.sha256) return bytes;
  throw new LedgerError('FILE_UNREADABLE', 'it was changed while it was looked at');
}

/** Openings and copies of what was anchored, by the digest of the file. */
export class Originals {
  readonly #openings = new Map<string, TableCell[]>();
  readonly #copies = new Map<string, ReadableFile>();

  async addOpening(file: string, documents: readonly AnchoredDocument[]): Promise<void> {
    const opening = parseOpening(await readJsonFile(file));
    const committed = documents.find(({ document }) => document.sha256 === opening.document.sha256)?.document.cells;
    if (committed === undefined) return;
    assertOpens(opening, committed);
    this.#openings.set(opening.document.sha256, cellsOf(opening));
  }

  addCopy(file: ReadableFile): void {
    if (!this.#copies.has(file.sha256)) this.#copies.set(file.sha256, file);
  }

  opened(sha256: string): TableCell[] | undefined {
    return this.#openings.get(sha256);
  }

  copy(sha256: string): ReadableFile | undefined {
    return this.#copies.get(sha256);
  }
}
