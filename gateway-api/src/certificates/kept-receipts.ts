import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * The receipts of certificates, a file each. Nothing rests on them: what is lost is made anew, under a later checkpoint, and what
 * is damaged is not believed. So nothing is synced, and a disk that is full costs no certificate.
 */
export class KeptReceipts {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(id: string): Promise<Uint8Array | undefined> {
    return readFile(this.#file(id)).catch(() => undefined);
  }

  async write(id: string, receipt: Uint8Array): Promise<void> {
    const file = this.#file(id);
    const temporary = `${file}.${randomUUID()}`;
    try {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(temporary, receipt, { mode: 0o600 });
      await rename(temporary, file);
    } catch {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  /** In folders by the first byte of the id: millions of files in one are slow on many systems. */
  #file(id: string): string {
    const hash = id.slice('rec:'.length);
    return join(this.#folder, hash.slice(0, 2), `${hash}.receipt`);
  }
}
