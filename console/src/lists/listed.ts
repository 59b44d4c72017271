import type { ItemOf, LedgerClient, ListName, QueryIn } from '@carbon-ledger/client-sdk';

/** A whole list, page by page. */
export async function listed<Name extends ListName>(
  client: LedgerClient,
  name: Name,
  query: QueryIn<Name>,
): Promise<ItemOf<Name>[]> {
  const items: ItemOf<Name>[] = [];
  for await (const item of client.all(name, query)) items.push(item);
  return items;
}
