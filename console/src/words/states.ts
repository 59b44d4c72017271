import { awaitedSteps, processes, recordTypes, type RecordType, type StateSpec } from '@carbon-ledger/core';
import type { Words } from '../language/language';

export interface StateLook {
  readonly words: Words;
  readonly sign: string;
  readonly look: 'good' | 'wait' | 'warn' | 'bad' | 'none';
}

const statuses: Readonly<Record<string, StateLook>> = {
  current: { words: { zh: '有效', en: 'Current' }, sign: '✓', look: 'good' },
  open: { words: { zh: '开放更正', en: 'Open for correction' }, sign: '…', look: 'warn' },
  superseded: { words: { zh: '已被替代', en: 'Superseded' }, sign: '⚠', look: 'warn' },
  withdrawn: { words: { zh: '已撤回', en: 'Withdrawn' }, sign: '✕', look: 'bad' },
};

export function statusLook(status: string): StateLook {
  return statuses[status] ?? { words: { zh: status, en: status }, sign: '–', look: 'none' };
}

/** A state in the lifecycle of a type; undefined where there is none of that code. */
function stateSpecOf(type: string, state: string): StateSpec | undefined {
  if (!Object.hasOwn(recordTypes, type)) return undefined;
  const { states } = processes[recordTypes[type as RecordType].process];
  return Object.hasOwn(states, state) ? states[state] : undefined;
}

/** Looks by what a state means for those who would build on the record. */
const standings = {
  stands: { sign: '✓', look: 'good' },
  open: { sign: '↩', look: 'warn' },
  ended: { sign: '✕', look: 'bad' },
} as const satisfies Record<StateSpec['standing'], Omit<StateLook, 'words'>>;

const waiting = { sign: '…', look: 'wait' } as const;

/** Whether somebody is to act next on what stands: it is not at its end yet. */
function isAwaited(type: string, state: string, { standing }: StateSpec): boolean {
  return standing === 'stands' && awaitedSteps({ types: recordTypes, processes }, type, state).length > 0;
}

interface Stated {
  readonly status: string;
  readonly state?: string | undefined;
  readonly type?: string | undefined;
}

/** How a record's state is shown: by the lifecycle of its type, unless a next version took its place. */
export function stateLook({ status, state, type }: Stated): StateLook {
  const spec = state === undefined || type === undefined ? undefined : stateSpecOf(type, state);
  if (spec === undefined || status === 'superseded') return statusLook(status);
  const words = { zh: spec.title.zh, en: capital(spec.title.en) };
  return { words, ...(isAwaited(type ?? '', state ?? '', spec) ? waiting : standings[spec.standing]) };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
