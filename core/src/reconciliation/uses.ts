import { normaliseIdentifier, type SerialRange } from '../identifiers';
import { findingAt, type JudgedRow } from './finding';
import { cellOf, type LedgerFact } from './rows';
import { SerialIndex, type SerialReader } from './serials';

type CancellationFact = Extract<LedgerFact, { readonly kind: 'cancellation' }>;

/** A cancellation with its serial numbers, where it has them. */
export interface RangedRow {
  readonly row: JudgedRow;
  readonly range: SerialRange | undefined;
}

/** C05: serial numbers and record numbers that are used more than once, over all enterprises, years, and the ledger. */
export class Uses {
  readonly #ranged: readonly RangedRow[];
  readonly #index = new SerialIndex<RangedRow>();
  readonly #reader: SerialReader;
  readonly #onLedger = new Set<JudgedRow>();
  #sawLedger = false;

  constructor(ranged: readonly RangedRow[], reader: SerialReader) {
    this.#ranged = ranged;
    this.#reader = reader;
    for (const one of ranged) if (one.range) this.#index.add(one.range, one);
  }

  /** Compares a cancellation of the ledger with every row that touches its numbers. */
  see(fact: CancellationFact): void {
    this.#sawLedger = true;
    const range = this.#reader.read(fact.serialFrom, fact.serialTo);
    if (range === undefined) return;
    for (const { item, tonnes } of this.#index.overlapping(range)) this.#compare(item, fact, range, tonnes);
  }

  #compare({ row, range: own }: RangedRow, fact: CancellationFact, range: SerialRange, tonnes: bigint): void {
    const isSame = own?.from === range.from && own.to === range.to && fact.uscc === row.uscc && fact.year === row.year;
    const other = { record: fact.record, value: `${fact.serialFrom}..${fact.serialTo}` };
    if (!isSame) {
      row.findings.push(findingAt(row, 'SERIAL_OVERLAP', 'serialFrom', { other, tonnes: tonnes.toString() }));
      return;
    }
    this.#onLedger.add(row);
    if (fact.qty !== row.qty.toString())
      row.findings.push(
        findingAt(row, 'LEDGER_DIFFERS', 'qty', {
          other: { record: fact.record, value: fact.qty },
          expected: fact.qty,
        }),
      );
    if (normaliseIdentifier(fact.project) !== row.project)
      row.findings.push(
        findingAt(row, 'LEDGER_DIFFERS', 'projectRef', { other: { record: fact.record, value: fact.project } }),
      );
  }

  /** Rows that use what another row of the files uses; called once, when all facts were seen. */
  conclude(purposes: readonly string[]): void {
    for (const { row, range } of this.#ranged) {
      if (range) this.#overlaps(row, range);
      const isOffered = purposes.includes(row.input.values['purpose'] ?? '');
      if (range && this.#sawLedger && isOffered && !this.#onLedger.has(row))
        row.findings.push(findingAt(row, 'NOT_ON_LEDGER', 'serialFrom'));
    }
    repeatedNumbers(this.#ranged.map(({ row }) => row));
  }

  #overlaps(row: JudgedRow, range: SerialRange): void {
    for (const { item, tonnes } of this.#index.overlapping(range)) {
      if (item.row === row) continue;
      const other = cellOf(item.row.input, 'serialFrom');
      row.findings.push(findingAt(row, 'SERIAL_OVERLAP', 'serialFrom', { other, tonnes: tonnes.toString() }));
    }
  }
}

/** The number of a cancellation or booking stands there once. */
export function repeatedNumbers(rows: readonly JudgedRow[], column = 'cancellationNo'): void {
  const first = new Map<string, JudgedRow>();
  for (const row of rows) {
    const number = row.input.values[column];
    if (number === undefined) continue;
    const identity = normaliseIdentifier(number);
    const before = first.get(identity);
    if (before === undefined) {
      first.set(identity, row);
      continue;
    }
    row.findings.push(findingAt(row, 'DOUBLE_USE', column, { other: cellOf(before.input, column) }));
    if (!before.findings.some(({ kind, cell }) => kind === 'DOUBLE_USE' && cell === before.input.cells[column]))
      before.findings.push(findingAt(before, 'DOUBLE_USE', column, { other: cellOf(row.input, column) }));
  }
}
