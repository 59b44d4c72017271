import { LedgerError, marksOf, parseBusinessKey, type Duty } from '@carbon-ledger/core';
import type { DutyView } from '@carbon-ledger/client-sdk';
import { prices } from '../http/limits/prices';
import type { Handlers, Reply, RouteRequest } from '../http/reply';
import { formatCsv } from '../http/standards/csv';
import type { Services } from '../services';
import { anchored } from './records';

export function agendaHandlers(services: Services): Pick<Handlers, 'getInbox' | 'getRecordActions' | 'getActions'> {
  return {
    getInbox: (request) => inbox(services, request),
    getRecordActions: async ({ params: { id }, caller, spend }) => {
      spend(prices.question);
      const { key } = await anchored(services, id);
      return { json: await services.agenda.actions(key, caller?.party, id) };
    },
    getActions: async ({ query: { key }, caller, spend }) => {
      spend(prices.question);
      parseBusinessKey(key);
      return { json: await services.agenda.actions(key, caller?.party) };
    },
  };
}

/** Where a page of an inbox goes on: behind so many. What is done meanwhile moves the rest up. */
function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (/^[0-9]{1,6}$/.test(cursor)) return Number(cursor);
  const message = 'the cursor is none of this list';
  throw new LedgerError('BAD_REQUEST', message, { faults: [{ path: '/cursor', code: 'BAD_REQUEST', message }] });
}

/** Duties that are put into words in one turn: those of an authority are thousands. */
const DUTIES_A_TURN = 200;

async function viewsOf({ agenda, limits }: Services, duties: readonly Duty[]): Promise<DutyView[]> {
  const views: DutyView[] = [];
  for (let at = 0; at < duties.length; at += DUTIES_A_TURN) {
    if (at > 0) await limits.pacer.turn();
    for (const view of await Promise.all(duties.slice(at, at + DUTIES_A_TURN).map((duty) => agenda.dutyView(duty))))
      views.push(view);
  }
  return views;
}

/** What is to be known of the record that waits. */
async function withMarks({ projection, views }: Services, duty: DutyView): Promise<DutyView> {
  const entry = duty.record === undefined ? undefined : await projection.reader.record(duty.record);
  const marks = entry === undefined ? [] : await marksOf(entry, views.marking);
  return marks.length === 0 ? duty : { ...duty, marks };
}

async function inbox(services: Services, request: RouteRequest<'getInbox'>): Promise<Reply> {
  const { agenda } = services;
  const { query, caller, spend, mediaType } = request;
  const party = caller?.party ?? '';
  const at = agenda.now;
  const { duties, isComplete } = await agenda.agenda(party, at, (records) => {
    spend(records * prices.headRead);
  });
  const views = await viewsOf(
    services,
    duties.filter((duty) => isWanted(duty, query)),
  );
  const wanted = sorted(
    views.filter((view) => hasText(view, query.text)),
    query,
  );
  const from = offsetOf(query.cursor);
  const items = await Promise.all(wanted.slice(from, from + query.limit).map((duty) => withMarks(services, duty)));
  const isLast = from + items.length >= wanted.length;
  const next = isLast ? undefined : String(from + items.length);
  const link = next === undefined ? undefined : { cursor: next };
  if (mediaType === 'text/csv')
    return { text: formatCsv(dutyColumns, items), mediaType: 'text/csv; charset=utf-8; header=present', next: link };
  const late = wanted.filter((duty) => duty.late !== undefined).length;
  const page = { items, ...(next === undefined ? {} : { next }) };
  return { json: { party, at, total: wanted.length, late, complete: isComplete, ...page }, next: link };
}

type InboxQuery = RouteRequest<'getInbox'>['query'];

function isWanted({ file, late, state, until }: Duty, query: InboxQuery): boolean {
  const isOfKind = query.type === undefined || query.type === file.type;
  const isInState = query.state === undefined || query.state === state;
  const isDue = query.until === undefined || (until !== undefined && until <= query.until);
  return isOfKind && isInState && isDue && (query.late === undefined || late !== undefined);
}

/** In what a person reads of it. */
function hasText({ key, step, title }: DutyView, text: string | undefined): boolean {
  return text === undefined || `${key}\n${step}\n${title.zh}\n${title.en}`.toLowerCase().includes(text.toLowerCase());
}

/** Duties come nearest day first. */
function sorted(duties: readonly DutyView[], { sort = 'until', order }: InboxQuery): readonly DutyView[] {
  const by = sort === 'until' ? [...duties] : [...duties].sort((a, b) => compare(a[sort] ?? '', b[sort] ?? ''));
  return order === 'desc' ? by.reverse() : by;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

const dutyColumns: Readonly<Record<string, (duty: DutyView) => string | number>> = {
  until: ({ until }) => until ?? '',
  counted: ({ counted }) => counted ?? '',
  late: ({ late }) => late ?? '',
  step: ({ step }) => step,
  titleZh: ({ title }) => title.zh,
  title: ({ title }) => title.en,
  type: ({ file }) => file.type,
  kind: ({ file }) => file.kind,
  subject: ({ subject }) => subject.uscc,
  unit: ({ subject }) => subject.unit,
  period: ({ subject }) => subject.period,
  key: ({ key }) => key,
  record: ({ record }) => record ?? '',
  state: ({ state }) => state ?? '',
  since: ({ since }) => since ?? '',
  marks: ({ marks = [] }) => marks.map(({ mark }) => mark).join(' '),
};
