import { compareTables, type CellChange, type TableCell } from '../cells';
import { isDecimalText, parseDecimal } from '../decimal';
import { impactOfValues, type Impact } from '../provenance';
import type { AnchoredDocument, InspectedRecords } from './ledger';

/** A cell that was changed, with the figure that was read from it. */
export interface ChangedCell extends CellChange {
  /** Address of the figure that was read from it. */
  readonly figure?: string;
  /** The figure names the cell as its source, or the cell is the only one with the figure's value, and the figure the only one with the cell's. */
  readonly by?: 'source' | 'value';
}

/** Changed cells of a document, and what they cost. */
export interface Consequences {
  readonly cells: readonly ChangedCell[];
  /** All figures that would change, and the tonnes; absent where no changed cell is the source of a figure. */
  readonly impact?: Impact;
}

/** The cell of a source as it stands in a record: `煤!B7`, `'my sheet'!B7`, `B7`. */
function placed(place: string): { readonly sheet: string | undefined; readonly cell: string } {
  const at = place.lastIndexOf('!');
  if (at < 0) return { sheet: undefined, cell: place };
  const sheet = place.slice(0, at).replace(/^'(.*)'$/, '$1');
  return { sheet: sheet.replaceAll("''", "'"), cell: place.slice(at + 1) };
}

/** Figures of the record that names the document, by the cell that they name as their source. */
function figuresBySource({ anchored, index }: AnchoredDocument, sheets: ReadonlySet<string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const { name, source } of anchored.figures ?? []) {
    if (source?.document !== index) continue;
    const { sheet, cell } = placed(source.place);
    // A CSV file has one sheet, whatever it is called.
    const [only] = sheets;
    const own = sheets.size === 1 ? only : sheet;
    if (own !== undefined) found.set(`${own}\n${cell}`, name);
  }
  return found;
}

interface ReadFigure {
  readonly name: string;
  readonly by: 'source' | 'value';
}

/** A number as it is compared: `1.10` and `1.1` are one. */
function amount(text: string): string | undefined {
  const own = text.trim();
  return isDecimalText(own) ? parseDecimal(own).toFixed() : undefined;
}

/** Things by their amount, where only one has it. Amounts of one digit are shared by chance. */
function aloneBy<Item>(items: readonly Item[], textOf: (item: Item) => string): Map<string, Item> {
  const found = new Map<string, Item | undefined>();
  for (const item of items) {
    const own = amount(textOf(item));
    if (own !== undefined && own.length > 1) found.set(own, found.has(own) ? undefined : item);
  }
  return new Map([...found].flatMap(([own, item]) => (item === undefined ? [] : [[own, item] as const])));
}

function nameOf({ sheet, cell }: { readonly sheet: string; readonly cell: string }): string {
  return `${sheet}\n${cell}`;
}

/** Stated figures by the cell that must have been read for them, where the record does not say. */
function figuresByValue({ anchored }: AnchoredDocument, cells: readonly TableCell[]): Map<string, string> {
  const stated = (anchored.figures ?? []).filter(({ formula }) => formula === undefined);
  const figures = aloneBy(stated, ({ value }) => value);
  const places = aloneBy(cells, ({ text }) => text);
  return new Map(
    [...figures].flatMap(([own, { name }]) => {
      const cell = places.get(own);
      return cell === undefined ? [] : [[nameOf(cell), name] as const];
    }),
  );
}

function figureReader(of: AnchoredDocument, cells: readonly TableCell[]): (place: string) => ReadFigure | undefined {
  const sourced = figuresBySource(of, new Set(cells.map(({ sheet }) => sheet)));
  const valued = figuresByValue(of, cells);
  return (place) => {
    const [source, value] = [sourced.get(place), valued.get(place)];
    if (source !== undefined) return { name: source, by: 'source' };
    return value === undefined ? undefined : { name: value, by: 'value' };
  };
}

/** Compares a table with the one that was anchored, and prices what differs. */
export async function consequencesOf(
  records: InspectedRecords,
  of: AnchoredDocument,
  tables: { readonly anchored: readonly TableCell[]; readonly found: readonly TableCell[] },
): Promise<Consequences> {
  const figureAt = figureReader(of, tables.anchored);
  const values: Record<string, string> = {};
  const cells = compareTables(tables.anchored, tables.found).map((change): ChangedCell => {
    const figure = figureAt(nameOf(change));
    if (figure === undefined) return change;
    const text = change.found?.trim() ?? '';
    if (isDecimalText(text)) values[figure.name] = text;
    return { ...change, figure: `${of.key}#${figure.name}`, by: figure.by };
  });
  if (Object.keys(values).length === 0) return { cells };
  return { cells, impact: await impactOfValues(records, of.anchored.id, { figures: values }) };
}
