import { shanghaiDay } from '../calendar';
import type { Fault } from '../errors';
import type { LedgerRecord } from '../records/record';
import { balanceOf, holdingKey, type Place } from '../state/holdings';
import type { Compliance } from '../state/kinds';
import type { OverlayView } from '../state/overlay';
import type { LedgerView } from '../state/view';
import { noAllocation, reallocate, withDeduction } from './allocation';

/** What records do to allowances. */
export type HoldingEffect =
  /** Tonnes of a vintage from one place to another: two rows. `line` tells the movements of one record apart. */
  | {
      readonly do: 'move';
      readonly vintage: string;
      readonly qty: string;
      readonly from: Place;
      readonly to: Place;
      readonly line: number;
      readonly how: string;
      /** Day of the trade; the day of the transaction where absent. */
      readonly on?: string;
      /** Compliance year that they are surrendered for. */
      readonly for?: string;
    }
  /** A vintage's entitlement as determined anew, to be issued to an account. `isFinal`: what is left to deduct goes on to the next vintage. */
  | {
      readonly do: 'allocate';
      readonly uscc: string;
      readonly vintage: string;
      readonly entitled: string;
      readonly account: string;
      readonly isFinal: boolean;
      readonly how: string;
    }
  /** Less is due to be handed back. */
  | { readonly do: 'hand-back'; readonly uscc: string; readonly vintage: string; readonly qty: string }
  /** Tonnes to be taken off a vintage, by what they are for; `0` takes the word back. */
  | {
      readonly do: 'deduct';
      readonly uscc: string;
      readonly vintage: string;
      readonly what: string;
      readonly qty: string;
    }
  | {
      readonly do: 'comply';
      readonly uscc: string;
      readonly year: string;
      readonly outcome: Compliance['outcome'];
      readonly shortfall: string;
    };

/** The record whose effect it is: hex of its leaf hash, and its time in RFC 3339. */
interface Source {
  readonly id: string;
  readonly record: LedgerRecord;
  readonly time: string;
}

type Of<Name extends HoldingEffect['do']> = Extract<HoldingEffect, { readonly do: Name }>;

function move(effect: Of<'move'>, view: OverlayView, { id, time }: Source): Promise<void> {
  const { vintage, qty, from, to, line, how, on = shanghaiDay(time) } = effect;
  const row = { r: id, how, on, ...(effect.for === undefined ? {} : { for: effect.for }) };
  view.put('holding', holdingKey(from, vintage, id, line), { ...row, q: (-BigInt(qty)).toString() });
  view.put('holding', holdingKey(to, vintage, id, line), { ...row, q: qty });
  return Promise.resolve();
}

async function allocate(effect: Of<'allocate'>, view: OverlayView, source: Source): Promise<void> {
  const { uscc, vintage, account, how, isFinal } = effect;
  const key = `${uscc}/${vintage}`;
  const { next, credited, deducted, remaining } = reallocate(
    (await view.get('allocation', key)) ?? noAllocation,
    BigInt(effect.entitled),
  );
  view.put('allocation', key, next);
  const shared = { do: 'move', vintage, how } as const;
  const issued = { account: uscc, pool: 'issued' } as const;
  const off = { account: uscc, pool: 'deducted' } as const;
  if (credited > 0n)
    await move(
      { ...shared, qty: credited.toString(), from: issued, to: { account, pool: 'held' }, line: 0 },
      view,
      source,
    );
  if (deducted > 0n) await move({ ...shared, qty: deducted.toString(), from: issued, to: off, line: 1 }, view, source);
  if (deducted < 0n)
    await move({ ...shared, qty: (-deducted).toString(), from: off, to: issued, line: 1 }, view, source);
  if (isFinal) await carryDeduction(uscc, vintage, remaining, view);
}

/** What a vintage was too small for is taken off the next one. */
async function carryDeduction(uscc: string, vintage: string, tonnes: bigint, view: OverlayView): Promise<void> {
  const key = `${uscc}/${String(Number(vintage) + 1)}`;
  const before = await view.get('allocation', key);
  if (before === undefined && tonnes === 0n) return;
  view.put('allocation', key, withDeduction(before ?? noAllocation, `rest-${vintage}`, tonnes));
}

async function handBack({ uscc, vintage, qty }: Of<'hand-back'>, view: OverlayView): Promise<void> {
  const before = (await view.get('allocation', `${uscc}/${vintage}`)) ?? noAllocation;
  const left = BigInt(before.handBack) - BigInt(qty);
  view.put('allocation', `${uscc}/${vintage}`, { ...before, handBack: left.toString() });
}

async function deduct({ uscc, vintage, what, qty }: Of<'deduct'>, view: OverlayView): Promise<void> {
  const before = (await view.get('allocation', `${uscc}/${vintage}`)) ?? noAllocation;
  view.put('allocation', `${uscc}/${vintage}`, withDeduction(before, what, BigInt(qty)));
}

export const holdingAppliers: {
  readonly [Name in HoldingEffect['do']]: (effect: Of<Name>, view: OverlayView, source: Source) => Promise<void>;
} = {
  move,
  allocate,
  'hand-back': handBack,
  deduct,
  comply: ({ uscc, year, outcome, shortfall }, view, { id }) => {
    view.put('compliance', `${uscc}/${year}`, { outcome, shortfall, r: id });
    return Promise.resolve();
  },
};

/** Nobody gives what is not there: no place but the unissued one falls below zero. */
export async function moveFaults(effect: Of<'move'>, view: LedgerView): Promise<Fault[]> {
  const { from, vintage, qty } = effect;
  if (from.pool === 'issued') return [];
  const there = await balanceOf(view, from, vintage);
  if (there >= BigInt(qty)) return [];
  const message = `${from.account} has ${there.toString()} t of ${vintage} ${from.pool}, not ${qty} t`;
  const details = { account: from.account, vintage, pool: from.pool, there: there.toString(), asked: qty };
  return [{ path: '/content', code: 'HOLDING_SHORT', message, details }];
}
