import { addDays } from '../calendar';
import { findingAt, type JudgedRow } from './finding';
import { cellOf, numberIn } from './rows';
import type { YearRules } from './year-rules';

const dayOf = ({ input }: JudgedRow): string => input.values['cancelledOn'] ?? input.values['bookedOn'] ?? '';

/** One order whatever the order of the file: day, quantity, number; rows that are the same in all are interchangeable. */
function inOrder(rows: readonly JudgedRow[]): readonly JudgedRow[] {
  if (rows.length < 2) return rows;
  const key = (row: JudgedRow): string =>
    [dayOf(row), row.qty.toString().padStart(18, '0'), row.number ?? '', numberIn(row.input, 'bookingNo') ?? ''].join(
      ' ',
    );
  return rows
    .map((row) => ({ row, key: key(row) }))
    .sort((one, other) =>
      one.key < other.key ? -1 : one.key > other.key ? 1 : one.row.input.row - other.row.input.row,
    )
    .map(({ row }) => row);
}

function pair(cancellation: JudgedRow, booking: JudgedRow): void {
  cancellation.counterpart = booking;
  booking.counterpart = cancellation;
}

const isFree = ({ counterpart }: JudgedRow): boolean => counterpart === undefined;

function grouped(rows: readonly JudgedRow[], keyOf: (row: JudgedRow) => string | undefined): Map<string, JudgedRow[]> {
  const groups = new Map<string, JudgedRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** Pairs the free rows of both sides, group by group, the first with the first. */
function pairGroups(
  cancellations: readonly JudgedRow[],
  bookings: readonly JudgedRow[],
  keyOf: (row: JudgedRow) => string | undefined,
): void {
  const own = grouped(cancellations.filter(isFree), keyOf);
  const others = grouped(bookings.filter(isFree), keyOf);
  for (const [key, group] of own) {
    const matching = inOrder(others.get(key) ?? []);
    for (const [at, cancellation] of inOrder(group).slice(0, matching.length).entries()) {
      const booking = matching[at];
      if (booking) pair(cancellation, booking);
    }
  }
}

const numberOf = ({ number }: JudgedRow): string | undefined => number;

const subjectOf = ({ uscc, year, project }: JudgedRow): string => `${uscc}/${year}/${project}`;

/** Rows by whether they give the number of a cancellation; what gives one that the other side has is not among them. */
function byNumber(
  rows: readonly JudgedRow[],
  others: readonly JudgedRow[],
): { numbered: JudgedRow[]; bare: JudgedRow[] } {
  const known = new Set(others.flatMap(({ number }) => number ?? []));
  return {
    numbered: rows.filter(({ number }) => number !== undefined && !known.has(number)),
    bare: rows.filter(({ number }) => number === undefined),
  };
}

/**
 * Pairs cancellations with bookings. By the number of the cancellation where both give it; where one of them gives none, rows about the
 * same enterprise, year and project: first those of equal quantity, as many as there are, then what is left, day by day. Two that give
 * different numbers are never one.
 */
export function pairRows(cancellations: readonly JudgedRow[], bookings: readonly JudgedRow[]): void {
  pairGroups(cancellations, bookings, numberOf);
  const own = byNumber(cancellations, bookings);
  const others = byNumber(bookings, cancellations);
  for (const keyOf of [(row: JudgedRow) => `${subjectOf(row)}/${row.qty.toString()}`, subjectOf]) {
    // What fits only rows without a number goes first: so as many are paired as can be.
    pairGroups(own.numbered, others.bare, keyOf);
    pairGroups(own.bare, others.numbered, keyOf);
    pairGroups(own.bare, others.bare, keyOf);
  }
}

function quantityFindings(cancellation: JudgedRow, booking: JudgedRow): void {
  if (cancellation.qty === booking.qty) return;
  const apart = cancellation.qty - booking.qty;
  const tonnes = (apart < 0n ? -apart : apart).toString();
  for (const [row, other] of [
    [cancellation, booking],
    [booking, cancellation],
  ] as const) {
    row.findings.push(findingAt(row, 'QUANTITY_MISMATCH', 'qty', { other: cellOf(other.input, 'qty'), tonnes }));
  }
}

/** The day in whose exchange file a cancellation stands: the next one where it was made after the closing. */
function feedDay({ input: { values } }: JudgedRow, closesAt: string): string | undefined {
  const { cancelledOn, cancelledAt } = values;
  const isLater = cancelledOn !== undefined && cancelledAt !== undefined && cancelledAt > closesAt;
  return isLater ? addDays(cancelledOn, 1) : cancelledOn;
}

function dayFindings(cancellation: JudgedRow, booking: JudgedRow, { dueOf, closesAt }: PairingRules): void {
  const cancelled = cancellation.input.values['cancelledOn'] ?? '';
  const booked = booking.input.values['bookedOn'] ?? '';
  const isLate = booked > dueOf(feedDay(cancellation, closesAt) ?? cancelled);
  const kind = booked < cancelled ? 'BOOKED_BEFORE_CANCELLED' : isLate ? 'BOOKED_LATE' : undefined;
  if (kind === undefined) return;
  booking.findings.push(findingAt(booking, kind, 'bookedOn', { other: cellOf(cancellation.input, 'cancelledOn') }));
}

/** A booking that names the cancellation of another enterprise or project. */
function subjectFindings(cancellation: JudgedRow, booking: JudgedRow): void {
  if (cancellation.project !== booking.project)
    booking.findings.push(
      findingAt(booking, 'MISSING_IN_VOLUNTARY_REGISTRY', 'projectRef', {
        other: cellOf(cancellation.input, 'projectRef'),
      }),
    );
  if (cancellation.uscc !== booking.uscc)
    booking.findings.push(
      findingAt(booking, 'ACCOUNT_BINDING_MISMATCH', 'uscc', { other: cellOf(cancellation.input, 'uscc') }),
    );
}

export interface PairingRules {
  /** The day of the run. */
  readonly asOf: string;
  /** Last day of booking for the day of an exchange file. */
  readonly dueOf: (feedDay: string) => string;
  /** HH:MM in Asia/Shanghai: when the exchange file of a day is closed. */
  readonly closesAt: string;
  readonly years: YearRules;
}

function missingBooking(row: JudgedRow, { asOf, dueOf, closesAt, years }: PairingRules): void {
  if (!years.isOffered(row)) return;
  const tonnes = row.qty.toString();
  if (asOf <= dueOf(feedDay(row, closesAt) ?? asOf))
    row.findings.push(findingAt(row, 'AWAITING_BOOKING', 'qty', { tonnes }));
  else {
    const isOver = asOf > (years.of(row)?.deadline ?? asOf);
    const severity = isOver ? ({ severity: 'critical' } as const) : {};
    row.findings.push(findingAt(row, 'MISSING_IN_ALLOWANCE_REGISTRY', 'qty', { tonnes, ...severity }));
  }
}

/** What the pairs say, and what is left without one. */
export function judgePairs(
  cancellations: readonly JudgedRow[],
  bookings: readonly JudgedRow[],
  rules: PairingRules,
): void {
  for (const row of cancellations) {
    const booking = row.counterpart;
    if (!booking) {
      missingBooking(row, rules);
      continue;
    }
    quantityFindings(row, booking);
    dayFindings(row, booking, rules);
    subjectFindings(row, booking);
  }
  for (const row of bookings.filter(isFree)) {
    row.findings.push(findingAt(row, 'MISSING_IN_VOLUNTARY_REGISTRY', 'qty', { tonnes: row.qty.toString() }));
  }
}
