import type { DocumentRef } from '@carbon-ledger/core';
import type { DroppedFile } from '../files/dropped';
import { isTable } from '../files/tables';
import type { HashedFile } from '../workers/hash.worker';

/** By the ending, as the command line names them too; browsers know few of these. */
const mediaTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  csv: 'text/csv',
  txt: 'text/plain',
  json: 'application/json',
  xml: 'application/xml',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ofd: 'application/ofd',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  zip: 'application/zip',
};

export function mediaTypeOf(name: string): string {
  return mediaTypes[name.toLowerCase().split('.').at(-1) ?? ''] ?? 'application/octet-stream';
}

/** A file as records name it: by its name, its size and its digests. */
export function documentOf({ path, file }: DroppedFile, hashed: HashedFile, role: string): DocumentRef {
  const name = path.split('/').at(-1) ?? path;
  return { role, name, mediaType: mediaTypeOf(name), size: String(file.size), sha256: hashed.sha256, sm3: hashed.sm3 };
}

/**
 * The same with the root over its cells where it is a table, so that a changed copy can be named by its cells later.
 * @param seedOf from which the salts of a table's cells follow, by its digest
 */
export async function documentWithCells(
  file: DroppedFile,
  hashed: HashedFile,
  role: string,
  seedOf: (sha256: string) => Promise<string>,
): Promise<DocumentRef> {
  const document = documentOf(file, hashed, role);
  if (!isTable(document.name, file.file.size)) return document;
  const { committedCells } = await import('./cells');
  const cells = await committedCells(file.file, await seedOf(hashed.sha256));
  return cells === undefined ? document : { ...document, cells };
}

export interface Hashing {
  readonly done: number;
  readonly total: number;
}

/**
 * Hashes files one after another. A file that cannot be read is told by `onFailure` and left out; the others go on.
 * @throws AbortError where it was called off
 */
export async function hashAll(
  files: readonly DroppedFile[],
  hash: (file: Blob) => Promise<HashedFile>,
  told: {
    readonly onProgress: (progress: Hashing) => void;
    readonly onFailure: (path: string, error: unknown) => void;
    readonly signal: AbortSignal;
  },
): Promise<{ readonly file: DroppedFile; readonly hashed: HashedFile }[]> {
  const done: { readonly file: DroppedFile; readonly hashed: HashedFile }[] = [];
  for (const [at, file] of files.entries()) {
    told.signal.throwIfAborted();
    try {
      done.push({ file, hashed: await hash(file.file) });
    } catch (error) {
      told.onFailure(file.path, error);
    }
    told.onProgress({ done: at + 1, total: files.length });
  }
  told.signal.throwIfAborted();
  return done;
}

/** The same file twice under one role is named once. */
export function withDocuments(documents: readonly DocumentRef[], more: readonly DocumentRef[]): DocumentRef[] {
  const added = more.filter((one) => !documents.some(({ sha256, role }) => sha256 === one.sha256 && role === one.role));
  return [...documents, ...added];
}
