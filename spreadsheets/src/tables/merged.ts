import type { CellRange, Sheet } from '../model';

/** Looks up which merged cell covers a place. Most sheets have none, and a sheet of 100,000 rows is asked a million times. */
export class MergedCells {
  readonly #byColumn = new Map<number, CellRange[]>();

  constructor({ merges }: Pick<Sheet, 'merges'>) {
    for (const range of merges) {
      for (let column = range.left; column <= Math.min(range.right, range.left + 500); column += 1) {
        const ranges = this.#byColumn.get(column) ?? [];
        ranges.push(range);
        this.#byColumn.set(column, ranges);
      }
    }
    for (const ranges of this.#byColumn.values()) ranges.sort((one, other) => one.top - other.top);
  }

  covering(row: number, column: number): CellRange | undefined {
    const ranges = this.#byColumn.get(column);
    if (!ranges) return undefined;
    let low = 0;
    let high = ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ranges[middle]?.top ?? 0) <= row) low = middle + 1;
      else high = middle;
    }
    const found = ranges[low - 1];
    return found && found.bottom >= row ? found : undefined;
  }
}
