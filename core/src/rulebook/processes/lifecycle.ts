import type { WorkingPeriod } from '../../calendar';
import type { Title } from '../spec';

/** What a state means for those who would build on the record. */
export type Standing =
  /** It stands, and may be cited. */
  | 'stands'
  /** Its key waits for the next version; nobody builds on it meanwhile. */
  | 'open'
  /** It was withdrawn: it does not count any more. Its key may have a next version. */
  | 'ended';

/** Until when something is to be done, counted from what the ledger itself knows. */
export type Deadline =
  /** A day that the record which led here states in its content. */
  | { readonly field: string }
  /** So many natural days after the day (Asia/Shanghai) on which the state was entered. */
  | { readonly days: number; readonly count: 'natural' }
  /** A period in working days after that day: as many as the `working-days` of its year say, else those of the last year before. */
  | { readonly count: 'working'; readonly period: WorkingPeriod };

/** A step that a state waits for. */
export interface Awaited {
  readonly on: string;
  /** The earliest of these that the ledger can tell. */
  readonly until?: readonly Deadline[];
  /** A right, no duty: told until its day, and no more after it. */
  readonly isRight?: true;
}

export interface StateSpec {
  readonly title: Title;
  readonly standing: Standing;
  /**
   * What is to be done next. Where it is absent, every step that leads on is (rulebook/actions); empty: the subject
   * rests here, whatever may still be done with it.
   */
  readonly awaits?: readonly Awaited[];
  /** It stands, and an authority doubts it: whoever relies on it is told. */
  readonly isQuestioned?: true;
  /** It ended as it was meant to: nobody builds on it any more, and what was built on it before stands. */
  readonly isSpent?: true;
}

/**
 * One step. `on` names what makes it: `filed` for a version of the record itself, else what an acting record's type
 * says (`Action.trigger`). A trigger leads to one state wherever it starts, so that the state follows from the last record.
 */
export interface Transition<State extends string = string> {
  readonly on: string;
  readonly from: readonly (State | typeof none)[];
  readonly to: State;
}

/**
 * What filing a version is called in a process: `filed.pre` where kinds with this label begin elsewhere than the others
 * do, else `filed`.
 */
export function filedAs(process: ProcessSpec, kind: string): string {
  const own = `filed.${kind.split('.')[1] ?? ''}`;
  return process.transitions.some(({ on }) => on === own) ? own : 'filed';
}

export function isFiling(on: string): boolean {
  return on === 'filed' || on.startsWith('filed.');
}

/** No version was filed yet. */
export const none = '-';

/** The life of one kind of subject: its states, and what leads from one to the next. */
export interface ProcessSpec<State extends string = string> {
  readonly title: Title;
  /** Kept in a case of its own; without one, the head of the key says it all. */
  readonly hasCase: boolean;
  readonly states: Readonly<Record<State, StateSpec>>;
  readonly transitions: readonly Transition<State>[];
}

/** Reads a lifecycle with its states inferred, so that a transition cannot name another. */
export function lifecycle<State extends string>(spec: ProcessSpec<State>): ProcessSpec {
  return spec;
}

/** What every record can come to by a correction. */
export const corrected = {
  OPEN: { title: { en: 'being corrected', zh: '更正中' }, standing: 'open' },
  WITHDRAWN: { title: { en: 'withdrawn', zh: '已撤回' }, standing: 'ended' },
} as const satisfies Readonly<Record<string, StateSpec>>;
