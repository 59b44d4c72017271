import { FIELD_PACK_SCHEMA, type AnchoredRecord, type FieldPack } from '@carbon-ledger/core';
import { inspectedRecords, type LedgerClient, type RecordReader } from '@carbon-ledger/client-sdk';

export interface PackAsked {
  readonly plants: readonly { readonly uscc: string; readonly name: string }[];
  readonly years: readonly string[];
}

const PAGE = 500;
/** Receipts that the service makes at once. */
const RECEIPTS = 500;

export function readerOf(client: LedgerClient): RecordReader {
  return {
    eachRecord: (query) => client.allRecords({ ...query, limit: PAGE }),
    record: (id) => client.record(id, { figures: true }),
    heads: async (keys) => (await client.heads(keys)).heads,
  };
}

/** Receipts of records, in their order, as many at once as the service makes. */
export async function receiptsInOrder(client: LedgerClient, ids: readonly string[]): Promise<unknown[]> {
  const receipts: unknown[] = [];
  for (let at = 0; at < ids.length; at += RECEIPTS)
    receipts.push(...(await client.receipts(ids.slice(at, at + RECEIPTS))));
  return receipts;
}

async function receiptsOf(client: LedgerClient, records: readonly AnchoredRecord[]): Promise<FieldPack['receipts']> {
  const receipts = await receiptsInOrder(
    client,
    records.map(({ id }) => id),
  );
  return Object.fromEntries(records.map(({ id }, at) => [id, receipts[at]]));
}

/** Everything that is open of these plants and years, with what proves it. */
export async function makeFieldPack(client: LedgerClient, { plants, years }: PackAsked): Promise<FieldPack> {
  const extent = { plants: plants.map(({ uscc }) => uscc), years };
  const records = await inspectedRecords(readerOf(client), extent);
  const [{ ledger }, policy, receipts] = await Promise.all([
    client.ledger(),
    client.policy(),
    receiptsOf(client, records),
  ]);
  const madeAt = new Date().toISOString();
  return { schema: FIELD_PACK_SCHEMA, ledger, madeAt, plants, years, policy, records, receipts };
}

const PLACE = '<script type="application/json" id="pack"></script>';

/** The page with the pack inside. In a script element no text may look like its end, so `<` is written as JSON can. */
export function pageWithPack(page: string, pack: FieldPack): string {
  if (page.split(PLACE).length !== 2) throw new Error('the page has no place for a pack');
  const json = JSON.stringify(pack).replaceAll('<', '\\u003c');
  return page.replace(PLACE, () => PLACE.replace('></', () => `>${json}</`));
}
