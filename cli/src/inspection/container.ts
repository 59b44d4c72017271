/** What holds other files and is opened. */
export type Opened = 'zip' | 'tar' | 'gzip';

/** What holds other files: a kind that is opened, or one that is not. */
export type Container = Opened | { readonly closed: string };

/** As many bytes of its beginning tell what a file is. */
export const headBytes = 512;

interface Mark {
  readonly kind: string;
  readonly at: number;
  readonly bytes: Buffer;
}

const mark = (kind: string, bytes: string, at = 0): Mark => ({ kind, at, bytes: Buffer.from(bytes, 'latin1') });

/** By how they begin, whatever they are called. */
const marks: readonly Mark[] = [
  ...['PK\u0003\u0004', 'PK\u0005\u0006', 'PK\u0007\u0008'].map((bytes) => mark('zip', bytes)),
  mark('7z', '7z\u00bc\u00af\u0027\u001c'),
  mark('rar', 'Rar!\u001a\u0007'),
  mark('gzip', '\u001f\u008b'),
  mark('bzip2', 'BZh'),
  mark('xz', '\u00fd7zXZ\u0000'),
  mark('zstd', '\u0028\u00b5\u002f\u00fd'),
  mark('cab', 'MSCF\u0000\u0000\u0000\u0000'),
  mark('tar', 'ustar', 257),
  mark('lha', '-lh', 2),
];

/** By their names, where the beginning says nothing: old tars, images of disks, second volumes, what is damaged. */
const ending =
  /\.(?<kind>zip|rar|7z|tar|gz|tgz|bz2|tbz2?|xz|txz|zst|cab|iso|img|dmg|vhdx?|wim|lzh|lha|arj|z\d\d|r\d\d|\d{3})$/i;

/** Documents that are zips inside: what is in them is theirs, not somebody's file. */
const documents =
  /\.(?:xls[xmb]|xlt[xm]|xlam|doc[xm]|dot[xm]|ppt[xm]|pps[xm]|od[stpgf]|ofd|epub|jar|apk|vsd[xm]|dwfx|o?xps|et|wps|dps)$/i;

/** Kinds that are opened, by what they are called in marks and endings. */
const opened: Readonly<Record<string, Opened>> = { zip: 'zip', tar: 'tar', gzip: 'gzip', gz: 'gzip', tgz: 'gzip' };

function kindOf(name: string, head: Buffer): string | undefined {
  const known = marks.find(({ at, bytes }) => head.subarray(at, at + bytes.length).equals(bytes))?.kind;
  return known ?? ending.exec(name)?.groups?.['kind']?.toLowerCase();
}

/** Whether a file holds others, by the bytes it begins with, and by its name where those say nothing. */
export function containerOf(name: string, head: Buffer): Container | undefined {
  const kind = kindOf(name, head);
  if (kind === undefined || documents.test(name)) return undefined;
  return opened[kind] ?? { closed: `an archive (${kind}) that is not opened: unpack it and check the folder` };
}
