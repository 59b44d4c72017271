import type { Fault } from '../errors';
import type { Subject } from '../identifiers';
import type { RecordScope } from '../methodology/scope';
import { rowsOf, sumOf } from '../state/holdings';
import type { LedgerView } from '../state/view';
import { citedOf } from './cited';
import { noOffset, offsetStanding, type Overshoot } from './offset-account';

/** How an enterprise's compliance year comes out, in tonnes. */
export interface Settlement {
  /** What is verified now; undefined while no conclusion stands. */
  readonly obligation: bigint | undefined;
  /** Allowances surrendered for the year, of whatever vintage. */
  readonly allowances: bigint;
  /** Booked CCER that counts: up to the cap. */
  readonly ccer: bigint;
  /** Booked beyond the cap of what is verified now, and the bookings that it hits. */
  readonly overshoot: bigint;
  readonly hits: readonly Overshoot[];
  readonly shortfall: bigint;
  readonly surplus: bigint;
  /** Allowances of the year's vintage that are due to be handed back. */
  readonly handBack: bigint;
}

/** Adds up what stands on the ledger for a compliance year. */
export async function settlementOf(state: LedgerView, { uscc, period }: Subject): Promise<Settlement> {
  const account = (await state.get('offset', `${uscc}/${period}`)) ?? noOffset;
  const rows = await rowsOf(state, uscc);
  const allowances = sumOf(rows.filter((row) => row.pool === 'surrendered' && row.for === period));
  const { booked, overshoot, hits } = offsetStanding(account);
  const ccer = booked - overshoot;
  const obligation = account.due === undefined ? undefined : BigInt(account.due);
  const open = (obligation ?? 0n) - allowances - ccer;
  const handBack = BigInt((await state.get('allocation', `${uscc}/${period}`))?.handBack ?? '0');
  return {
    ...{ obligation, allowances, ccer, overshoot, hits, handBack },
    shortfall: open > 0n ? open : 0n,
    surplus: open < 0n ? -open : 0n,
  };
}

/** What the province states of a year must be what the ledger comes to. */
export function statedFaults(content: Readonly<Record<string, unknown>>, found: Settlement): Fault[] {
  const expected: Readonly<Record<string, string>> = {
    obligation_t: (found.obligation ?? 0n).toString(),
    allowances_t: found.allowances.toString(),
    ccer_t: found.ccer.toString(),
    overshoot_t: found.overshoot.toString(),
  };
  const faults = Object.entries(expected)
    .filter(([field, value]) => content[field] !== value)
    .map(([field, value]): Fault => {
      const details = { expected: value, got: content[field] ?? null };
      return { path: `/content/${field}`, code: 'FIGURE_MISMATCH', message: `the ledger comes to ${value} t`, details };
    });
  return [...faults, ...hitFaults(content['overshootBookings'], found)];
}

/** An overshoot is named with the bookings that it hits. */
function hitFaults(stated: unknown, { hits, overshoot }: Settlement): Fault[] {
  const named = Array.isArray(stated) ? stated.map(String) : [];
  const expected = hits.map(({ key }) => key);
  if (named.length === expected.length && named.every((key, index) => key === expected[index])) return [];
  const words = hits.map(({ key, over }) => `${key} (${over} t)`).join(', ') || 'none';
  const message = `${overshoot.toString()} t are booked beyond the cap; this hits: ${words}`;
  return [{ path: '/content/overshootBookings', code: 'OVER_CAP', message, details: { expected, hits } }];
}

/** The bookings of the year are cited all together, or none of them: some would show another sum than the one that is stated. */
export function citedBookingFaults(scope: RecordScope, { ccer, overshoot }: Settlement): Fault[] {
  const cited = citedOf(scope, 'offset-booking', 'offset-booking');
  const sum = cited.reduce((total, { content }) => total + BigInt(content.qty), 0n);
  const booked = ccer + overshoot;
  if (cited.length === 0 || sum === booked) return [];
  const details = { expected: booked.toString(), got: sum.toString() };
  const message = `the bookings cited come to ${sum.toString()} t, those of the year to ${booked.toString()} t: cite all of them, or none`;
  return [{ path: '/cites', code: 'CITATION_MISMATCH', message, details }];
}
