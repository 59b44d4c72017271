import { LedgerError, type DocumentRef } from '@carbon-ledger/core';
import { hashFile, isHashed } from '../files/hash-file';
import { findPlace } from '../files/place';
import { mediaTypeOf } from '../files/media-type';

/** The reference of a file as a record carries it: name, type, size and both digests. @throws LedgerError FILE_UNREADABLE */
export async function documentRef(file: string, role: string): Promise<DocumentRef> {
  const hashed = await hashFile(await findPlace(file));
  if (!isHashed(hashed)) throw new LedgerError('FILE_UNREADABLE', `${file} cannot be read: ${hashed.error}`);
  const { size, sha256, sm3, name } = hashed;
  return { role, name, mediaType: mediaTypeOf(file), size: String(size), sha256, sm3 };
}
