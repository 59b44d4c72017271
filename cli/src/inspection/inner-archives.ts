import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';

/** What archives inside archives may take of the disk, all together. */
const mostBytes = 2 * 1024 * 1024 * 1024;

/** Places for archives that lie in archives: they are unpacked to a folder that is taken away at the end, so that memory holds none of them. */
export class InnerArchives {
  readonly #scratch: string;
  #folder: string | undefined;
  #count = 0;
  #bytes = 0;

  /** @param scratch the folder in which theirs is made */
  constructor(scratch: string) {
    this.#scratch = scratch;
  }

  /** A place for the next one; undefined where there is no room for so many bytes. */
  async placeFor(bytes: number): Promise<string | undefined> {
    return this.take(bytes) ? this.place() : undefined;
  }

  /** Room for more bytes; false where there is none. */
  take(bytes: number): boolean {
    if (this.#bytes + bytes > mostBytes) return false;
    this.#bytes += bytes;
    return true;
  }

  /** A place for what comes in parts: room is taken for each of them. */
  async place(): Promise<string> {
    this.#count += 1;
    this.#folder ??= await mkdtemp(path.join(this.#scratch, 'inspect-'));
    return path.join(this.#folder, String(this.#count));
  }

  async remove(): Promise<void> {
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true });
  }
}
