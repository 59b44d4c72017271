import { normaliseIdentifier, type SerialRange } from '../identifiers';
import { findingAt, tellDoubt, type JudgedRow } from './finding';
import type { LedgerBookings } from './ledger-bookings';
import { cellNameOf, cellOf, type FactOf } from './rows';
import { SerialIndex, type SerialReader } from './serials';
import type { YearRules } from './year-rules';

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
  /** Tonnes of a row that the ledger has frozen for it. */
  readonly #frozen = new Map<JudgedRow, bigint>();
  readonly #bookings: LedgerBookings;
  #sawLedger = false;

  constructor(ranged: readonly RangedRow[], reader: SerialReader, bookings: LedgerBookings) {
    this.#ranged = ranged;
    this.#reader = reader;
    this.#bookings = bookings;
    for (const one of ranged) if (one.range) this.#index.add(one.range, one);
  }

  /** Numbers that are frozen for somebody else, or another year, are not this row's to cancel. */
  seeFreeze(fact: FactOf<'freeze'>): void {
    const range = this.#reader.read(fact.serialFrom, fact.serialTo);
    if (range === undefined) return;
    for (const { item, tonnes } of this.#index.overlapping(range)) {
      const { row } = item;
      if (fact.uscc === row.uscc && fact.year === row.year) {
        this.#frozen.set(row, (this.#frozen.get(row) ?? 0n) + tonnes);
        tellDoubt(row, 'serialFrom', fact);
        continue;
      }
      const other = { record: fact.record, value: `${fact.serialFrom}..${fact.serialTo}` };
      row.findings.push(findingAt(row, 'FROZEN_FOR_ANOTHER', 'serialFrom', { other, tonnes: tonnes.toString() }));
    }
  }

  /** Compares a cancellation of the ledger with every row that touches its numbers. */
  see(fact: FactOf<'cancellation'>): void {
    this.#sawLedger = true;
    const range = this.#reader.read(fact.serialFrom, fact.serialTo);
    if (range === undefined) return;
    for (const { item, tonnes } of this.#index.overlapping(range)) this.#compare(item, fact, range, tonnes);
  }

  #compare({ row, range: own }: RangedRow, fact: FactOf<'cancellation'>, range: SerialRange, tonnes: bigint): void {
    const isSame = own?.from === range.from && own.to === range.to && fact.uscc === row.uscc && fact.year === row.year;
    const other = { record: fact.record, value: `${fact.serialFrom}..${fact.serialTo}` };
    if (!isSame) {
      row.findings.push(findingAt(row, 'SERIAL_OVERLAP', 'serialFrom', { other, tonnes: tonnes.toString() }));
      return;
    }
    this.#onLedger.add(row);
    this.#bookings.own(fact.record, row);
    tellDoubt(row, 'qty', fact);
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
  conclude(years: YearRules): void {
    for (const { row, range } of this.#ranged) {
      if (range === undefined) continue;
      this.#overlaps(row, range);
      if (years.isOffered(row)) this.#offered(row, range, years.of(row)?.isFrozenFirst === true);
    }
    repeatedNumbers(
      this.#ranged.map(({ row }) => row),
      'cancellationNo',
      ({ number }) => number,
    );
  }

  /** What is offered must be on the ledger, and frozen for the enterprise where the procedure of the year begins with that. */
  #offered(row: JudgedRow, range: SerialRange, isFrozenFirst: boolean): void {
    if (!this.#sawLedger) return;
    if (!this.#onLedger.has(row)) row.findings.push(findingAt(row, 'NOT_ON_LEDGER', 'serialFrom'));
    const tonnes = range.to - range.from + 1n - (this.#frozen.get(row) ?? 0n);
    if (isFrozenFirst && tonnes > 0n)
      row.findings.push(findingAt(row, 'NOT_FROZEN', 'serialFrom', { tonnes: tonnes.toString() }));
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
export function repeatedNumbers(
  rows: readonly JudgedRow[],
  column: 'cancellationNo' | 'bookingNo',
  identityOf: (row: JudgedRow) => string | undefined,
): void {
  const first = new Map<string, JudgedRow>();
  for (const row of rows) {
    const identity = identityOf(row);
    if (identity === undefined) continue;
    const before = first.get(identity);
    if (before === undefined) {
      first.set(identity, row);
      continue;
    }
    row.findings.push(findingAt(row, 'DOUBLE_USE', column, { other: cellOf(before.input, column) }));
    const cell = cellNameOf(before.input, column);
    if (!before.findings.some((one) => one.kind === 'DOUBLE_USE' && one.cell === cell))
      before.findings.push(findingAt(before, 'DOUBLE_USE', column, { other: cellOf(row.input, column) }));
  }
}
