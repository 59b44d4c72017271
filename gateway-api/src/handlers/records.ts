import { LedgerError } from '@carbon-ledger/core';
import type { AnswerOf, PartyView } from '@carbon-ledger/client-sdk';
import { prices } from '../http/limits/prices';
import type { Handlers, Reply, RouteRequest } from '../http/reply';
import type { AnchoredEntry } from '@carbon-ledger/auditor/stored';
import { statusOf, type RegisteredParty } from '../projection/parties';
import type { Services } from '../services';
import { pageReply, partyColumns, recordColumns } from './page-reply';
import { endOf, isWithin, startOf } from './times';

type RecordHandlers = Pick<
  Handlers,
  'getRecord' | 'getRecordBytes' | 'listRecords' | 'findHeads' | 'listParties' | 'getParty'
>;

export function recordHandlers(services: Services): RecordHandlers {
  return {
    getRecord: async ({ params: { id }, query, caller }) => {
      const entry = await anchored(services, id);
      const view = await services.views.view(entry, caller, query.include === 'figures');
      // Its tag is made of all that it says: a review, a finding or a lost key changes the answer, and nothing of the record.
      return { json: view };
    },
    getRecordBytes: async ({ params: { id } }) => {
      const entry = await anchored(services, id);
      return { bytes: Buffer.from(entry.text), etag: `"${id.slice(4)}"` };
    },
    listRecords: (request) => listRecords(services, request),
    findHeads: async ({ body: { keys, doubts }, spend }) => {
      spend(keys.length * prices.headRead);
      const heads = await headsOf(services, keys);
      return { json: { heads: doubts === true ? await withDoubts(services, heads, spend) : heads } };
    },
    listParties: async ({ query, mediaType, spend }) => {
      spend(query.limit * prices.headRead);
      const { since, until, ...asked } = query;
      const page = await services.projection.parties.list(asked);
      const views = await Promise.all(page.items.map((party) => partyView(services, party)));
      const items = views.filter(({ anchoredAt }) => isWithin(anchoredAt, { since, until }));
      return pageReply(mediaType, { items, next: page.next }, partyColumns);
    },
    getParty: async ({ params: { uscc } }) => {
      const party = await services.projection.parties.find(uscc);
      if (party === undefined)
        throw new LedgerError('PARTY_UNKNOWN', `${uscc} is not registered.`, { details: { uscc } });
      return { json: await partyView(services, party) };
    },
  };
}

/** @throws LedgerError NOT_FOUND */
export async function anchored({ projection }: Services, id: string): Promise<AnchoredEntry> {
  const entry = await projection.reader.record(id);
  return entry ?? notAnchored(id);
}

/** @throws LedgerError NOT_FOUND */
export function notAnchored(id = ''): never {
  throw new LedgerError('NOT_FOUND', `${id} is not anchored on this ledger.`);
}

async function listRecords(
  { projection, views }: Services,
  { query, caller, spend, mediaType }: RouteRequest<'listRecords'>,
): Promise<Reply> {
  const { cursor, limit, include, since, until, changedSince, changedUntil, mark, ...filter } = query;
  spend(prices.question + limit * prices.recordRead);
  const times = {
    ...{ since: startOf(since), before: endOf(until) },
    ...{ changedSince: startOf(changedSince), changedBefore: endOf(changedUntil) },
  };
  const asked = mark && ((entry: AnchoredEntry): Promise<boolean> => views.isMarked(entry, mark));
  const askedOfKey = mark && views.markOfKey(mark);
  const page = await projection.list({ ...filter, ...times, asked, askedOfKey }, { cursor, limit });
  const items = await views.viewAll(page.items, caller, include === 'figures');
  return pageReply(mediaType, { items, next: page.next }, recordColumns);
}

type Head = AnswerOf<'findHeads'>['heads'][number];

async function headsOf({ projection: { reader } }: Services, keys: readonly string[]): Promise<Head[]> {
  const heads = await reader.heads(keys);
  const endings = await reader.endings(heads.flatMap((head) => (head === undefined ? [] : [head.record])));
  return heads.map((head, index) => {
    if (head === undefined) return null;
    return {
      key: keys[index] ?? '',
      record: head.record,
      version: head.version,
      status: endings.get(head.record) ?? 'current',
    };
  });
}

async function withDoubts(
  { views }: Services,
  heads: readonly Head[],
  spend: RouteRequest<'findHeads'>['spend'],
): Promise<Head[]> {
  const standing = heads.flatMap((head) => (head?.status === 'current' ? [head.record] : []));
  const found = await views.doubts(standing, spend);
  const doubted = new Map(standing.map((record, index) => [record, found[index] ?? []]));
  return heads.map((head) => {
    const doubts = (head && doubted.get(head.record)) ?? [];
    return head === null || doubts.length === 0 ? head : { ...head, doubts: [...doubts] };
  });
}

/** The record by which a party is registered. @throws LedgerError STORE_CORRUPT */
export async function registrationOf({ projection }: Services, { record }: RegisteredParty): Promise<AnchoredEntry> {
  const entry = await projection.reader.record(record);
  if (entry === undefined) throw new LedgerError('STORE_CORRUPT', `${record} is not there.`);
  return entry;
}

async function partyView(services: Services, party: RegisteredParty): Promise<PartyView> {
  const { uscc, content, record } = party;
  const { anchoredAt } = await registrationOf(services, party);
  return {
    uscc,
    kind: content.kind,
    name: content.name,
    region: content.region,
    trial: content.trial === true,
    status: statusOf(party),
    record,
    anchoredAt,
  };
}
