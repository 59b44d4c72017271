import { gzipSync } from 'node:zlib';

/** A file of an archive: name (under 100 bytes of ASCII) and content. */
export interface ArchiveEntry {
  readonly name: string;
  readonly content: Buffer;
}

const BLOCK = 512;
/** Offset of the operating-system byte in a gzip header (RFC 1952, 2.3); 255 means unknown. */
const GZIP_OS_OFFSET = 9;

/**
 * A gzipped tar that depends on nothing but names and contents: sorted, time 0, owner 0, stored without compression
 * (zlib's output differs between releases). Two organisations that pack the same get the same package id.
 */
export function packDeterministic(entries: readonly ArchiveEntry[]): Buffer {
  const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
  const tar = Buffer.concat([...sorted.flatMap(tarEntry), Buffer.alloc(2 * BLOCK)]);
  const archive = gzipSync(tar, { level: 0 });
  archive[GZIP_OS_OFFSET] = 255;
  return archive;
}

function tarEntry({ name, content }: ArchiveEntry): Buffer[] {
  const padding = (BLOCK - (content.length % BLOCK)) % BLOCK;
  return [tarHeader(name, content.length), content, Buffer.alloc(padding)];
}

/** POSIX ustar header (IEEE 1003.1, pax interchange format, ustar fields). */
function tarHeader(name: string, size: number): Buffer {
  if (Buffer.byteLength(name) >= 100) throw new RangeError(`${name} is too long for a tar header`);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 'ascii');
  header.write('0000644\0', 100, 'ascii');
  header.write('0000000\0', 108, 'ascii');
  header.write('0000000\0', 116, 'ascii');
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'ascii');
  header.write('00000000000\0', 136, 'ascii');
  header.write('        ', 148, 'ascii');
  header.write('0', 156, 'ascii');
  header.write('ustar\0' + '00', 257, 'ascii');
  header.write(`${checksum(header).toString(8).padStart(6, '0')}\0 `, 148, 'ascii');
  return header;
}

function checksum(header: Buffer): number {
  return header.reduce((sum, byte) => sum + byte, 0);
}
