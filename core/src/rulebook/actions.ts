import { typeOfKind } from '../identifiers';
import { recordTypeNames, type LedgerRecord, type RecordType } from '../records/record';
import { labelOf, type FilingRule } from './authority';
import type { Rulebook } from './editions';
import { formFieldsOf } from './form-fields';
import { filedAs, isFiling, type ProcessSpec, type Transition } from './processes';
import type { RecordTypes } from './registry';
import type { RecordTypeSpec } from './spec';

type Tables = Pick<Rulebook, 'types' | 'processes'>;

/** The record whose filing is a step: the next version of the subject itself, or one of another type that cites it. */
export interface StepFiling {
  readonly type: RecordType;
  readonly kind: string;
  /** The role in which it cites the subject; absent for a version of the subject itself. */
  readonly role?: string;
  /** What the step asks of its content: `{ decision: 'accept' }`. */
  readonly content?: Readonly<Record<string, string>>;
}

/** A step that leads on from a state. */
export interface PossibleStep {
  /** `filed`, or what an acting record makes: `review.province:accept`. */
  readonly step: string;
  /** The state that it leads to. */
  readonly to: string;
  readonly file: StepFiling;
  /** Who may take it. */
  readonly by: readonly FilingRule[];
}

export function isRecordType(text: string): text is RecordType {
  return recordTypeNames.some((name) => name === text);
}

/** The lifecycle of a kind of record. */
export function lifecycleOf({ types, processes }: Tables, kind: string): ProcessSpec {
  const type = typeOfKind(kind);
  return processes[isRecordType(type) ? types[type].process : 'corrigible'];
}

/** The kind of an acting record: its label may name the level that acts, the kind that is acted on, or both. */
function actingKind(spec: RecordTypeSpec, label: string | undefined, actedOn: string): string {
  const acted = actedOn.replaceAll('.', '_');
  const names = spec.labels?.names ?? [];
  const candidates = [...(label === undefined ? [acted] : [`${label}_${acted}`, label])];
  const fits = candidates.find((one) => names === 'any' || names.includes(one));
  return fits === undefined ? spec.type : `${spec.type}.${fits}`;
}

/** The field of a type's content that has this outcome among its choices. */
function outcomeOf(spec: RecordTypeSpec, outcome: string | undefined): Record<string, string> {
  if (outcome === undefined) return {};
  const field = formFieldsOf(spec.content).find(({ choices = {} }) => Object.hasOwn(choices, outcome));
  return field === undefined ? {} : { [field.name]: outcome };
}

/** A record that says no more than a step asks for: enough to ask its type what it would do. */
function sketch(spec: RecordTypeSpec, kind: string, content: Readonly<Record<string, unknown>>): LedgerRecord {
  return {
    schema: 'carbon-ledger/record/v1',
    type: spec.type,
    issuer: '',
    subject: { uscc: '', unit: '-', period: '-' },
    kind,
    version: 1,
    cites: [],
    documents: [],
    totals: {},
    figuresRoot: null,
    content: { ...(spec.example as Readonly<Record<string, unknown>>), ...content },
  };
}

/** Roles in which a record may cite one of a type. */
function rolesOf({ cites }: RecordTypeSpec, record: LedgerRecord, type: string): readonly string[] {
  return cites(record)
    .filter((rule) => rule.type === 'any' || [rule.type].flat().some((one) => one === type))
    .map(({ role }) => role);
}

/** One step may be made in several roles: an objection acts on what it contests, and on the report that this concluded on. */
function roleOf(spec: RecordTypeSpec, record: LedgerRecord, trigger: string, type: string): string | undefined {
  const serving = new Set(rolesOf(spec, record, type));
  const acts = (spec.acts?.(record) ?? []).filter((action) => action.trigger === trigger);
  return (acts.find(({ role }) => serving.has(role)) ?? acts[0])?.role;
}

/** The record that makes a step in the life of a subject of this kind; undefined where no type makes it. */
function filingOf(types: RecordTypes, trigger: string, actedOn: string): StepFiling | undefined {
  const [name = '', outcome] = trigger === 'filed' ? [actedOn] : trigger.split(':');
  const type = typeOfKind(name);
  if (!isRecordType(type)) return undefined;
  if (trigger === 'filed') return { type, kind: actedOn };
  const spec = types[type];
  const kind = actingKind(spec, labelOf(name), actedOn);
  const content = outcomeOf(spec, outcome);
  const role = roleOf(spec, sketch(spec, kind, content), trigger, typeOfKind(actedOn));
  return {
    ...{ type, kind },
    ...(role === undefined ? {} : { role }),
    ...(Object.keys(content).length === 0 ? {} : { content }),
  };
}

/** Lines of the authority table under which a kind is filed. */
function filersOf({ filed }: RecordTypeSpec, kind: string): FilingRule[] {
  const label = labelOf(kind);
  return filed.filter(({ labels }) => labels === undefined || (label !== undefined && labels.includes(label)));
}

/** By kind and state, for tables that never change: an agenda asks for the same few again and again. */
const stepsKnown = new WeakMap<RecordTypes, Map<string, readonly PossibleStep[]>>();
/** Labels may be any name: a list that grows with what is asked must end somewhere. */
const MOST_KNOWN = 2_000;

/** Every step that leads on from a state, with who may take it: refusals, agendas and pages tell these and no others. */
export function possibleSteps(tables: Tables, kind: string, state: string): readonly PossibleStep[] {
  const known = stepsKnown.get(tables.types) ?? new Map<string, readonly PossibleStep[]>();
  stepsKnown.set(tables.types, known);
  const place = `${kind} ${state}`;
  const steps = known.get(place) ?? readSteps(tables, kind, state);
  if (known.size < MOST_KNOWN) known.set(place, steps);
  return steps;
}

/** What may happen next, and by whose record: told with every refusal. */
export interface AllowedStep {
  /** `filed`, or the acting record's transition: `review.province:accept`. */
  readonly step: string;
  readonly to: string;
  /** Kinds of party with their relation to the subject. */
  readonly by: readonly string[];
}

/** Every step that leads on from a state. */
export function allowedSteps(tables: Tables, kind: string, state: string): AllowedStep[] {
  return possibleSteps(tables, kind, state).map(({ step, to, by }) => ({
    ...{ step, to },
    by: by.map((rule) => `${rule.by} (${rule.as})`),
  }));
}

/** Corrections take a record out of what counts. */
export function isWithdrawal(trigger: string): boolean {
  return trigger === 'supersession' || trigger === 'revocation';
}

/** Whether a record is a step that was taken: another step follows it, it is not taken back. */
export function isFinal({ types }: Pick<Tables, 'types'>, kind: string): boolean {
  const type = typeOfKind(kind);
  return isRecordType(type) && types[type].undo === 'refused';
}

/** A step that exists for a label of its own (`allowance-credit.pre`) is of kinds with this label alone, and theirs alone. */
function isOfKind({ transitions }: ProcessSpec, on: string, kind: string): boolean {
  const [type = '', label] = on.split('.');
  const own = labelOf(kind);
  if (type === typeOfKind(kind)) return true;
  if (label !== undefined && transitions.some((one) => one.on === `filed.${label}`)) return label === own;
  return label !== undefined || !transitions.some((one) => one.on === `${type}.${own ?? ''}`);
}

/** What a version does is said by its content, not by its label: a plan is opened by a version of the same kind. */
function isByContent({ types }: Pick<Tables, 'types'>, kind: string): boolean {
  const type = typeOfKind(kind);
  return isRecordType(type) && types[type].filing !== undefined;
}

function isOpenTo(tables: Tables, process: ProcessSpec, kind: string, on: string): boolean {
  if (isFiling(on)) return on === filedAs(process, kind) || isByContent(tables, kind);
  return isOfKind(process, on, kind) && !(isWithdrawal(on) && isFinal(tables, kind));
}

function readSteps(tables: Tables, kind: string, state: string): PossibleStep[] {
  const process = lifecycleOf(tables, kind);
  return process.transitions
    .filter(({ on, from }) => from.includes(state) && isOpenTo(tables, process, kind, on))
    .flatMap(({ on, to }) => {
      const step = isFiling(on) ? 'filed' : on;
      const file = filingOf(tables.types, step, kind);
      return file === undefined ? [] : [{ step, to, file, by: filersOf(tables.types[file.type], file.kind) }];
    });
}

/** Whether a step takes a record back: a correction, or the reversal of a registry's slip. */
export function isTakingBack(trigger: string): boolean {
  return isWithdrawal(trigger) || trigger === 'ccer-reversal';
}

/** What takes a record back is open to whoever made a mistake; nobody waits for it. */
function leadsOn(process: ProcessSpec, state: string, { on, to }: Transition): boolean {
  return to !== state && !isTakingBack(on) && process.states[to]?.standing === 'stands';
}

/** The steps that a state waits for, as its lifecycle says or, where it does not, those that lead on to a state that stands. */
export function awaitedSteps(tables: Tables, kind: string, state: string): readonly PossibleStep[] {
  const process = lifecycleOf(tables, kind);
  const { awaits, standing } = process.states[state] ?? {};
  const steps = possibleSteps(tables, kind, state);
  if (awaits !== undefined) return steps.filter(({ step }) => awaits.some(({ on }) => on === step));
  if (standing === 'open') return steps.filter(({ step }) => step === 'filed');
  const onward = process.transitions.filter((one) => one.from.includes(state) && leadsOn(process, state, one));
  return standing === 'stands'
    ? steps.filter(({ step }) => step !== 'filed' && onward.some(({ on }) => on === step))
    : [];
}
