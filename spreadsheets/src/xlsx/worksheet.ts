import { LedgerError } from '@carbon-ledger/core';
import { assertShort, excerpt, type Tally } from '../bounds';
import {
  cellName,
  columnsOfSheet,
  parseCellName,
  parseRange,
  rowsOfSheet,
  type Cell,
  type CellRange,
  type Row,
  type Sheet,
} from '../model';
import { isTrue, type SheetPart, type Styles } from './parts';
import type { Package } from './unpack';
import { readXml, unescapeText, type Element } from './xml';

interface Shared {
  readonly strings: readonly string[];
  readonly styles: Styles;
}

/** The cell that is being read. */
interface OpenCell {
  readonly row: number;
  readonly column: number;
  readonly type: string;
  readonly shownAs: Cell['shownAs'];
  value: string | undefined;
  formula: string | undefined;
  inline: string | undefined;
}

/** Parts of a cell, by the element that holds each. */
const partOf: Readonly<Record<string, 'value' | 'formula' | 'inline'>> = { v: 'value', f: 'formula', is: 'inline' };

const kinds: Readonly<Record<string, Cell['kind']>> = {
  b: 'boolean',
  e: 'error',
  s: 'text',
  str: 'text',
  inlineStr: 'text',
  d: 'text',
};

/** A formula that gave an empty text has that saved; one that was never computed has nothing. */
function kindOf({ type, value }: OpenCell, text: string): Cell['kind'] {
  return text === '' && value === undefined ? 'number' : (kinds[type] ?? 'number');
}

/** Most cells have neither. */
function withMore(cell: Cell, { formula, shownAs }: Pick<OpenCell, 'formula' | 'shownAs'>): Cell {
  return { ...cell, ...(formula === undefined ? {} : { formula }), ...(shownAs === undefined ? {} : { shownAs }) };
}

function damaged(what: string): LedgerError {
  return new LedgerError('SHEET_UNREADABLE', `the workbook is damaged: ${what}`);
}

class SheetReader {
  readonly rows: Row[] = [];
  readonly merges: CellRange[] = [];
  readonly hiddenColumns = new Set<number>();
  readonly #shared: Shared;
  readonly #tally: Tally;
  #row = 0;
  #hidden = false;
  #cells = new Map<number, Cell>();
  #column = 0;
  /** Hidden columns that were named, each as often as it was. */
  #hiddenNamed = 0;
  #cell: OpenCell | undefined;
  #inData = false;
  /** Elements that are open inside the cell, and the part of it that they belong to. */
  #depth = 0;
  #part: 'value' | 'formula' | 'inline' | undefined;
  #isText = false;
  #phonetic = false;

  constructor(shared: Shared, tally: Tally) {
    this.#shared = shared;
    this.#tally = tally;
  }

  open(element: Element): void {
    if (this.#cell) {
      this.#openPart(element.name, this.#cell);
      return;
    }
    switch (element.name) {
      case 'sheetData':
        this.#inData = true;
        break;
      case 'row':
        if (this.#inData) this.#openRow(element);
        break;
      case 'c':
        if (this.#inData) this.#openCell(element);
        break;
      case 'mergeCell':
        this.#merge(element.attribute('ref') ?? '');
        break;
      case 'col':
        this.#columns(element);
        break;
    }
  }

  text(piece: string): void {
    const cell = this.#cell;
    if (!cell || this.#part === undefined || !this.#isText) return;
    cell[this.#part] = (cell[this.#part] ?? '') + piece;
  }

  close(name: string): void {
    if (this.#cell && this.#depth > 0) this.#closePart(name);
    else if (this.#cell) this.#closeCell();
    else if (name === 'row' && this.#inData) this.#closeRow();
    else if (name === 'sheetData') this.#inData = false;
  }

  /** What another program keeps beside or below the parts of a cell (`extLst`) is no part of what stands there. */
  #openPart(name: string, cell: OpenCell): void {
    this.#depth += 1;
    if (this.#depth === 1) {
      this.#part = partOf[name];
      this.#isText = name !== 'is';
      if (this.#part === undefined) return;
      if (cell[this.#part] !== undefined) throw damaged(`its cell ${cellName(cell.row, cell.column)} holds two values`);
      cell[this.#part] = '';
    } else {
      if (name === 'rPh') this.#phonetic = true;
      this.#isText = name === 't' && this.#part === 'inline' && !this.#phonetic;
    }
  }

  #closePart(name: string): void {
    this.#depth -= 1;
    if (name === 'rPh') this.#phonetic = false;
    this.#isText = false;
    if (this.#depth === 0) this.#part = undefined;
  }

  #openRow(element: Element): void {
    const stated = element.attribute('r');
    const number = stated === undefined ? this.#row + 1 : Number(stated);
    if (!Number.isInteger(number) || number <= this.#row || number > rowsOfSheet)
      throw damaged(`its row ${excerpt(stated ?? '')} is out of order`);
    this.#row = number;
    this.#column = 0;
    this.#hidden = isTrue(element.attribute('hidden'));
    this.#cells = new Map();
  }

  #openCell(element: Element): void {
    const stated = element.attribute('r');
    const place = stated === undefined ? { row: this.#row, column: this.#column + 1 } : parseCellName(stated);
    if (place?.row !== this.#row || this.#cells.has(place.column))
      throw damaged(`its cell ${excerpt(stated ?? '')} is out of place`);
    const { row, column } = place;
    this.#column = column;
    const style = Number(element.attribute('s') ?? 0);
    const type = element.attribute('t') ?? 'n';
    const shownAs = this.#shared.styles[style];
    this.#cell = { row, column, type, shownAs, value: undefined, formula: undefined, inline: undefined };
  }

  #textOf(cell: OpenCell): string {
    if (cell.type === 'inlineStr') return unescapeText(cell.inline ?? '');
    if (cell.type !== 's') return cell.value ?? '';
    if (cell.value === undefined || cell.value === '') return '';
    const shared = this.#shared.strings[Number(cell.value)];
    if (shared === undefined) throw damaged(`its cell ${cellName(cell.row, cell.column)} has a text that is not there`);
    return shared;
  }

  #closeCell(): void {
    const cell = this.#cell;
    this.#cell = undefined;
    if (!cell) return;
    const text = this.#textOf(cell);
    for (const one of [text, cell.formula ?? '']) assertShort(one, () => cellName(cell.row, cell.column));
    if (text === '' && cell.formula === undefined) return;
    this.#tally.cells(1);
    const { row, column, formula, shownAs } = cell;
    const plain = { row, column, kind: kindOf(cell, text), text };
    const whole = formula === undefined && shownAs === undefined ? plain : withMore(plain, { formula, shownAs });
    this.#cells.set(column, whole);
  }

  #closeRow(): void {
    if (this.#cells.size === 0) return;
    this.#tally.row();
    this.rows.push({ number: this.#row, hidden: this.#hidden, cells: this.#cells });
  }

  #merge(reference: string): void {
    const range = parseRange(reference);
    if (range) this.merges.push(range);
    this.#tally.merge();
  }

  #columns(element: Element): void {
    if (this.#hiddenNamed > columnsOfSheet || !isTrue(element.attribute('hidden'))) return;
    const first = Number(element.attribute('min'));
    const last = Math.min(Number(element.attribute('max')), first + 1000, columnsOfSheet);
    for (let column = first; column <= last; column += 1) this.hiddenColumns.add(column);
    this.#hiddenNamed += last - first + 1;
  }
}

/** @throws LedgerError SHEET_UNREADABLE, SHEET_TOO_LARGE */
export function readWorksheet(parts: Package, { name, hidden, part }: SheetPart, shared: Shared): Sheet {
  const reader = new SheetReader(shared, parts.tally);
  readXml(parts, part, {
    open: (element) => {
      reader.open(element);
    },
    close: (closed) => {
      reader.close(closed);
    },
    text: (piece) => {
      reader.text(piece);
    },
  });
  const { rows, merges, hiddenColumns } = reader;
  return { name, hidden, rows, merges, hiddenColumns: [...hiddenColumns] };
}
