import { compareTables, isDecimalText, parseDecimal, type TableCell } from '@carbon-ledger/core';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';

/** A cell that says something else than what was anchored. */
export interface CellDifference {
  /** `月度汇总!C5` */
  readonly place: string;
  readonly anchored: string;
  /** Empty where the cell is empty. */
  readonly found: string;
  /** The figure that was read from it. */
  readonly figure?: string;
}

const placeOf = ({ sheet, cell }: Pick<TableCell, 'sheet' | 'cell'>): string => `${sheet}!${cell}`;
const plain = (place: string): string => place.replace(/^'(.*)'!/, '$1!').replaceAll("''", "'");

function isSame(found: string, value: string): boolean {
  const text = found.trim();
  return text === value || (isDecimalText(text) && parseDecimal(text).equals(value));
}

type Named = Pick<AnchoredRecordView, 'record' | 'figures'>;

/** Figures that name a cell of this document as their source, by the cell. */
function figuresByCell(
  views: readonly Named[],
  sha256: string,
): ReadonlyMap<string, { readonly name: string; readonly value: string }> {
  const cells = views.flatMap(({ record, figures = [] }) => {
    const index = record.documents.findIndex((document) => document.sha256 === sha256);
    return figures.flatMap(({ name, value, source }) =>
      source === undefined || source.document !== index ? [] : [[plain(source.place), { name, value }] as const],
    );
  });
  return new Map(cells);
}

/**
 * Where a changed table differs from what was anchored: cell by cell beside a copy of what was anchored, else at the cells from which
 * figures were read, as far as those are open.
 * @param views the records of which it is a document
 * @param sha256 of the document that was anchored
 */
export function cellDifferences(
  views: readonly Named[],
  sha256: string,
  found: readonly TableCell[],
  original: readonly TableCell[] | undefined,
): CellDifference[] {
  const figures = figuresByCell(views, sha256);
  if (original !== undefined)
    return compareTables(original, found).map((change) => {
      const figure = figures.get(placeOf(change))?.name;
      const base = { place: placeOf(change), anchored: change.anchored ?? '', found: change.found ?? '' };
      return figure === undefined ? base : { ...base, figure };
    });
  const texts = new Map(found.map((cell) => [placeOf(cell), cell.text]));
  return [...figures].flatMap(([place, { name, value }]) => {
    const text = texts.get(place) ?? '';
    return isSame(text, value) ? [] : [{ place, anchored: value, found: text, figure: name }];
  });
}
