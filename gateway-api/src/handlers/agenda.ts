import { LedgerError, parseBusinessKey, type Duty } from '@carbon-ledger/core';
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

async function inbox({ agenda }: Services, request: RouteRequest<'getInbox'>): Promise<Reply> {
  const { query, caller, spend, mediaType } = request;
  const party = caller?.party ?? '';
  const at = agenda.now;
  const { duties, isComplete } = await agenda.agenda(party, at, (records) => {
    spend(records * prices.headRead);
  });
  const wanted = duties.filter((duty) => isWanted(duty, query));
  const from = offsetOf(query.cursor);
  const items = await Promise.all(wanted.slice(from, from + query.limit).map((duty) => agenda.dutyView(duty)));
  const isLast = from + items.length >= wanted.length;
  const next = isLast ? undefined : String(from + items.length);
  const link = next === undefined ? undefined : { cursor: next };
  if (mediaType === 'text/csv')
    return { text: formatCsv(dutyColumns, items), mediaType: 'text/csv; charset=utf-8; header=present', next: link };
  const late = wanted.filter((duty) => duty.late !== undefined).length;
  const page = { items, ...(next === undefined ? {} : { next }) };
  return { json: { party, at, total: wanted.length, late, complete: isComplete, ...page }, next: link };
}

function isWanted({ file, late }: Duty, query: RouteRequest<'getInbox'>['query']): boolean {
  return (query.type === undefined || query.type === file.type) && (query.late === undefined || late !== undefined);
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
};
