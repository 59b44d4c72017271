/** Bounds on one file of an archive: evidence has thousands of files, what is made to burst has millions of bytes of nothing. */
const mostBytes = 256 * 1024 * 1024;
const greatestRatio = 200;
const freeOfRatio = 16 * 1024 * 1024;
/** Longer is no path of any system. */
export const mostNameBytes = 4096;

export const kinds = {
  link: 'a link, which is not followed',
  device: 'a device or pipe, not a file',
} as const;

/** Why a file of so many bytes is not looked at. */
export function refusalBySize(bytes: number, nameBytes: number): string | undefined {
  if (nameBytes > mostNameBytes) return 'its name has more than 4,096 bytes';
  return bytes > mostBytes ? 'it is larger than 256 MB' : undefined;
}

export function refusalByRatio(bytes: number, packed: number): string | undefined {
  const bursts = bytes > freeOfRatio && bytes > packed * greatestRatio;
  return bursts ? 'it unpacks to more than two hundred times its size' : undefined;
}

export function notLooked(why: string | undefined): string | undefined {
  return why === undefined ? undefined : `${why}: it was not looked at`;
}

const leadsOut = /^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)/;

/** What is odd about a name. Nothing is written under it. */
export function noteOnName(name: string): string | undefined {
  return leadsOut.test(name) ? 'its name leads out of the archive' : undefined;
}
