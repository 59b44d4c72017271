import type { HoldingRow, Pool } from './kinds';
import type { Found, LedgerView } from './view';

/** An account in one of the places where allowances can be. The account is the USCC of its holder. */
export interface Place {
  readonly account: string;
  readonly pool: Pool;
}

/** A row with the parts of its key. */
export interface PlacedRow extends HoldingRow, Place {
  readonly vintage: string;
}

export function holdingKey({ account, pool }: Place, vintage: string, record: string, line: number): string {
  return `${account}/${vintage}/${pool}/${record}-${String(line)}`;
}

function placed({ key, value }: Found<HoldingRow>): PlacedRow {
  const [account = '', vintage = '', pool = ''] = key.split('/');
  return { ...value, account, vintage, pool: pool as Pool };
}

/**
 * All rows under a prefix that ends in `/`. One read a row: a peer writes down one key of each read, where it would write
 * a digest down for a long range that nobody could replay; together the reads leave no gap, so that a row that comes
 * between is seen as a phantom.
 */
async function rowsUnder(view: LedgerView, prefix: string): Promise<PlacedRow[]> {
  const rows: PlacedRow[] = [];
  const end = `${prefix.slice(0, -1)}0`;
  for (let from = prefix; ;) {
    const found = await view.first('holding', from, end);
    if (found === undefined) return rows;
    rows.push(placed(found));
    from = `${found.key}\u0000`;
  }
}

/** Every row of an account, over all vintages and places. */
export function rowsOf(view: LedgerView, account: string): Promise<PlacedRow[]> {
  return rowsUnder(view, `${account}/`);
}

export function sumOf(rows: readonly HoldingRow[]): bigint {
  return rows.reduce((sum, { q }) => sum + BigInt(q), 0n);
}

/** Tonnes of a vintage in a place, by adding up its rows. */
export async function balanceOf(view: LedgerView, { account, pool }: Place, vintage: string): Promise<bigint> {
  return sumOf(await rowsUnder(view, `${account}/${vintage}/${pool}/`));
}
