import { FIELD_PACK_SCHEMA, type AnchoredRecord, type FieldPack } from '@carbon-ledger/core';
import { inspectedRecords, type LedgerClient, type RecordReader } from '@carbon-ledger/client-sdk';

export interface PackAsked {
  readonly plants: readonly { readonly uscc: string; readonly name: string }[];
  readonly years: readonly string[];
}

const PAGE = 500;
/** Receipts that the service makes at once. */
const RECEIPTS = 500;

function readerOf(client: LedgerClient): RecordReader {
  return {
    eachRecord: (query) => client.allRecords({ ...query, limit: PAGE }),
    record: (id) => client.record(id, { figures: true }),
    heads: async (keys) => (await client.heads(keys)).heads,
  };
}

async function receiptsOf(client: LedgerClient, records: readonly AnchoredRecord[]): Promise<FieldPack['receipts']> {
  const receipts: Record<string, unknown> = {};
  for (let at = 0; at < records.length; at += RECEIPTS) {
    const ids = records.slice(at, at + RECEIPTS).map(({ id }) => id);
    for (const [place, receipt] of (await client.receipts(ids)).entries()) receipts[ids[place] ?? ''] = receipt;
  }
  return receipts;
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
