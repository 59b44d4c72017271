import { awaitedSteps, daysBetween, processes, recordTypes, shanghaiDay, type RecordType } from '@carbon-ledger/core';
import type { AnchoredRecordView, LedgerClient } from '@carbon-ledger/client-sdk';

/** Something that was found and is not done with. */
export interface OpenItem {
  readonly view: AnchoredRecordView;
  /** Since when it stands as it does (RFC 3339), and by which record. */
  readonly since: string;
  readonly by: string;
  /** Last day, where whoever put it there set one. */
  readonly until?: string;
  /** Types of record that may lead on, and kinds of party that may file them. */
  readonly awaited: readonly { readonly type: RecordType; readonly by: readonly string[] }[];
}

/** What is a problem by itself, from when it is filed until its lifecycle waits for nothing more. */
const problems = ['finding', 'nonconformity', 'objection', 'inspection'] as const satisfies readonly RecordType[];
/** What becomes one when it is returned or questioned. */
const reviewed = [
  'facility',
  'unit-change',
  'quality-control-plan',
  'monthly-evidence',
  'annual-report',
  'verification-conclusion',
] as const satisfies readonly RecordType[];
const doubtful: ReadonlySet<string> = new Set(['ISSUE_RAISED', 'EXPLAINED', 'NONCONFORMITY', 'OBJECTED']);
const tables = { types: recordTypes, processes };

function isOpen(type: RecordType, state: string, standing: string): boolean {
  if ((problems as readonly string[]).includes(type)) return awaitedSteps(tables, kindOf(type), state).length > 0;
  return standing === 'open' || doubtful.has(state);
}

/** Kinds of numbered types carry their number; their lifecycles are the same. */
function kindOf(type: RecordType): string {
  return recordTypes[type].number === true ? `${type}.1` : type;
}

/** States of a type in which something is open, as its lifecycle has them. */
export function openStates(type: RecordType): readonly string[] {
  const { states } = processes[recordTypes[type].process];
  return Object.entries(states).flatMap(([state, { standing }]) => (isOpen(type, state, standing) ? [state] : []));
}

const LAST_DAYS = ['returnBy', 'answerBy', 'due', 'deadline'] as const;
type Content = Readonly<Record<string, unknown>>;

/** What a record hands over has a day of its own for each finding. */
function taskOf({ tasks }: Content, key: string): Content {
  const list = Array.isArray(tasks) ? (tasks as readonly Content[]) : [];
  return list.find(({ finding }) => finding === key) ?? {};
}

/** Last day that the record which put an item where it stands names for it. */
export function lastDayOf(content: Content, key: string): string | undefined {
  const own = taskOf(content, key);
  const found = LAST_DAYS.map((name) => own[name] ?? content[name]).find((day) => typeof day === 'string');
  return typeof found === 'string' ? found : undefined;
}

function awaitedOf({ record, state }: AnchoredRecordView): OpenItem['awaited'] {
  const found = new Map<RecordType, Set<string>>();
  for (const { file, by } of awaitedSteps(tables, record.kind, state)) {
    const kinds = found.get(file.type) ?? new Set<string>();
    for (const rule of by) kinds.add(rule.by);
    found.set(file.type, kinds);
  }
  return [...found].map(([type, kinds]) => ({ type, by: [...kinds] }));
}

async function itemOf(client: LedgerClient, view: AnchoredRecordView): Promise<OpenItem> {
  const by = view.changedBy ?? view.id;
  const cause = by === view.id ? view : await client.record(by);
  const until = lastDayOf(cause.record.content, view.key);
  return { view, since: cause.anchoredAt, by, ...(until === undefined ? {} : { until }), awaited: awaitedOf(view) };
}

const AT_ONCE = 8;

/** Everything that is open, oldest first. @param isOwn whether a party is of those whose items are asked for */
export async function openItems(client: LedgerClient, isOwn: (uscc: string) => boolean): Promise<OpenItem[]> {
  const views: AnchoredRecordView[] = [];
  for (const type of [...problems, ...reviewed])
    for (const state of openStates(type))
      for await (const view of client.allRecords({ type, state, limit: 500 }))
        if (isOwn(view.record.subject.uscc) || isOwn(view.record.issuer)) views.push(view);
  const newest = views.filter(({ status }) => status === 'current' || status === 'open');
  const items: OpenItem[] = [];
  for (let at = 0; at < newest.length; at += AT_ONCE)
    items.push(...(await Promise.all(newest.slice(at, at + AT_ONCE).map((view) => itemOf(client, view)))));
  return items.sort((a, b) => (a.since < b.since ? -1 : Number(a.since > b.since)));
}

/** Days of Asia/Shanghai from one instant to another: 0 on the same day. */
export function daysOpen(since: string, now: string): number {
  return daysBetween(shanghaiDay(since), shanghaiDay(now));
}
