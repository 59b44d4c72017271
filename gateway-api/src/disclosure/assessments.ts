import type { ContentOf } from '@carbon-ledger/core';
import type { PublishedAssessment } from '@carbon-ledger/client-sdk';
import { prices } from '../http/limits/prices';
import type { Projection } from '../projection/projection';
import { namedRecord, type DoubtsOf } from './emitters';
import { standingRecords } from './standing';

/** What the provinces published of the verifiers of a year, by verifier, each with the record in which it stands. */
export async function assessmentsOf(
  { projection, doubtsOf }: { readonly projection: Projection; readonly doubtsOf: DoubtsOf },
  { year, verifier }: { readonly year: string; readonly verifier?: string | undefined },
  spend: (units: number) => void,
): Promise<PublishedAssessment[]> {
  const found: PublishedAssessment[] = [];
  spend(prices.question);
  for (const entry of await standingRecords(projection, 'verifier-assessment', year)) {
    spend(prices.recordRead);
    const { publishedOn, assessed } = entry.record.content as ContentOf<'verifier-assessment'>;
    const shared = { ...(await namedRecord(entry, doubtsOf)), year, by: entry.record.issuer, publishedOn };
    for (const one of assessed)
      if (verifier === undefined || verifier === one.verifier) found.push({ ...shared, ...told(one) });
  }
  return found.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

type Assessed = ContentOf<'verifier-assessment'>['assessed'][number];

function told({ items, ...rest }: Assessed): Omit<Assessed, 'items'> & Pick<PublishedAssessment, 'items'> {
  return {
    ...rest,
    items: items.map(({ item, rating, note }) => ({ item, rating, ...(note === undefined ? {} : { note }) })),
  };
}

function orderOf({ verifier, by }: PublishedAssessment): string {
  return `${verifier} ${by}`;
}
