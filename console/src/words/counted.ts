/** A number with its word, as English has it: 1 row, 2 rows. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}
