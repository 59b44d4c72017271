import { addDays, daysBetween } from '../calendar';
import { normaliseIdentifier } from '../identifiers';
import { findingAt, type JudgedRow } from './finding';
import { cellOf } from './rows';

const dayOf = ({ input }: JudgedRow): string => input.values['cancelledOn'] ?? input.values['bookedOn'] ?? '';

/** One order whatever the order of the file: day, quantity, number; rows that are the same in all are interchangeable. */
function inOrder(rows: readonly JudgedRow[]): JudgedRow[] {
  const key = (row: JudgedRow): string =>
    [
      dayOf(row),
      row.qty.toString().padStart(18, '0'),
      row.input.values['cancellationNo'] ?? '',
      row.input.values['bookingNo'] ?? '',
    ].join(' ');
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
  const own = grouped(inOrder(cancellations.filter(isFree)), keyOf);
  const others = grouped(inOrder(bookings.filter(isFree)), keyOf);
  for (const [key, group] of own) {
    for (const [at, booking] of (others.get(key) ?? []).slice(0, group.length).entries()) {
      const cancellation = group[at];
      if (cancellation) pair(cancellation, booking);
    }
  }
}

function numberOf({ input }: JudgedRow): string | undefined {
  const number = input.values['cancellationNo'];
  return number === undefined ? undefined : normaliseIdentifier(number);
}

const subjectOf = ({ uscc, year, project }: JudgedRow): string => `${uscc}/${year}/${project}`;

/** Without a number on both sides, a row is paired by what it is about. */
function withoutNumber(rows: readonly JudgedRow[], numbers: ReadonlySet<string>): JudgedRow[] {
  return rows.filter((row) => {
    const number = numberOf(row);
    return number === undefined || !numbers.has(number);
  });
}

function numbersOf(rows: readonly JudgedRow[]): Set<string> {
  return new Set(rows.flatMap((row) => numberOf(row) ?? []));
}

/**
 * Pairs cancellations with bookings. By the number of the cancellation where the booking names it; else rows about the same
 * enterprise, year and project: first those of equal quantity, as many as there are, then what is left, day by day.
 */
export function pairRows(cancellations: readonly JudgedRow[], bookings: readonly JudgedRow[]): void {
  pairGroups(cancellations, bookings, numberOf);
  const freeCancellations = withoutNumber(cancellations, numbersOf(bookings)).filter(isFree);
  const freeBookings = withoutNumber(bookings, numbersOf(cancellations)).filter(isFree);
  pairGroups(freeCancellations, freeBookings, (row) => `${subjectOf(row)}/${row.qty.toString()}`);
  pairGroups(freeCancellations, freeBookings, subjectOf);
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

function dayFindings(cancellation: JudgedRow, booking: JudgedRow, { bookingDays, closesAt }: PairingRules): void {
  const cancelled = cancellation.input.values['cancelledOn'] ?? '';
  const booked = booking.input.values['bookedOn'] ?? '';
  const days = daysBetween(feedDay(cancellation, closesAt) ?? cancelled, booked);
  const kind = booked < cancelled ? 'BOOKED_BEFORE_CANCELLED' : days > bookingDays ? 'BOOKED_LATE' : undefined;
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
  readonly bookingDays: number;
  /** HH:MM in Asia/Shanghai: when the exchange file of a day is closed. */
  readonly closesAt: string;
  readonly deadline: string;
  /** Purposes for which a cancellation is offered in the national market. */
  readonly purposes: readonly string[];
}

function missingBooking(row: JudgedRow, { asOf, bookingDays, closesAt, deadline, purposes }: PairingRules): void {
  if (!purposes.includes(row.input.values['purpose'] ?? '')) return;
  const waited = daysBetween(feedDay(row, closesAt) ?? asOf, asOf);
  const tonnes = row.qty.toString();
  if (waited <= bookingDays) row.findings.push(findingAt(row, 'AWAITING_BOOKING', 'qty', { tonnes }));
  else {
    const severity = asOf > deadline ? ({ severity: 'critical' } as const) : {};
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
