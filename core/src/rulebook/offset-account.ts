import { formatDecimal, parseDecimal } from '../decimal';
import type { OffsetAccount, OffsetBooking, OffsetTerms } from '../state/kinds';
import type { OverlayView } from '../state/overlay';
import type { LedgerRecord } from '../records/record';
import { identityOf } from './identity';

/** What records do to the CCER account of a compliance year. */
export type OffsetEffect =
  | {
      readonly do: 'offset';
      readonly uscc: string;
      readonly year: string;
      readonly confirmed?: string;
      /** Tonnes of one project; negative: reversed. */
      readonly cancelled?: { readonly project: string; readonly qty: string };
      readonly booked?: string;
      /** Tonnes applied for and confirmed, by project. */
      readonly rows?: Readonly<Record<string, string>>;
      readonly terms?: OffsetTerms;
      /** Greatest share that may be offset. */
      readonly rate?: string;
    }
  /** Nothing is confirmed, or no more. */
  | { readonly do: 'unconfirm'; readonly uscc: string; readonly year: string }
  /** Verified emissions of the enterprise as concluded; null while they are being corrected. */
  | { readonly do: 'verified'; readonly uscc: string; readonly year: string; readonly tonnes: string | null };

type Of<Name extends OffsetEffect['do']> = Extract<OffsetEffect, { readonly do: Name }>;

export const noOffset: OffsetAccount = { confirmed: '0', cancelled: '0', projects: {}, rows: {}, bookings: [] };

const plus = (one: string | undefined, other: string): string => (BigInt(one ?? '0') + BigInt(other)).toString();

/** Project numbers as they are compared: `A-001` and `a 001` are one. */
export function projectKey(project: string): string {
  return identityOf(project);
}

/** Rows of a form, added up by project. */
export function rowsByProject(
  rows: readonly { readonly projectRef: string; readonly qty: string }[],
): Record<string, string> {
  const sums: Record<string, string> = {};
  for (const { projectRef, qty } of rows) sums[projectKey(projectRef)] = plus(sums[projectKey(projectRef)], qty);
  return sums;
}

type Change = Of<'offset'>;

/** What was cancelled of each project, and in all. */
function cancelledAfter(before: OffsetAccount, cancelled: Change['cancelled']): Partial<OffsetAccount> {
  if (cancelled === undefined) return {};
  const project = projectKey(cancelled.project);
  return {
    cancelled: plus(before.cancelled, cancelled.qty),
    projects: { ...before.projects, [project]: plus(before.projects[project], cancelled.qty) },
  };
}

async function offset(effect: Change, view: OverlayView, { key }: { readonly key: string }): Promise<void> {
  const place = `${effect.uscc}/${effect.year}`;
  const before = (await view.get('offset', place)) ?? noOffset;
  const { confirmed, rows, terms, rate, booked } = effect;
  const stated = Object.entries({ confirmed, rows, terms, rate }).filter(([, value]) => value !== undefined);
  view.put('offset', place, {
    ...before,
    ...(Object.fromEntries(stated) as Partial<OffsetAccount>),
    ...cancelledAfter(before, effect.cancelled),
    bookings: booked === undefined ? before.bookings : [...before.bookings, { key, q: booked }],
  });
}

async function unconfirm({ uscc, year }: Of<'unconfirm'>, view: OverlayView): Promise<void> {
  const before = await view.get('offset', `${uscc}/${year}`);
  if (before === undefined || before.confirmed === '0') return;
  view.put('offset', `${uscc}/${year}`, { ...before, confirmed: '0', rows: {} });
}

async function verified({ uscc, year, tonnes }: Of<'verified'>, view: OverlayView): Promise<void> {
  const { confirmed, cancelled, projects, rows, bookings, terms, rate } =
    (await view.get('offset', `${uscc}/${year}`)) ?? noOffset;
  view.put('offset', `${uscc}/${year}`, {
    ...{ confirmed, cancelled, projects, rows, bookings },
    ...(terms === undefined ? {} : { terms }),
    ...(rate === undefined ? {} : { rate }),
    ...(tonnes === null ? {} : { due: tonnes }),
  });
}

/** What the enterprise is to surrender follows from the conclusion about the plant. */
export function verifiedEffect({ subject }: Pick<LedgerRecord, 'subject'>, tonnes: string | null): OffsetEffect[] {
  return subject.unit === 'PLANT' ? [{ do: 'verified', uscc: subject.uscc, year: subject.period, tonnes }] : [];
}

export const offsetAppliers = { offset, unconfirm, verified };

/** A booking that reaches beyond the cap, with the tonnes of it that do. */
export interface Overshoot extends OffsetBooking {
  readonly over: string;
}

/** How bookings stand against the cap of what is verified now. */
export interface OffsetStanding {
  readonly booked: bigint;
  /** Undefined while nothing is verified or no share is known. */
  readonly cap: bigint | undefined;
  readonly overshoot: bigint;
  /** Which bookings are hit: the last ones first, as far as the overshoot goes. */
  readonly hits: readonly Overshoot[];
}

/** floor(share × due) in whole tonnes (administrative measures, art. 29). */
export function capFor(due: string, rate: string): bigint {
  return BigInt(formatDecimal(parseDecimal(due).times(rate).floor(), 0));
}

function hitsOf(bookings: readonly OffsetBooking[], overshoot: bigint): Overshoot[] {
  const hits: Overshoot[] = [];
  let left = overshoot;
  for (const booking of [...bookings].reverse()) {
    if (left <= 0n) break;
    const over = BigInt(booking.q) < left ? BigInt(booking.q) : left;
    hits.push({ ...booking, over: over.toString() });
    left -= over;
  }
  return hits;
}

/** Asked anew whenever verified emissions change (C06): what was within the cap may not be any more. */
export function offsetStanding({ bookings, due, rate }: OffsetAccount): OffsetStanding {
  const booked = bookings.reduce((sum, { q }) => sum + BigInt(q), 0n);
  const cap = due === undefined || rate === undefined ? undefined : capFor(due, rate);
  const overshoot = cap === undefined || booked <= cap ? 0n : booked - cap;
  return { booked, cap, overshoot, hits: hitsOf(bookings, overshoot) };
}
