import type { Readable } from 'node:stream';

/** A file of an archive, unpacked when it is asked for, also when the walk through the archive has long ended. */
export interface ArchivedFile {
  readonly name: string;
  readonly size: number;
  /** As the archive states it, where its kind states any. */
  readonly crc32?: number;
  readonly unpack: () => Promise<Readable>;
  /** What is odd about its name. */
  readonly note?: string;
}

/** A file of an archive, or why it is not looked at. */
export type ArchiveItem = ArchivedFile | { readonly name: string; readonly why: string };
