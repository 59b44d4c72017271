import { doubtsOf, type AnchoredRecord, type RecordStatus } from '@carbon-ledger/core';
import type { AnchoredRecordView } from './routes';

/** What gathering records asks of the ledger. */
export interface RecordReader {
  eachRecord(query: { readonly party: string; readonly include: 'figures' }): AsyncIterable<AnchoredRecordView>;
  record(id: string): Promise<AnchoredRecordView>;
  /** Of each key the record that is current, in their order; null where there is none. */
  heads(keys: readonly string[]): Promise<readonly ({ readonly record: string } | null)[]>;
}

/** Whose records, of which years. */
export interface InspectedExtent {
  readonly plants: readonly string[];
  readonly years: readonly string[];
}

export function anchoredOf(view: AnchoredRecordView): AnchoredRecord {
  const { record, id, figures, txId, blockNumber, logIndex, anchoredAt, state, changedBy } = view;
  const doubts = doubtsOf(view, view.marks ?? []);
  const open = view.figuresAccess === 'none' ? [] : figures;
  return {
    ...{ record, id, txId, blockNumber, logIndex, anchoredAt, state },
    status: view.status satisfies RecordStatus,
    ...(changedBy === undefined ? {} : { changedBy }),
    ...(doubts.length === 0 ? {} : { doubts }),
    ...(open === undefined ? {} : { figures: open }),
  };
}

/** Records about the plants, every version, and all that they rest on, as far as they are open to who asks. */
export async function inspectedRecords(
  reader: RecordReader,
  { plants, years }: InspectedExtent,
  parties: readonly string[] = [],
  more: readonly AnchoredRecord[] = [],
): Promise<AnchoredRecord[]> {
  const found = new Map<string, AnchoredRecord>(more.map((one) => [one.id, one]));
  for (const party of plants)
    for await (const view of reader.eachRecord({ party, include: 'figures' })) {
      const { period } = view.record.subject;
      if (period === '-' || years.length === 0 || years.some((year) => period.startsWith(year)))
        found.set(view.id, anchoredOf(view));
    }
  await addParties(reader, found, [...plants, ...parties]);
  for (let missing = citedElsewhere(found); missing.length > 0; missing = citedElsewhere(found))
    for (const id of missing) found.set(id, anchoredOf(await reader.record(id)));
  return [...found.values()];
}

function citedElsewhere(found: ReadonlyMap<string, AnchoredRecord>): string[] {
  const cited = [...found.values()].flatMap(({ record }) => record.cites.map(({ record: id }) => id));
  return [...new Set(cited)].filter((id) => !found.has(id));
}

/** Registrations of everybody who filed something: whose keys and qualifications are looked at. */
async function addParties(
  reader: RecordReader,
  found: Map<string, AnchoredRecord>,
  plants: readonly string[],
): Promise<void> {
  const issuers = new Set([...plants, ...[...found.values()].map(({ record }) => record.issuer)]);
  const heads = await reader.heads([...issuers].map((uscc) => `${uscc}/-/-/party`));
  for (const head of heads) if (head) found.set(head.record, anchoredOf(await reader.record(head.record)));
}
