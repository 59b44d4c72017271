import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';

/** A LevelDB store of a folder, in the attacker's hands. */
export type Disk = ClassicLevel<Buffer, Buffer>;

async function withStore<T>(location: string, use: (disk: Disk) => Promise<T>): Promise<T> {
  const disk: Disk = new ClassicLevel(location, { keyEncoding: 'buffer', valueEncoding: 'buffer' });
  await disk.open();
  try {
    return await use(disk);
  } finally {
    await disk.close();
  }
}

export function withPeerStore<T>(dataDir: string, use: (disk: Disk) => Promise<T>): Promise<T> {
  return withStore(join(dataDir, 'peer', 'store'), use);
}

export function withProjection<T>(dataDir: string, use: (disk: Disk) => Promise<T>): Promise<T> {
  return withStore(join(dataDir, 'projection'), use);
}

/** A copy with one bit changed. */
export function flipped(bytes: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(bytes);
  const byte = copy[at];
  if (byte === undefined) throw new Error(`there is no byte ${String(at)}`);
  copy[at] = byte ^ 1;
  return copy;
}

/** The bytes with one bit changed in a part of them: in the middle, or in the middle of a text in that part. */
export function flippedIn(bytes: Uint8Array, part: Uint8Array, text?: string): Buffer {
  const at = placeIn(bytes, part);
  if (text === undefined) return flipped(bytes, at + Math.floor(part.length / 2));
  return flipped(bytes, at + placeIn(part, Buffer.from(text)) + Math.floor(text.length / 2));
}

function placeIn(bytes: Uint8Array, part: Uint8Array): number {
  const at = Buffer.from(bytes).indexOf(part);
  if (at < 0 || part.length === 0) throw new Error('the part does not stand there');
  return at;
}

/** The bytes with a part of them replaced by another of the same length. */
export function replaced(bytes: Uint8Array, part: Uint8Array, by: Uint8Array): Buffer {
  if (part.length !== by.length) throw new Error('the part cannot be replaced');
  const copy = Buffer.from(bytes);
  copy.set(by, placeIn(bytes, part));
  return copy;
}

/** The value under a key that must be there. */
export async function need(disk: Disk, key: Buffer): Promise<Buffer> {
  const value = await disk.get(key);
  if (value === undefined) throw new Error(`there is no entry ${JSON.stringify(key.toString('latin1'))}`);
  return value;
}

export async function swap(disk: Disk, a: Buffer, b: Buffer): Promise<void> {
  const [one, two] = [await need(disk, a), await need(disk, b)];
  await disk.put(a, two);
  await disk.put(b, one);
}

/** All keys of a table, by its first letter. */
export async function keysOf(disk: Disk, letter: string): Promise<Buffer[]> {
  const end = Buffer.from([letter.charCodeAt(0) + 1]);
  return disk.keys({ gte: Buffer.from(letter), lt: end }).all();
}
