import path from 'node:path';
import { LedgerError, type DocumentRef } from '@carbon-ledger/core';
import { hashFile, isHashed } from '../files/hash-file';
import { mediaTypeOf } from '../files/media-type';

/** The reference of a file as a record carries it: name, type, size and both digests. @throws LedgerError FILE_UNREADABLE */
export async function documentRef(file: string, role: string): Promise<DocumentRef> {
  const hashed = await hashFile(file);
  if (!isHashed(hashed)) throw new LedgerError('FILE_UNREADABLE', `${file} cannot be read: ${hashed.error}`);
  const { size, sha256, sm3 } = hashed;
  return { role, name: path.basename(file), mediaType: mediaTypeOf(file), size: String(size), sha256, sm3 };
}
