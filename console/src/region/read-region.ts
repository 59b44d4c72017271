import type { Completeness, LedgerClient } from '@carbon-ledger/client-sdk';

export interface RegionAsked {
  /** Leading digits (GB/T 2260); empty for the whole country. */
  readonly region: string;
  readonly year: string;
}

const PAGE = 100;

/** Every plant of a region, page by page. */
export async function plantsOfRegion(
  client: LedgerClient,
  { region, year }: RegionAsked,
): Promise<Completeness['plants']> {
  const plants: Completeness['plants'] = [];
  let cursor: string | undefined;
  do {
    const narrowed = region === '' ? {} : { region };
    const page = await client.call('getCompleteness', { query: { year, ...narrowed, limit: PAGE, cursor } });
    plants.push(...page.plants);
    cursor = page.next;
  } while (cursor !== undefined);
  return plants;
}
