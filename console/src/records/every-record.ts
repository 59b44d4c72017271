import type { AnchoredRecordView, LedgerClient } from '@carbon-ledger/client-sdk';
import { queryOf, type Filters } from './filters';

const PAGE = 500;

/** Every record of the query, not only those that are on the screen. @param tell the count after each page, however short */
export async function everyRecord(
  client: Pick<LedgerClient, 'records'>,
  filters: Filters,
  tell: (count: number) => void,
): Promise<AnchoredRecordView[]> {
  const all: AnchoredRecordView[] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = await client.records({ ...queryOf(filters), limit: PAGE, cursor });
    all.push(...items);
    tell(all.length);
    cursor = next;
  } while (cursor !== undefined);
  return all;
}
