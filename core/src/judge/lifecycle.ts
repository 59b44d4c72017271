import { withArticle, type Fault } from '../errors';
import { bucketOf, parseBusinessKey, typeOfKind } from '../identifiers';
import { businessKey, type LedgerRecord } from '../records';
import { allowedSteps, isFinal, isRecordType, isWithdrawal, type AllowedStep } from '../rulebook/actions';
import type { Rulebook } from '../rulebook/editions';
import { filedAs, none, type ProcessName, type ProcessSpec, type Transition } from '../rulebook/processes';
import type { Head, OverlayView } from '../state';
import { headEntry } from './heads';

/** Key of a case: one for each process and business key. */
export function caseKey(process: ProcessName, key: string): string {
  return `${process}/${key}`;
}

/** The process of a kind of record. */
export function processOf(rulebook: Pick<Rulebook, 'types'>, kind: string): ProcessName {
  const type = typeOfKind(kind);
  return isRecordType(type) ? rulebook.types[type].process : 'corrigible';
}

/** Where a trigger leads, wherever it starts. */
export function nextState(process: ProcessSpec, trigger: string): Transition | undefined {
  return process.transitions.find(({ on }) => on === trigger);
}

/** What is a step itself is not taken back. */
function stepFault(path: string, kind: string, trigger: string, rulebook: Rulebook): Fault | undefined {
  if (!isWithdrawal(trigger) || !isFinal(rulebook, kind)) return undefined;
  const message = `${withArticle(typeOfKind(kind))} is a step that was taken: another step follows it, it is not taken back`;
  return { path, code: 'NOT_ALLOWED_TO_FILE', message };
}

const ofHead = { o: 'OPEN', w: 'WITHDRAWN' } as const;

/** The state in which a subject is: its case, or what the mark of its head stands for. */
export async function stateOf(
  key: string,
  head: Head | undefined,
  view: OverlayView,
  rulebook: Rulebook,
): Promise<string> {
  if (head === undefined) return none;
  const name = processOf(rulebook, parseBusinessKey(key).kind);
  const process = rulebook.processes[name];
  if (process.hasCase) return (await view.get('case', caseKey(name, key)))?.s ?? none;
  if (head.s === undefined) return 'CURRENT';
  const ended = Object.entries(process.states).find(([, { standing }]) => standing === 'ended');
  return head.s === 'w' && ended !== undefined ? ended[0] : ofHead[head.s];
}

/** Corrections are open to nearly every kind of party: a sentence does not list them. */
const MOST_FILERS = 4;

function wordsOf({ step, to, by }: AllowedStep): string {
  const all = [...new Set(by)];
  const some = all.length > MOST_FILERS ? 'its issuer or an authority above it' : all.join(', ');
  return `${step} → ${to} by ${some}`;
}

/** What may be done instead, and by whom. */
export function allowedWords(allowed: readonly AllowedStep[]): string {
  return allowed.map(wordsOf).join('; ') || 'nothing';
}

/** A step that the state does not allow. */
function conflict(path: string, key: string, state: string, step: string, rulebook: Rulebook): Fault {
  const { kind } = parseBusinessKey(key);
  const allowed = allowedSteps(rulebook, kind, state);
  const message = `${key} is ${state}: ${step} is not possible; what is: ${allowedWords(allowed)}`;
  return { path, code: 'STATE_CONFLICT', message, details: { key, state, step, allowed } };
}

/** Whether the steps that a record takes in the processes of what it cites are open. */
export async function actionFaults(record: LedgerRecord, view: OverlayView, rulebook: Rulebook): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const { role, trigger } of rulebook.types[record.type].acts?.(record) ?? []) {
    for (const [index, cited] of record.cites.entries()) {
      if (cited.role !== role) continue;
      const key = parseBusinessKey(cited.key);
      const step = stepFault(`/cites/${String(index)}`, key.kind, trigger, rulebook);
      if (step) faults.push(step);
      const head = await view.head(bucketOf(key), headEntry(key, key.kind));
      const state = await stateOf(cited.key, head, view, rulebook);
      const { transitions } = rulebook.processes[processOf(rulebook, key.kind)];
      const isOpen = transitions.some(({ on, from }) => on === trigger && from.includes(state));
      if (!isOpen) faults.push(conflict(`/cites/${String(index)}`, cited.key, state, trigger, rulebook));
    }
  }
  return faults;
}

/** What filing this version is called in its process. */
function stepOf(record: LedgerRecord, rulebook: Rulebook): string {
  const process = rulebook.processes[processOf(rulebook, record.kind)];
  return rulebook.types[record.type].filing?.(record) ?? filedAs(process, record.kind);
}

/** Whether a version of a record may follow in a state; `-` where there is none yet. */
function mayFile(record: LedgerRecord, state: string, rulebook: Rulebook): boolean {
  const step = stepOf(record, rulebook);
  const { transitions } = rulebook.processes[processOf(rulebook, record.kind)];
  return transitions.some(({ on, from }) => on === step && from.includes(state));
}

/** With the state of the subject, what is possible in it, and by whom. */
function withAllowed(fault: Fault, kind: string, state: string, rulebook: Rulebook): Fault {
  const allowed = allowedSteps(rulebook, kind, state);
  const message = `${fault.message}, ${state}; what is possible: ${allowedWords(allowed)}`;
  return { ...fault, message, details: { ...fault.details, state, allowed } };
}

type MakeFault = (code: Fault['code'], message: string) => Fault;

function firstFault(record: LedgerRecord, rulebook: Rulebook, fault: MakeFault): Fault | undefined {
  const key = businessKey(record);
  const step = stepOf(record, rulebook);
  if (!mayFile(record, none, rulebook)) return conflict('/version', key, none, step, rulebook);
  if (record.version === 1) return undefined;
  const gap = `${key} has no version yet: begin with 1`;
  return withAllowed(fault('VERSION_GAP', gap), record.kind, none, rulebook);
}

/** The version must be the first of its key, or the next one where the state allows it. */
export async function versionFault(
  record: LedgerRecord,
  id: string,
  head: Head | undefined,
  view: OverlayView,
  rulebook: Rulebook,
): Promise<Fault | undefined> {
  const key = businessKey(record);
  const details = { key, ...(head ? { current: `rec:${head.r}`, version: head.v } : {}) };
  const fault: MakeFault = (code, message) => ({ path: '/version', code, message, details });
  if (!head) return firstFault(record, rulebook, fault);
  if (`rec:${head.r}` === id) return fault('ALREADY_ANCHORED', `${key} is already anchored as ${id}`);
  const state = await stateOf(key, head, view, rulebook);
  const now = `${key} stands at version ${String(head.v)}`;
  if (!mayFile(record, state, rulebook) || record.version <= head.v)
    return withAllowed(fault('KEY_TAKEN', now), record.kind, state, rulebook);
  if (record.version === head.v + 1) return undefined;
  const gap = fault('VERSION_GAP', `${now}, and the next is ${String(head.v + 1)}`);
  return withAllowed(gap, record.kind, state, rulebook);
}
