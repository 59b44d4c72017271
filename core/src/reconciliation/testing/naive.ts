/**
 * Reconciles by comparing everything with everything, as one would by hand: what the real one is held to. It sees numbers and days as
 * such; how they are written in files is not its concern.
 */
export interface Cancelled {
  readonly party: number;
  readonly year: string;
  readonly project: number;
  readonly number: number;
  readonly from: number;
  readonly length: number;
  readonly qty: number;
  readonly purpose: string;
  readonly day: string;
  readonly registered: string;
  readonly isOwnAccount: boolean;
  readonly isCovered: boolean;
}

export interface Booked {
  readonly party: number;
  readonly year: string;
  readonly project: number;
  readonly number: number;
  readonly qty: number;
  readonly day: string;
}

export interface Applied {
  readonly party: number;
  readonly year: string;
  readonly project: number;
  readonly qty: number;
  readonly due: number;
}

export interface Files {
  readonly cancelled: readonly Cancelled[];
  readonly booked: readonly Booked[];
  readonly applied: readonly Applied[];
}

/** What the rules of 2023 and 2024 differ in. */
const deadlines: Readonly<Record<string, string>> = { 2023: '2024-12-31', 2024: '2025-12-31' };
export const asOf = '2025-12-20';
/** Verified emissions, in tonnes: 5 % of them are 50. */
export const due = 1000;
const cap = 50;

type Kinds = Set<string>;
type Same = (one: { party: number; year: string; project: number }) => boolean;

const sum = (rows: readonly { readonly qty: number }[]): number => rows.reduce((total, { qty }) => total + qty, 0);
const isKnown = (year: string): boolean => deadlines[year] !== undefined;
const nextDay = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
const byDayAndQty = <Row extends { readonly day: string; readonly qty: number }>(rows: readonly Row[]): Row[] =>
  [...rows].sort((one, other) => (one.day < other.day ? -1 : Number(one.day > other.day)) || one.qty - other.qty);

/** Rows of one number on both sides, the first with the first. */
function partners({ cancelled, booked }: Files): Map<Cancelled | Booked, Cancelled | Booked> {
  const found = new Map<Cancelled | Booked, Cancelled | Booked>();
  for (const number of new Set(cancelled.map((one) => one.number))) {
    const own = byDayAndQty(cancelled.filter((one) => one.number === number));
    const others = byDayAndQty(booked.filter((one) => one.number === number));
    own.slice(0, others.length).forEach((one, at) => {
      const other = others[at];
      if (other) found.set(one, other).set(other, one);
    });
  }
  return found;
}

function ofForm(kinds: Kinds, files: Files, isSame: Same): void {
  if (files.applied.length === 0) return;
  const offered = files.cancelled.filter((one) => one.purpose === 'national-offset' && isSame(one));
  if (sum(offered) !== sum(files.applied.filter(isSame))) kinds.add('FORM_VS_CANCELLATION_MISMATCH');
}

/** Several together over what 5 % of the verified emission are. */
function ofCap(kinds: Kinds, year: string, rows: readonly { readonly qty: number }[]): void {
  if (isKnown(year) && sum(rows) > cap) kinds.add('OVER_CAP_5PCT');
}

function answerOf(kinds: Kinds, year: string): string[] {
  if (!isKnown(year)) kinds.add('YEAR_WITHOUT_RULES');
  return kinds.size === 0 ? ['MATCHED'] : [...kinds].sort();
}

/** Whether a word is said of something. */
type Said = readonly (readonly [kind: string, holds: boolean])[];

function say(kinds: Kinds, said: Said): void {
  for (const [kind, holds] of said) if (holds) kinds.add(kind);
}

function ofUse(row: Cancelled, others: readonly Cancelled[]): Said {
  const touches = ({ from, length }: Cancelled): boolean => from < row.from + row.length && row.from < from + length;
  return [
    ['SERIAL_COUNT_MISMATCH', row.length !== row.qty],
    ['SERIAL_OVERLAP', others.some(touches)],
    ['DOUBLE_USE', others.some(({ number }) => number === row.number)],
  ];
}

function ofYear({ year, day, registered }: Cancelled): Said {
  const isOld = registered < '2017-03-14' && day <= '2024-12-31';
  return [
    ['LATE', isKnown(year) && day > (deadlines[year] ?? '')],
    ['INELIGIBLE_VINTAGE', isKnown(year) && !isOld && registered < '2024-01-22'],
  ];
}

function ofPartner({ day, qty }: Cancelled, partner: Booked | undefined, isOffered: boolean): Said {
  const isMissing = partner === undefined && isOffered;
  return [
    ['AWAITING_BOOKING', isMissing && asOf <= nextDay(day)],
    ['MISSING_IN_ALLOWANCE_REGISTRY', isMissing && asOf > nextDay(day)],
    ['QUANTITY_MISMATCH', partner !== undefined && partner.qty !== qty],
  ];
}

function ofCancellation(row: Cancelled, files: Files, partner: Booked | undefined): string[] {
  const kinds: Kinds = new Set();
  const { party, year, project } = row;
  const isSame: Same = (one) => one.party === party && one.year === year && one.project === project;
  const isOffered = row.purpose === 'national-offset';
  const isAskedFor = partner !== undefined || files.applied.some(isSame);
  const others = files.cancelled.filter((one) => one !== row);
  say(kinds, [...ofPartner(row, partner, isOffered), ...ofUse(row, others), ...ofYear(row)]);
  say(kinds, [
    ['INELIGIBLE_PROJECT_IN_ETS', row.isCovered],
    ['ACCOUNT_BINDING_MISMATCH', !row.isOwnAccount],
    ['CANCEL_PURPOSE_MISMATCH', !isOffered && isAskedFor],
    ['OTHER_PURPOSE', !isOffered && !isAskedFor],
  ]);
  if (isOffered) {
    ofForm(kinds, files, isSame);
    const own = files.cancelled.filter((one) => one.purpose === 'national-offset');
    ofCap(
      kinds,
      year,
      own.filter((one) => one.party === party && one.year === year),
    );
  }
  return answerOf(kinds, year);
}

function ofBooking(row: Booked, files: Files, partner: Cancelled | undefined): string[] {
  const kinds: Kinds = new Set();
  const { party, year, project, day, qty } = row;
  if (partner === undefined) kinds.add('MISSING_IN_VOLUNTARY_REGISTRY');
  else {
    if (partner.qty !== qty) kinds.add('QUANTITY_MISMATCH');
    if (partner.project !== project) kinds.add('MISSING_IN_VOLUNTARY_REGISTRY');
    if (partner.party !== party) kinds.add('ACCOUNT_BINDING_MISMATCH');
    if (day < partner.day) kinds.add('BOOKED_BEFORE_CANCELLED');
    else if (day > nextDay(partner.day)) kinds.add('BOOKED_LATE');
  }
  if (isKnown(year) && day > (deadlines[year] ?? '')) kinds.add('LATE');
  ofCap(
    kinds,
    year,
    files.booked.filter((one) => one.party === party && one.year === year),
  );
  return answerOf(kinds, year);
}

function ofApplication(row: Applied, files: Files): string[] {
  const kinds: Kinds = new Set();
  const { party, year, project } = row;
  ofForm(kinds, files, (one) => one.party === party && one.year === year && one.project === project);
  if (row.due !== due) kinds.add('OBLIGATION_MISMATCH');
  ofCap(
    kinds,
    year,
    files.applied.filter((one) => one.party === party && one.year === year),
  );
  return answerOf(kinds, year);
}

/** Kinds of each row in alphabetical order: cancellations, bookings, applications, each in the order given. */
export function reconcileNaively(files: Files): string[][] {
  const pairs = partners(files);
  return [
    ...files.cancelled.map((row) => ofCancellation(row, files, pairs.get(row) as Booked | undefined)),
    ...files.booked.map((row) => ofBooking(row, files, pairs.get(row) as Cancelled | undefined)),
    ...files.applied.map((row) => ofApplication(row, files)),
  ];
}
