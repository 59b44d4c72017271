import { authorityDocuments } from './authorities';
import type { SampleDocument } from './files';
import { labDocuments } from './lab';
import { plantDocuments } from './plant';

/** Business key to the documents of its record, paths relative to the manifest. */
type Manifest = Record<string, { role: string; path: string }[]>;

function manifestOf(documents: readonly SampleDocument[]): Manifest {
  const manifest: Manifest = {};
  for (const document of documents) {
    for (const { key, role } of document.for) (manifest[key] ??= []).push({ role, path: document.path });
  }
  return manifest;
}

/**
 * The documents that the sample's plant, laboratory, verifier and authorities would have, with the manifest that tells
 * whose they are. The same sample always gives the same bytes. By path below `files/`.
 */
export async function sampleFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  const documents = [...labDocuments(), ...(await plantDocuments()), ...authorityDocuments()];
  const files = new Map(documents.map(({ path, bytes }) => [path, bytes]));
  files.set('manifest.json', Buffer.from(`${JSON.stringify(manifestOf(documents), null, 1)}\n`, 'utf8'));
  return files;
}
