import type { LedgerRecord } from '../records/record';
import { parseBusinessKey, typeOfKind } from '../identifiers';
import { recordTypes } from './registry';
import type { ActingRecord } from './spec';
import { filedAs, processes, type ProcessName, type ProcessSpec, type StateSpec } from './processes';

/** How a record stands, as its own process and its key's next version leave it. */
export type RecordStatus = 'current' | 'open' | 'superseded' | 'withdrawn';

/** What a record does to another that it cites: where it leads it, and what that means. */
export interface StateChange {
  readonly record: string;
  readonly key: string;
  readonly process: ProcessName;
  readonly state: string;
  readonly status: Exclude<RecordStatus, 'superseded'>;
}

const statuses = { stands: 'current', open: 'open', ended: 'withdrawn' } as const;

/** The process of a business key's records. */
export function processNameOf(kind: string): ProcessName | undefined {
  const type = typeOfKind(kind);
  return Object.hasOwn(recordTypes, type) ? recordTypes[type as keyof typeof recordTypes].process : undefined;
}

function stateAfter(process: ProcessSpec, trigger: string): string | undefined {
  return process.transitions.find(({ on }) => on === trigger)?.to;
}

/** The state in which a record begins. */
export function firstState(record: Pick<LedgerRecord, 'type' | 'kind' | 'content'>): string {
  const { process: name, filing } = recordTypes[record.type];
  const process = processes[name];
  return stateAfter(process, filing?.(record) ?? filedAs(process, record.kind)) ?? 'CURRENT';
}

/** What a state of the records of this kind means; undefined for one that there is not. */
export function lifecycleState(kind: string, state: string): StateSpec | undefined {
  const process = processNameOf(kind);
  if (process === undefined) return undefined;
  const states = processes[process].states;
  return Object.hasOwn(states, state) ? states[state] : undefined;
}

/** States of each type in which a record stands and an authority doubts it. */
export function questionedStates(): { readonly type: string; readonly state: string }[] {
  return Object.entries(recordTypes).flatMap(([type, { process }]) =>
    Object.entries<StateSpec>(processes[process].states)
      .filter(([, { isQuestioned }]) => isQuestioned === true)
      .map(([state]) => ({ type, state })),
  );
}

/**
 * Every change that an accepted record makes to the state of records that it cites. It follows from the record alone: a
 * trigger leads to one state wherever it starts.
 */
export function changesOf(record: ActingRecord): StateChange[] {
  return (recordTypes[record.type].acts?.(record) ?? []).flatMap(({ role, trigger }) =>
    record.cites
      .filter((cited) => cited.role === role)
      .flatMap(({ record: id, key }) => {
        const name = processNameOf(parseBusinessKey(key).kind);
        const state = name && stateAfter(processes[name], trigger);
        if (name === undefined || state === undefined) return [];
        const spec = processes[name].states[state];
        return spec === undefined ? [] : [{ record: id, key, process: name, state, status: statuses[spec.standing] }];
      }),
  );
}

/** Whether a record of this kind ended in this state as it was meant to: what was built on it before stands. */
export function isSpent(kind: string, state: string): boolean {
  return lifecycleState(kind, state)?.isSpent === true;
}

/** Whether the next version of a record may follow on one with which nothing is wrong: what was built on that one stands. */
export function isReplacedInForce(kind: string): boolean {
  const name = processNameOf(kind);
  if (name === undefined) return false;
  const { states, transitions } = processes[name];
  const isSound = (state: string): boolean => states[state]?.standing === 'stands' || states[state]?.isSpent === true;
  const step = filedAs(processes[name], kind);
  return transitions.some(({ on, from }) => on === step && from.some(isSound));
}
