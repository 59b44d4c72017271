/** Behind its bytes a file may have its sizes once more (APPNOTE 4.3.9). */
const descriptor = 24;

/** Which bytes of an archive its files take. */
export class ZipLayout {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  /** Files of an archive mostly lie in the order of its directory. */
  #placeOf(start: number): number {
    let [low, high] = [0, this.#starts.length];
    if ((this.#starts[high - 1] ?? -1) < start) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Takes bytes for a file; false where some of them are another's already. */
  take(start: number, end: number): boolean {
    const at = this.#placeOf(start);
    const isFree = (this.#ends[at - 1] ?? 0) <= start && end <= (this.#starts[at] ?? Infinity);
    if (isFree) {
      this.#starts.splice(at, 0, start);
      this.#ends.splice(at, 0, end);
    }
    return isFree;
  }

  /** Bytes before the directory that no file of it takes. */
  unclaimed(directory: number): number {
    const ends = [0, ...this.#ends];
    const gaps = [...this.#starts, directory].map((start, index) => start - (ends[index] ?? 0));
    return gaps.filter((gap) => gap > descriptor).reduce((sum, gap) => sum + gap, 0);
  }
}
