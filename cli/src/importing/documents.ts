import path from 'node:path';
import { type DocumentRef, isLedgerError, LedgerError, type SaltSource } from '@carbon-ledger/core';
import type { Attachment } from '@carbon-ledger/plant-year';
import { z } from 'zod';
import { documentRef } from '../anchoring/documents';
import { readJsonFile } from '../files/read-file';
import { inShape } from '../files/shape';
import type { PartyKeys } from '../keys/party-keys';
import { textOfTable } from './tables';

/** Business key to the files that belong to its record; paths are relative to the folder of the manifest. */
const manifestSchema = z.record(z.string(), z.array(z.strictObject({ role: z.string(), path: z.string().min(1) })));

const manifestName = 'manifest.json';

function inside(folder: string, relative: string): string {
  const file = path.resolve(folder, relative);
  if (file.startsWith(path.resolve(folder) + path.sep)) return file;
  throw new LedgerError('BAD_FILE', `${manifestName} names ${relative}, which lies outside ${folder}`);
}

interface ManifestFile {
  readonly role: string;
  readonly file: string;
}

async function readManifest(folder: string): Promise<Map<string, ManifestFile[]>> {
  const value = await readJsonFile(path.join(folder, manifestName));
  const entries = Object.entries(inShape(manifestSchema, value, `${manifestName} is no list of files`)).map(
    ([key, files]) => [key, files.map((one) => ({ role: one.role, file: inside(folder, one.path) }))] as const,
  );
  return new Map(entries);
}

export function isManifest(file: string): boolean {
  return path.basename(file) === manifestName;
}

/**
 * Files that the manifest of a folder names, by business key; undefined where the file is no manifest (another program's
 * manifest.json, say): then it is a file like any other.
 * @throws LedgerError BAD_ENCODING, BAD_JSON, TOO_LARGE, FILE_FORBIDDEN where nobody can tell what it is
 */
export async function filesOfManifest(file: string): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  try {
    return await manifestFiles(path.dirname(file));
  } catch (error) {
    if (isLedgerError(error) && error.code === 'BAD_FILE') return undefined;
    throw error;
  }
}

/** Paths of the files of each record, by business key. @throws LedgerError FILE_UNREADABLE, BAD_FILE */
export async function manifestFiles(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const manifest = await readManifest(folder);
  return new Map([...manifest].map(([key, files]) => [key, files.map(({ file }) => file)]));
}

export interface ManifestDocuments {
  /** By business key. */
  readonly documents: ReadonlyMap<string, readonly DocumentRef[]>;
  readonly attachments: readonly Attachment[];
}

/** Salts of the party that a record is about; undefined where its key is not held: its tables are then not committed by cell. */
export type SaltsOf = (party: string) => Promise<SaltSource | undefined>;

/** From a source of keys, for parties whose keys it has. */
export function saltsFrom(keys: PartyKeys): SaltsOf {
  return async (party) => ((await keys.has(party)) ? keys.saltsOf(party) : undefined);
}

/** Documents of records, hashed where they lie, with the text of those that are tables. @throws LedgerError FILE_UNREADABLE, BAD_FILE */
export async function readDocuments(folder: string, saltsOf: SaltsOf): Promise<ManifestDocuments> {
  const documents = new Map<string, DocumentRef[]>();
  const attachments: Attachment[] = [];
  for (const [key, files] of await readManifest(folder)) {
    const salts = await saltsOf(key.split('/')[0] ?? '');
    const refs = await Promise.all(files.map(({ file, role }) => documentRef(file, role, salts)));
    documents.set(key, refs);
    for (const [index, { file }] of files.entries()) {
      const { name = '', sha256 = '' } = refs[index] ?? {};
      attachments.push({ key, name, sha256, text: await textOfTable(file) });
    }
  }
  return { documents, attachments };
}
