import { type AnchoredRecord, type RecordStatus } from '@carbon-ledger/core';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import type { Service } from '../service/service';

/** Whose records, of which years. */
export interface InspectedExtent {
  readonly plants: readonly string[];
  readonly years: readonly string[];
}

export function anchoredOf(view: AnchoredRecordView): AnchoredRecord {
  const { record, id, figures, txId, blockNumber, logIndex, anchoredAt, state, changedBy } = view;
  const open = view.figuresAccess === 'none' ? [] : figures;
  return {
    ...{ record, id, txId, blockNumber, logIndex, anchoredAt, state },
    status: view.status satisfies RecordStatus,
    ...(changedBy === undefined ? {} : { changedBy }),
    ...(open === undefined ? {} : { figures: open }),
  };
}

/** Records about the plants, every version, and all that they rest on, as far as they are open to who asks. */
export async function inspectedRecords(
  service: Service,
  { plants, years }: InspectedExtent,
  parties: readonly string[] = [],
  more: readonly AnchoredRecord[] = [],
): Promise<AnchoredRecord[]> {
  const found = new Map<string, AnchoredRecord>(more.map((one) => [one.id, one]));
  for (const party of plants)
    for await (const view of service.eachRecord({ party, include: 'figures' })) {
      const { period } = view.record.subject;
      if (period === '-' || years.length === 0 || years.some((year) => period.startsWith(year)))
        found.set(view.id, anchoredOf(view));
    }
  await addParties(service, found, [...plants, ...parties]);
  for (let missing = citedElsewhere(found); missing.length > 0; missing = citedElsewhere(found))
    for (const id of missing) found.set(id, anchoredOf(await service.record(id)));
  return [...found.values()];
}

function citedElsewhere(found: ReadonlyMap<string, AnchoredRecord>): string[] {
  const cited = [...found.values()].flatMap(({ record }) => record.cites.map(({ record: id }) => id));
  return [...new Set(cited)].filter((id) => !found.has(id));
}

/** Registrations of everybody who filed something: whose keys and qualifications are looked at. */
async function addParties(
  service: Service,
  found: Map<string, AnchoredRecord>,
  plants: readonly string[],
): Promise<void> {
  const issuers = new Set([...plants, ...[...found.values()].map(({ record }) => record.issuer)]);
  const heads = await service.heads([...issuers].map((uscc) => `${uscc}/-/-/party`));
  for (const head of heads) if (head) found.set(head.record, anchoredOf(await service.record(head.record)));
}
