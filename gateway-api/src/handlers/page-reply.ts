import type { AnchoredRecordView, InstitutionView, KeyEmitter, MediaType, PartyView } from '@carbon-ledger/client-sdk';
import type { Reply } from '../http/reply';
import { formatCsv } from '../http/standards/csv';

interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: string | undefined;
}

type Columns<Item> = Readonly<Record<string, (item: Item) => string | number>>;

/** What a table shows of a record; its figures and documents are no cells. */
export const recordColumns: Columns<AnchoredRecordView> = {
  id: ({ id }) => id,
  key: ({ key }) => key,
  type: ({ record }) => record.type,
  version: ({ record }) => record.version,
  issuer: ({ record }) => record.issuer,
  subject: ({ record }) => record.subject.uscc,
  unit: ({ record }) => record.subject.unit,
  period: ({ record }) => record.subject.period,
  status: ({ status }) => status,
  state: ({ state }) => state,
  marks: ({ marks = [] }) => marks.map(({ mark }) => mark).join(' '),
  anchoredAt: ({ anchoredAt }) => anchoredAt,
  logIndex: ({ logIndex }) => logIndex,
  blockNumber: ({ blockNumber }) => blockNumber,
  txId: ({ txId }) => txId,
};

export const partyColumns: Columns<PartyView> = {
  uscc: ({ uscc }) => uscc,
  kind: ({ kind }) => kind,
  name: ({ name }) => name,
  region: ({ region }) => region,
  status: ({ status }) => status,
  record: ({ record }) => record,
  anchoredAt: ({ anchoredAt }) => anchoredAt,
};

export const emitterColumns: Columns<KeyEmitter> = {
  uscc: ({ uscc }) => uscc,
  name: ({ name }) => name,
  region: ({ region }) => region,
  sector: ({ sector }) => sector,
  year: ({ year }) => year,
  verified_tCO2: ({ verified }) => verified?.tonnes ?? '',
  verifiedBy: ({ verified }) => verified?.by ?? '',
  verifiedInDoubt: ({ verified }) => (verified?.doubts ?? []).join(' '),
  surrender: ({ surrender }) => surrender.status,
  surrenderInDoubt: ({ surrender }) => (surrender.rests?.doubts ?? []).join(' '),
  shortfall_t: ({ surrender }) => surrender.shortfall ?? '',
  list: ({ listed }) => listed.record,
  listedAt: ({ listed }) => listed.anchoredAt,
};

export const institutionColumns: Columns<InstitutionView> = {
  uscc: ({ uscc }) => uscc,
  kind: ({ kind }) => kind,
  name: ({ name }) => name,
  region: ({ region }) => region,
  status: ({ status }) => status,
  qualifications: ({ qualifications }) => qualifications.map(({ kind, number }) => `${kind} ${number}`).join(' '),
  record: ({ registered }) => registered.record,
  registeredAt: ({ registered }) => registered.anchoredAt,
};

/** A page of a list as JSON or as a table; the next page is named in `next` and in the header `Link`. */
export function pageReply<Item>(mediaType: MediaType, { items, next }: Page<Item>, columns: Columns<Item>): Reply {
  const link = next === undefined ? undefined : { cursor: next };
  if (mediaType !== 'text/csv') return { json: { items, ...(next === undefined ? {} : { next }) }, next: link };
  return { text: formatCsv(columns, items), mediaType: 'text/csv; charset=utf-8; header=present', next: link };
}
