import { isDecimalText, parseDecimal } from '../decimal';
import type { TableCell } from './cells';

/** A cell that is not what was anchored; null where there is none. */
export interface CellChange {
  readonly sheet: string;
  readonly cell: string;
  readonly anchored: string | null;
  readonly found: string | null;
}

/** Texts that say the same: `1.10` and `1.1`, spaces around, another Unicode form. A program that saves a table again writes them so. */
function saysSame(one: string, other: string): boolean {
  const [a, b] = [one.trim().normalize('NFC'), other.trim().normalize('NFC')];
  if (a === b) return true;
  return isDecimalText(a) && isDecimalText(b) && parseDecimal(a).eq(parseDecimal(b));
}

function nameOf({ sheet, cell }: TableCell): string {
  return `${sheet}\n${cell}`;
}

function changeOf({ sheet, cell }: TableCell, anchored: string | null, found: string | null): CellChange {
  return { sheet, cell, anchored, found };
}

/** What a table says otherwise than the one that was anchored, in the order of that one, then what it says more. */
export function compareTables(anchored: readonly TableCell[], found: readonly TableCell[]): CellChange[] {
  const here = new Map(found.map((cell) => [nameOf(cell), cell.text]));
  const known = new Set(anchored.map(nameOf));
  const changed = anchored.flatMap((cell): CellChange[] => {
    const text = here.get(nameOf(cell));
    return text !== undefined && saysSame(cell.text, text) ? [] : [changeOf(cell, cell.text, text ?? null)];
  });
  const more = found.filter((cell) => !known.has(nameOf(cell))).map((cell) => changeOf(cell, null, cell.text));
  return [...changed, ...more];
}
