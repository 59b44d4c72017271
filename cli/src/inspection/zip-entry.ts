import type { Entry, LocalFileHeader } from 'yauzl';
import { decodedName } from '../files/place';
import { kinds, mostNameBytes, noteOnName, notLooked, refusalByRatio, refusalBySize } from './entry-bounds';

/** APPNOTE 4.4.4, bit 0: encrypted; bit 11: the name is UTF-8. Else what wrote it meant its own code page, in China mostly GBK. */
const encryptedFlag = 1;
const utf8Flag = 0x800;

/** APPNOTE 4.4.5, as far as programs write them. */
const methods: Readonly<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
};
/** The method under which AES hides the true one. */
const aes = 99;

/** Kinds of files as Unix numbers them (inode(7)), in the upper half of the attributes. */
const kindMask = 0o170000;
const regular = 0o100000;
const folder = 0o040000;
const link = 0o120000;

export function nameOf({ fileName, generalPurposeBitFlag }: Entry): string {
  const bytes = Buffer.from(fileName).subarray(0, mostNameBytes);
  return (generalPurposeBitFlag & utf8Flag) !== 0 ? bytes.toString('utf8') : decodedName(bytes);
}

function refusalByKind({ externalFileAttributes }: Entry): string | undefined {
  const kind = (externalFileAttributes >>> 16) & kindMask;
  if (kind === link) return kinds.link;
  return [0, regular, folder].includes(kind) ? undefined : kinds.device;
}

function refusalByPacking(entry: Entry, local: LocalFileHeader): string | undefined {
  const method = entry.compressionMethod;
  const isLocked = entry.isEncrypted() || (local.generalPurposeBitFlag & encryptedFlag) !== 0 || method === aes;
  if (isLocked) return 'it is encrypted';
  if (method === 0 || method === 8) return undefined;
  return `it is packed by a method that is not unpacked here (${methods[method] ?? String(method)})`;
}

function refusalByBounds({ uncompressedSize, compressedSize, fileNameLength }: Entry): string | undefined {
  return refusalBySize(uncompressedSize, fileNameLength) ?? refusalByRatio(uncompressedSize, compressedSize);
}

/** Why a file of an archive is not unpacked; undefined where it may be. */
export function refusalOf(entry: Entry, local: LocalFileHeader): string | undefined {
  return notLooked(refusalByKind(entry) ?? refusalByPacking(entry, local) ?? refusalByBounds(entry));
}

/** What is odd about the name of a file that is looked at. Nothing is written under it. */
export function noteOn(entry: Entry, local: LocalFileHeader): string | undefined {
  if (!Buffer.from(entry.fileName).equals(local.fileName))
    return `a second name stands in front of it: ${decodedName(local.fileName)}`;
  return noteOnName(nameOf(entry));
}
