const mostFiles = 100_000;
/** Tables of readings pack to a twentieth of their size; what is made to burst, to a thousandth. */
const greatestRatio = 100;
const freeBytes = 512 * 1024 * 1024;

/** What may come out of one archive of a stick, with the archives in it: time and memory are bounded by the size of what is there. */
export class Budget {
  #files = mostFiles;
  #bytes: number;

  /** @param size bytes of the archive */
  constructor(size: number) {
    this.#bytes = Math.max(freeBytes, size * greatestRatio);
  }

  /** Why no more of its files are looked at; undefined where there is room for another. */
  file(): string | undefined {
    this.#files -= 1;
    return this.#files < 0 ? `more than ${String(mostFiles)} files: the rest was not looked at` : undefined;
  }

  /** Why a file of so many bytes is not unpacked. */
  unpack(bytes: number): string | undefined {
    if (bytes > this.#bytes) return 'the archive unpacks to more than a hundred times its size: it was not looked at';
    this.#bytes -= bytes;
    return undefined;
  }
}
