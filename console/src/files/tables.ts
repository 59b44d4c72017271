/** Tables, by their names, and as large as a page reads them whole. */
const TABLE = /\.(?:csv|xlsx)$/i;
const LARGEST_TABLE = 16 * 1024 * 1024;

/** Whether the cells of a file are committed, opened and compared one by one. */
export function isTable(path: string, size: number): boolean {
  return TABLE.test(path) && size > 0 && size <= LARGEST_TABLE;
}
