import { LedgerError, type DocumentRef, type SaltSource } from '@carbon-ledger/core';
import { hashFile, isHashed } from '../files/hash-file';
import { findPlace } from '../files/place';
import { readBytes } from '../files/read-file';
import { commitmentOf, isTable } from '../inspection/tables';
import { mediaTypeOf } from '../files/media-type';

/**
 * The reference of a file as a record carries it: name, type, size and both digests.
 * @param salts of the party that anchors it: a table is then committed cell by cell too
 * @throws LedgerError FILE_UNREADABLE
 */
export async function documentRef(file: string, role: string, salts?: SaltSource): Promise<DocumentRef> {
  const hashed = await hashFile(await findPlace(file));
  if (!isHashed(hashed)) throw new LedgerError('FILE_UNREADABLE', `${file} cannot be read: ${hashed.error}`);
  const { size, sha256, sm3, name } = hashed;
  const ref = { role, name, mediaType: mediaTypeOf(file), size: String(size), sha256, sm3 };
  if (salts === undefined || !isTable(name, size)) return ref;
  const cells = commitmentOf(salts, sha256, await readBytes(file));
  return cells === undefined ? ref : { ...ref, cells };
}
