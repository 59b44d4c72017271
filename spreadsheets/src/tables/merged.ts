import type { CellRange, Sheet } from '../model';

/** Looks up which merged cell covers a place. Most sheets have none, and a sheet of 100,000 rows is asked a million times. */
export class MergedCells {
  readonly #merges: readonly CellRange[];
  /** Of the columns that were asked for alone: one merged cell may reach over all that a sheet has. */
  readonly #byColumn = new Map<number, readonly CellRange[]>();

  constructor({ merges }: Pick<Sheet, 'merges'>) {
    this.#merges = merges;
  }

  covering(row: number, column: number): CellRange | undefined {
    if (this.#merges.length === 0) return undefined;
    const ranges = this.#of(column);
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

  #of(column: number): readonly CellRange[] {
    const known = this.#byColumn.get(column);
    if (known !== undefined) return known;
    const own = this.#merges.filter(({ left, right }) => left <= column && column <= right);
    own.sort((one, other) => one.top - other.top);
    this.#byColumn.set(column, own);
    return own;
  }
}
