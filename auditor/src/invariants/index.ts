import { isLedgerError } from '@carbon-ledger/core';
import { Conservation } from './conservation';
import { FrozenIsMarked } from './frozen';
import { EndedIsMarked, headOf, OneHead } from './heads';
import { SerialsOnce, WithinCap } from './offsets';
import type { Broken, Invariant, WholeLedger } from './view';

export type { Broken, HeldContent, HeldRecord, KeyHistory, StateRow, WholeLedger } from './view';

/** By its name in words: what holds of every ledger, whatever its parties did. */
const invariants: Readonly<Record<string, (ledger: WholeLedger) => Invariant>> = {
  'one head per business key': () => new OneHead(),
  'what ended is marked': (ledger) => new EndedIsMarked(ledger),
  'of every vintage as much stays as was issued': (ledger) => new Conservation(ledger),
  'no CCER number used twice': () => new SerialsOnce(),
  'no more booked than cancelled, confirmed and capped': (ledger) => new WithinCap(ledger),
  'what came into a frozen year is marked': (ledger) => new FrozenIsMarked(ledger),
};

export interface BrokenInvariant extends Broken {
  readonly invariant: string;
}

/**
 * Holds a whole ledger to its invariants. They look at all records and the state, and judge nothing: a rule that lets
 * through what together goes against them is found here. That every citation has its end and every figure is what its
 * formula gives is asked of each record where it is judged.
 */
export async function* brokenInvariants(ledger: WholeLedger): AsyncGenerator<BrokenInvariant> {
  const all = Object.entries(invariants).map(([name, make]) => [name, make(ledger)] as const);
  for await (const history of ledger.histories()) {
    const key = { ...history, head: await headOf(ledger, history.key) };
    for (const [invariant, one] of all) {
      const answer = told(() => one.take(key), history.key);
      // Nearly every key says nothing at once: a wait for each would cost more than the look.
      for (const broken of answer instanceof Promise ? await answer : answer) yield { invariant, ...broken };
    }
  }
  for (const [invariant, one] of all)
    for (const broken of await told(() => one.end(), 'the ledger')) yield { invariant, ...broken };
}

/** What cannot be read as what it says to be is not in order either: hostile records must not end the run. */
function told(
  ask: () => readonly Broken[] | Promise<readonly Broken[]>,
  about: string,
): readonly Broken[] | Promise<readonly Broken[]> {
  try {
    const answer = ask();
    return answer instanceof Promise ? answer.catch((error: unknown) => unreadable(error, about)) : answer;
  } catch (error) {
    return unreadable(error, about);
  }
}

function unreadable(error: unknown, about: string): Broken[] {
  const isOfRecords =
    isLedgerError(error) || [TypeError, SyntaxError, RangeError].some((kind) => error instanceof kind);
  if (!isOfRecords) throw error;
  return [{ message: `${about} cannot be read: ${String(error)}` }];
}
