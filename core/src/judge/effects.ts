import { bucketOf, parseBusinessKey } from '../identifiers';
import { daysBetween, shanghaiDay } from '../calendar';
import { businessKey, type LedgerRecord } from '../records';
import { applyEffect } from '../rulebook/effects';
import type { Rulebook } from '../rulebook/editions';
import { dueDay, valuesOf } from '../rulebook/due';
import type { EffectInput } from '../rulebook/spec';
import { filedAs, type Standing } from '../rulebook/processes';
import type { CaseState, Head } from '../state';
import type { OverlayView } from '../state';
import { frozenBy } from '../state/heads';
import { headEntry } from './heads';
import { caseKey, nextState, processOf } from './lifecycle';

/** Public part of a record by its id, where it is at hand. */
type RecordLookup = (id: string) => LedgerRecord | undefined;

/** Where and when a record is anchored, and what is at hand of what it cites. */
export interface Anchoring {
  readonly id: string;
  /** RFC 3339. */
  readonly time: string;
  readonly records: RecordLookup;
}

const marks: Readonly<Record<Standing, Pick<Head, 's'>>> = { stands: {}, open: { s: 'o' }, ended: { s: 'w' } };

/** Behind the day that the record states, or that the parameters which it cites set. */
function lateDays(record: LedgerRecord, at: Anchoring, rulebook: Rulebook): number | undefined {
  const spec = rulebook.types[record.type];
  const { dueField } = spec;
  const days = (): string[] =>
    effectInput(record, at)
      .cited('parameters')
      .flatMap((parameters) => dueDay(spec, record, valuesOf(parameters)) ?? []);
  // Of several sectors the first day.
  const [due] = dueField === undefined ? days().sort() : [String(record.content[dueField])];
  const late = due === undefined ? 0 : daysBetween(due, shanghaiDay(at.time));
  return late > 0 ? late : undefined;
}

/** The case after a version was filed. Lateness is that of the first version; what was returned is counted on. */
function filedCase(
  record: LedgerRecord,
  before: CaseState | undefined,
  state: string,
  at: Anchoring,
  rulebook: Rulebook,
): CaseState {
  const { id, time } = at;
  const r = id.slice(4);
  const late = before === undefined ? lateDays(record, at, rulebook) : before.late;
  return {
    ...{ s: state, r, v: record.version, t: time, by: r },
    ...(before?.n === undefined ? {} : { n: before.n }),
    ...(late === undefined ? {} : { late }),
  };
}

async function fileRecord(record: LedgerRecord, at: Anchoring, view: OverlayView, rulebook: Rulebook): Promise<void> {
  const head = { r: at.id.slice(4), v: record.version };
  const [bucket, entry] = [bucketOf(record.subject), headEntry(record.subject, record.kind)];
  await view.setHead(bucket, entry, head);
  const frozen = frozenBy((await view.get('head', bucket)) ?? {});
  if (frozen !== undefined) await view.setHead(bucket, entry, { ...head, f: frozen });
  const name = rulebook.types[record.type].process;
  const process = rulebook.processes[name];
  if (!process.hasCase) return;
  const key = caseKey(name, businessKey(record));
  const before = await view.get('case', key);
  const step = rulebook.types[record.type].filing?.(record) ?? filedAs(process, record.kind);
  const state = nextState(process, step)?.to ?? '';
  view.put('case', key, filedCase(record, before, state, at, rulebook));
}

interface Acting {
  readonly at: Anchoring;
  readonly view: OverlayView;
  readonly rulebook: Rulebook;
}

/** Moves what a record acts on: its case, and the mark of its head. */
async function act(
  { at, view, rulebook }: Acting,
  cited: { readonly key: string; readonly record: string },
  trigger: string,
): Promise<Standing | undefined> {
  const key = parseBusinessKey(cited.key);
  const head = await view.head(bucketOf(key), headEntry(key, key.kind));
  const name = processOf(rulebook, key.kind);
  const process = rulebook.processes[name];
  const to = nextState(process, trigger)?.to;
  if (head === undefined || to === undefined) return undefined;
  const { r, v, f } = head;
  const standing = process.states[to]?.standing ?? 'stands';
  await view.setHead(bucketOf(key), headEntry(key, key.kind), {
    r,
    v,
    ...(f === undefined ? {} : { f }),
    ...marks[standing],
  });
  if (!process.hasCase) return standing;
  const place = caseKey(name, cited.key);
  const moved = { s: to, r, v, t: at.time, by: at.id.slice(4) };
  view.put('case', place, remembering(moved, await view.get('case', place)));
  return standing;
}

/** What a case keeps over its steps: how often it was returned, and how late it came first. */
function remembering(moved: CaseState, before: CaseState | undefined): CaseState {
  const n = (before?.n ?? 0) + (moved.s === 'RETURNED' ? 1 : 0);
  return { ...moved, ...(n > 0 ? { n } : {}), ...(before?.late === undefined ? {} : { late: before.late }) };
}

/** What a record's own effects are asked with. */
export function effectInput(record: LedgerRecord, { id, time, records }: Anchoring): EffectInput<unknown> {
  const cited = (role: string): LedgerRecord[] =>
    record.cites.filter((one) => one.role === role).flatMap((one) => records(one.record) ?? []);
  return { record, id: id.slice(4), content: record.content, time, cited };
}

/** Takes back what a record did that is opened or withdrawn now. */
async function undo(
  { at, view, rulebook }: Acting,
  cited: string,
  standing: Exclude<Standing, 'stands'>,
): Promise<void> {
  const record = at.records(cited);
  const takesBack = record && rulebook.types[record.type].undo;
  if (record === undefined || takesBack === undefined || takesBack === 'refused') return;
  const input = effectInput(record, { ...at, id: cited });
  const source = { id: at.id.slice(4), key: businessKey(record), record, time: at.time };
  for (const effect of takesBack(input, standing)) await applyEffect(effect, view, source);
}

/** Lays everything that an accepted record changes over the view: it follows from what stands in public, and from the state. */
export async function applyRecord(
  record: LedgerRecord,
  at: Anchoring,
  view: OverlayView,
  rulebook: Rulebook,
): Promise<void> {
  const spec = rulebook.types[record.type];
  await fileRecord(record, at, view, rulebook);
  for (const { role, trigger } of spec.acts?.(record) ?? [])
    for (const cited of record.cites.filter((one) => one.role === role)) {
      const standing = await act({ at, view, rulebook }, cited, trigger);
      // However it was taken out of what counts: by a correction, a decision, a return.
      if (standing === 'open' || standing === 'ended') await undo({ at, view, rulebook }, cited.record, standing);
    }
  const source = { id: at.id.slice(4), key: businessKey(record), record, time: at.time };
  for (const effect of spec.effects?.(effectInput(record, at)) ?? []) await applyEffect(effect, view, source);
}
